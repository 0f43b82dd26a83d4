import Diagnostics
import Linux
import Tuning
import Values

extension Tuner {
    /// What is at a place now.
    func value(_ place: Tunable) -> String? {
        switch place {
        case .file(let path): (try? machine.root.text(path)).flatMap { place.value($0) }
        case .slice(let name): (try? slices?.allowedCPUs(of: name))?.description
        case .irqBalance: IRQBalance(in: machine.root)?.banned.flatMap { CPUSet(mask: $0)?.description }
        }
    }

    /// Sets it; returns why that failed.
    func set(_ place: Tunable, _ value: String, isRestoring: Bool = false) -> String? {
        switch place {
        case .file(let path):
            do throws(SystemError) {
                try machine.set(path, value)
                return nil
            } catch {
                return error.reason
            }
        case .slice(let name): return limit(SystemdSlice(name), to: value)
        case .irqBalance:
            // Without any it is by its own settings again.
            return IRQBalance(in: machine.root).map { $0.ban(isRestoring && value.isEmpty ? nil : value) }
                ?? "it is gone"
        }
    }
}

extension Tuner {
    /// What was done about an item, and what was not.
    static func lines(
        _ item: TuningItem, _ plan: TuningPlan, done: [TuningChange], failed: [(change: TuningChange, reason: String)],
        _ state: TuningState
    ) -> [JournalLine] {
        func name(_ change: TuningChange) -> String {
            change.place.interrupt.map { "interrupt " + state.name(ofInterrupt: $0) } ?? "\(change.place)"
        }
        var lines = plan.skipped.filter { $0.item == item }.map {
            JournalLine("\(item.name): \($0.reason)", isWarning: false)
        }
        if !done.isEmpty {
            let texts = done.map { "\(name($0)) was \($0.old.isEmpty ? "not set" : $0.old), is \($0.new)" }
            lines.append(JournalLine("\(item.name): \(some(texts))", isWarning: false))
        } else if failed.isEmpty, plan.counts[item, default: 0] > 0 {
            lines.append(JournalLine("\(item.name): is so already", isWarning: false))
        }
        if !failed.isEmpty {
            let texts = failed.map {
                "\(name($0.change)) is \($0.change.old), and cannot be \($0.change.new): \($0.reason)"
            }
            lines.append(JournalLine("\(item.name): \(some(texts))", isWarning: true))
        }
        return lines
    }

    /// The first three, and how many more there are.
    static func some(_ texts: [String]) -> String {
        texts.prefix(3).joined(separator: "; ") + (texts.count > 3 ? "; and \(texts.count - 3) more" : "")
    }
}
