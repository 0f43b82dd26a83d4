import Diagnostics
import JSON
import Measurement

extension InvalidReason {
    init(_ members: ResultMembers) throws(Problem) {
        let code = try members.string("code")
        if let reason = try Self.plain(code, members) {
            self = reason
        } else if let reason = try Self.ofDirection(code, members) {
            self = reason
        } else {
            throw members.malformed("code", "unknown reason '\(code)'")
        }
    }

    private static func plain(_ code: String, _ members: ResultMembers) throws(Problem) -> InvalidReason? {
        switch code {
        case "incomplete": .incomplete
        case "not-quiet": .notQuiet
        case "duration-off":
            .durationOff(intended: try members.duration("intended_ns"), actual: try members.duration("actual_ns"))
        case "poll-gap": .pollGap(try members.duration("gap_ns"), limit: try members.duration("limit_ns"))
        case "generator": .generator(try members.string("name"))
        case "link-changed": .linkChanged(try members.string("name"))
        case "restarted": .restarted(try members.string("name"))
        case "host-changed":
            .hostChanged(
                try members.string("name"), from: try members.string("from"), to: try members.string("to"))
        default: nil
        }
    }

    private static func ofDirection(_ code: String, _ members: ResultMembers) throws(Problem) -> InvalidReason? {
        func limited(_ reason: (String, Int, Int) -> InvalidReason) throws(Problem) -> InvalidReason {
            reason(try members.string("direction"), try members.int("frames"), try members.int("limit"))
        }
        func load(_ reason: (String, Int, Int) -> InvalidReason) throws(Problem) -> InvalidReason {
            reason(try members.string("direction"), try members.int("intended"), try members.int("sent"))
        }
        switch code {
        case "load-not-reached": return try load(InvalidReason.loadNotReached)
        case "load-exceeded": return try load(InvalidReason.loadExceeded)
        case "foreign-frames": return try limited(InvalidReason.foreignFrames)
        case "late-frames": return try limited(InvalidReason.lateFrames)
        case "duplicated-frames": return try limited(InvalidReason.duplicatedFrames)
        case "reordered-frames": return try limited(InvalidReason.reorderedFrames)
        case "generator-drops":
            return .generatorDrops(direction: try members.string("direction"), frames: try members.int("frames"))
        case "negative-balance":
            let stage = members.json["stage"] ?? .null
            return .negativeBalance(
                direction: try members.string("direction"),
                stage: stage == .null ? nil : try LossLocation(members.members("stage")),
                frames: try members.int("frames"))
        case "counter-reset":
            return .counterReset(direction: try members.string("direction"), port: try members.string("port"))
        default: return nil
        }
    }
}
