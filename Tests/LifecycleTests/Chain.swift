import Presentation
import SystemdBus
import Testing

@testable import Lifecycle

/// A chain to which signals are fed as systemd sends them.
struct Chain {
    static let begin: UInt64 = 1_000_000_000
    static let target = "pvp.target"
    var progress: ChainProgress

    /// The states of units before the operation; each is `active` or another state.
    init(_ verb: ChainVerb, _ units: [String: String]) {
        let listed = units.map { ServiceManager.Listed(name: $0.key, activeState: $0.value) }
        progress = ChainProgress(
            verb, target: Self.target, job: "/job/0",
            units: listed + [.init(name: Self.target, activeState: "inactive", job: "/job/0")], begin: Self.begin)
    }

    /// A job is created.
    mutating func queue(_ unit: String, _ job: Int = 1) {
        progress.apply(.jobNew(job: "/job/\(unit)/\(job)", unit: unit))
    }

    /// A job ends.
    mutating func finish(_ unit: String, _ result: String = "done", _ job: Int = 1) {
        progress.apply(.jobRemoved(job: "/job/\(unit)/\(job)", unit: unit, result: result))
    }

    /// The job of the target ends.
    mutating func finishTarget(_ result: String = "done") {
        progress.apply(.jobRemoved(job: "/job/0", unit: Self.target, result: result))
    }

    /// A unit changes its state, so many milliseconds after the beginning.
    mutating func change(_ unit: String, _ state: String, at time: UInt64, _ more: [String: String] = [:]) {
        var properties = more.mapValues { BusValue.string($0) }
        properties["ActiveState"] = .string(state)
        let stamp =
            switch state {
            case "activating": "InactiveExit"
            case "active": "ActiveEnter"
            case "deactivating": "ActiveExit"
            default: "InactiveEnter"
            }
        properties["\(stamp)TimestampMonotonic"] = .unsigned(Self.begin + time * 1000)
        progress.apply(.unitChanged(unit: unit, UnitUpdate(properties)))
    }

    /// A unit that goes from its job to a state.
    mutating func start(_ unit: String, from first: UInt64, to last: UInt64) {
        queue(unit)
        change(unit, "activating", at: first)
        change(unit, "active", at: last)
        finish(unit)
    }

    /// The time so many milliseconds after the beginning.
    func now(_ time: UInt64) -> UInt64 { Self.begin + time * 1000 }

    func state(_ unit: String) -> UnitProgress.State? { progress.units.first { $0.unit == unit }?.state }

    /// The lines that a view prints, from the first on.
    func lines(at time: UInt64) -> [String] {
        var view = ProgressView()
        return view.newLines(progress, at: now(time)).map { $0.text() }
    }

    func block(at time: UInt64) -> [String] { ProgressView.block(progress, at: now(time)).map { $0.text() } }
}
