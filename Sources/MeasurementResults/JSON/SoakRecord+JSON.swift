import Diagnostics
import JSON
import Measurement

extension SoakRecord {
    var json: JSON {
        let summary = summary
        return [
            "size": .string(size.text), "load": .number(load), "duration_ns": .number(duration.nanoseconds),
            "sent": .number(summary.sent), "lost": .number(summary.lost),
            "longest_lossless_s": .number(summary.longestLosslessTime), "intervals": .array(intervals.map(\.json)),
        ]
    }

    init(_ members: ResultMembers) throws(Problem) {
        self.init(
            size: try FrameSize(members), load: try members.int("load"), duration: try members.duration("duration_ns"))
        intervals = try members.list("intervals", Interval.init)
    }
}

extension SoakRecord.Interval {
    fileprivate var json: JSON {
        [
            "start": .number(start), "duration_ns": .number(duration.nanoseconds), "sent": .number(sent),
            "received": .number(received), "fault": .optional(fault),
        ]
    }

    fileprivate init(_ members: ResultMembers) throws(Problem) {
        self.init(
            start: try members.double("start"), duration: try members.duration("duration_ns"),
            sent: try members.int("sent"), received: try members.int("received"),
            fault: try members.optionalString("fault"))
    }
}
