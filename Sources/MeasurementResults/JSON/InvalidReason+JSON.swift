import Diagnostics
import JSON
import Measurement

extension InvalidReason {
    /// A code, what belongs to it, and ``text`` for people.
    var json: JSON { .object([.init("code", .string(code))] + members + [.init("text", .string(text))]) }

    private var code: String {
        switch self {
        case .incomplete: "incomplete"
        case .loadNotReached: "load-not-reached"
        case .loadExceeded: "load-exceeded"
        case .durationOff: "duration-off"
        case .notQuiet: "not-quiet"
        case .generatorDrops: "generator-drops"
        case .pollGap: "poll-gap"
        case .generator: "generator"
        case .linkChanged: "link-changed"
        case .foreignFrames: "foreign-frames"
        case .lateFrames: "late-frames"
        case .duplicatedFrames: "duplicated-frames"
        case .reorderedFrames: "reordered-frames"
        case .negativeBalance: "negative-balance"
        case .counterReset: "counter-reset"
        case .restarted: "restarted"
        case .hostChanged: "host-changed"
        }
    }

    private var members: [JSON.Member] {
        switch self {
        case .incomplete, .notQuiet: []
        case .loadNotReached(let direction, let intended, let sent),
            .loadExceeded(let direction, let intended, let sent):
            [
                .init("direction", .string(direction)), .init("intended", .number(intended)),
                .init("sent", .number(sent)),
            ]
        case .durationOff(let intended, let actual):
            [.init("intended_ns", .number(intended.nanoseconds)), .init("actual_ns", .number(actual.nanoseconds))]
        case .generatorDrops(let direction, let frames):
            [.init("direction", .string(direction)), .init("frames", .number(frames))]
        case .pollGap(let gap, let limit):
            [.init("gap_ns", .number(gap.nanoseconds)), .init("limit_ns", .number(limit.nanoseconds))]
        case .generator(let name), .linkChanged(let name), .restarted(let name): [.init("name", .string(name))]
        case .foreignFrames(let direction, let frames, let limit), .lateFrames(let direction, let frames, let limit),
            .duplicatedFrames(let direction, let frames, let limit),
            .reorderedFrames(let direction, let frames, let limit):
            [
                .init("direction", .string(direction)), .init("frames", .number(frames)),
                .init("limit", .number(limit)),
            ]
        case .negativeBalance(let direction, let stage, let frames):
            [
                .init("direction", .string(direction)), .init("stage", stage?.json ?? .null),
                .init("frames", .number(frames)),
            ]
        case .counterReset(let direction, let port):
            [.init("direction", .string(direction)), .init("port", .string(port))]
        case .hostChanged(let name, let from, let to):
            [.init("name", .string(name)), .init("from", .string(from)), .init("to", .string(to))]
        }
    }
}
