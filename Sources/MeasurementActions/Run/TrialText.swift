import Measurement
package import TrafficGenerator

extension CompletedTrial {
    /// One line about the trial: load, loss or why there is none, and why the trial was chosen.
    package func text(remaining: Duration?) -> String {
        let load = PacketRate(planned.input.load).text
        let rest = remaining.map { $0 > .zero ? ", about \($0.components.seconds) s left" : "" } ?? ""
        return "\(load), \(outcome) (\(planned.reason)\(rest))"
    }

    private var outcome: String {
        switch trial.verdict {
        case .valid(let loss):
            loss.lost == 0 ? "no loss" : "lost \(loss.lost) of \(loss.sent)\(whereabouts)"
        case .invalid(let reasons): "invalid: \(reasons.first?.text ?? "")"
        }
    }

    /// The stage that lost most; empty if it is unknown.
    private var whereabouts: String {
        guard let stage = trial.attribution?.stages.max(by: { $0.frames < $1.frames }), stage.frames > 0 else {
            return ""
        }
        return ", most in \(stage.location.text)"
    }

    /// The fields of an entry of the journal (systemd.journal-fields(7), "User Journal Fields").
    package var journalFields: [(String, String)] {
        var fields = [
            ("PVP_LOAD_PPS", "\(planned.input.load)"),
            ("PVP_DURATION_MS", "\(planned.input.duration.milliseconds)"),
            ("PVP_GOAL", planned.goal ?? ""), ("PVP_REASON", planned.reason),
        ]
        switch trial.verdict {
        case .valid(let loss):
            fields += [("PVP_SENT", "\(loss.sent)"), ("PVP_RECEIVED", "\(loss.received)"), ("PVP_VERDICT", "valid")]
        case .invalid(let reasons):
            fields += [("PVP_VERDICT", "invalid"), ("PVP_INVALID", reasons.map(\.text).joined(separator: "; "))]
        }
        return fields
    }
}
