import Diagnostics
import JSON
import Measurement

extension TrialRecord {
    var json: JSON {
        var members: [JSON.Member] = [
            .init("start", .number(start)), .init("goal", .optional(goal)), .init("reason", .string(reason)),
            .init("load", .number(trial.input.load)), .init("duration_ns", .number(trial.input.duration.nanoseconds)),
            .init("effective_duration_ns", .number(trial.effectiveDuration.nanoseconds)),
            .init("elapsed_ns", .number(trial.elapsed.nanoseconds)),
            .init("sending_time_ns", .number(sendingTime.nanoseconds)),
            .init("longest_poll_gap_ns", .number(longestPollGap.nanoseconds)),
        ]
        switch trial.verdict {
        case .valid(let loss):
            members += [
                .init("valid", true), .init("sent", .number(loss.sent)), .init("received", .number(loss.received)),
                .init("loss_ratio", .number(loss.ratio)), .init("invalid_reasons", []),
            ]
        case .invalid(let reasons):
            members += [.init("valid", false), .init("invalid_reasons", .array(reasons.map(\.json)))]
        }
        members += [
            .init("directions", .array(directions.map(\.json))), .init("losses", trial.attribution?.json ?? .null),
        ]
        return .object(members)
    }

    init(_ members: ResultMembers) throws(Problem) {
        let verdict: Verdict
        if try members.bool("valid") {
            verdict = .valid(TrialLoss(sent: try members.int("sent"), received: try members.int("received")))
        } else {
            verdict = .invalid(try members.list("invalid_reasons", InvalidReason.init))
        }
        let losses = members.json["losses"] ?? .null
        let trial = Trial(
            TrialInput(load: try members.int("load"), duration: try members.duration("duration_ns")),
            verdict: verdict, attribution: losses == .null ? nil : try LossAttribution(members.members("losses")),
            effectiveDuration: try members.duration("effective_duration_ns"),
            elapsed: try members.duration("elapsed_ns"))
        self.init(
            start: try members.double("start"), goal: try members.optionalString("goal"),
            reason: try members.string("reason"), trial: trial,
            directions: try members.list("directions", DirectionCounts.init),
            sendingTime: try members.duration("sending_time_ns"),
            longestPollGap: try members.duration("longest_poll_gap_ns"))
    }
}

extension DirectionCounts {
    fileprivate var json: JSON {
        [
            "name": .string(name), "intended": .number(intended), "sent": .number(sent),
            "unsent": .number(max(0, intended - sent)), "received": .number(received), "dropped": .number(dropped),
            "foreign": .number(foreign), "late": .number(late), "duplicated": .number(duplicated),
            "reordered": .number(reordered),
        ]
    }

    fileprivate init(_ members: ResultMembers) throws(Problem) {
        self.init(
            name: try members.string("name"), intended: try members.int("intended"), sent: try members.int("sent"),
            received: try members.int("received"))
        dropped = try members.int("dropped")
        foreign = try members.int("foreign")
        late = try members.int("late")
        duplicated = try members.int("duplicated")
        reordered = try members.int("reordered")
    }
}
