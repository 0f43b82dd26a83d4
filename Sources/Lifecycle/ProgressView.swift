package import Presentation
import SystemdBus
import Views

/// The progress of the chain as text, for a terminal and for a file.
package struct ProgressView: Hashable, Sendable {
    /// How stages that were printed as finished had ended.
    private var printed: [Stage: UnitProgress.State] = [:]

    package init() {}

    /// A line for each stage that has finished since the last call.
    package mutating func newLines(_ progress: ChainProgress, at now: UInt64) -> [StyledLine] {
        let finished = progress.stages.filter { stage in
            let isDone = !stage.units.contains(where: \.isPending)
            // Whether a stage without a job is done is known only at the end.
            let isKnown = stage.state != .unchanged || progress.isComplete
            return isDone && isKnown && printed[stage.stage] != stage.state
        }
        for stage in finished { printed[stage.stage] = stage.state }
        return finished.map { Self.line($0, progress, at: now) }
    }

    /// All stages, and below each the units that start or stop, with what they say about it.
    package static func block(_ progress: ChainProgress, at now: UInt64) -> [StyledLine] {
        progress.stages.flatMap { stage in
            let running = stage.units.filter { $0.state == .running }
            return [line(stage, progress, at: now)] + running.map { unit in self.line(unit, at: now) }
        }
    }

    /// What all of it came down to.
    package static func summary(_ progress: ChainProgress, at now: UInt64) -> StyledLine {
        let time = elapsedTime(microseconds: now - min(now, progress.begin))
        let failed = progress.stages.count { $0.state == .failed }
        if failed == 0 { return StyledLine("\(progress.verb.participle) in \(time)", .good) }
        return StyledLine("\(failed) of \(progress.stages.count) stages failed in \(time)", .bad)
    }

    /// Stages have names of up to nine characters.
    private static let width = 11

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.unicodeScalars.count))
    }

    private static func line(_ stage: StageProgress, _ progress: ChainProgress, at now: UInt64) -> StyledLine {
        var line = StyledLine(pad(stage.stage.rawValue, width), .heading)
        let time = stage.duration(at: now).map { elapsedTime(microseconds: $0) }
        let after = time.map { " after \($0)" } ?? ""
        switch stage.state {
        case .unchanged: line.add(progress.verb.endsActive ? "already up" : "already stopped")
        case .waiting: line.add("waiting", .waiting)
        case .running:
            let done = progress.verb.endsActive ? "up" : "stopped"
            line.add("\(stage.finished) of \(stage.units.count) \(done)", .waiting)
            let failed = stage.units.count { $0.state == .failed }
            line.add(failed > 0 ? ", \(failed) failed" : "", .bad)
            line.add(stage.begin.map { seconds(since: $0, at: now) } ?? "")
        case .up:
            line.add("up", .good)
            line.add(after)
        case .stopped:
            line.add("stopped", .good)
            line.add(after)
        case .failed:
            line.add("failed", .bad)
            let names = stage.units.filter { $0.state == .failed }.map(\.unit)
            let more = names.count > 3 ? " and \(names.count - 3) more" : ""
            line.add("\(after): \(names.prefix(3).joined(separator: ", "))\(more)")
        }
        return line
    }

    private static func line(_ unit: UnitProgress, at now: UInt64) -> StyledLine {
        var line = StyledLine("  " + pad(unit.unit, 32))
        line.add(unit.properties.activeState, .waiting)
        line.add(unit.begin.map { seconds(since: $0, at: now) } ?? "")
        line.add(unit.properties.statusText.isEmpty ? "" : ": \(unit.properties.statusText)")
        return line
    }

    /// Whole seconds, because faster ones cannot be read.
    private static func seconds(since begin: UInt64, at now: UInt64) -> String {
        let seconds = (now - min(now, begin)) / 1_000_000
        return seconds > 0 ? " " + elapsedTime(microseconds: seconds * 1_000_000) : ""
    }
}
