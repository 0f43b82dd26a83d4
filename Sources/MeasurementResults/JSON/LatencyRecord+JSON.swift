import Diagnostics
import JSON
import Measurement

extension LatencyRecord {
    var json: JSON {
        [
            "size": .string(size.text), "percent": .number(percent), "goal": .string(goal), "load": .number(load),
            "sent": .number(sent), "received": .number(received), "faults": .strings(faults),
            "directions": .array(
                directions.map { histogram in
                    guard let histogram else { return .null }
                    return .object((histogram.json.object ?? []) + [.init("percentiles_ns", histogram.percentiles)])
                }),
        ]
    }

    init(_ members: ResultMembers) throws(Problem) {
        guard let list = members.json["directions"]?.array else {
            throw members.malformed("directions", "expected a list")
        }
        var directions: [LatencyHistogram?] = []
        for (index, json) in list.enumerated() {
            do throws(Problem) {
                directions.append(json == .null ? nil : try LatencyHistogram(json))
            } catch {
                throw members.malformed("directions[\(index)]", "expected a histogram of latencies")
            }
        }
        self.init(
            size: try FrameSize(members), percent: try members.int("percent"), goal: try members.string("goal"),
            load: try members.int("load"), directions: directions, sent: try members.int("sent"),
            received: try members.int("received"))
        faults = try members.strings("faults")
    }
}

extension LatencyHistogram {
    /// For readers that do not compute them.
    fileprivate var percentiles: JSON {
        .object(
            [50.0, 90, 99, 99.9].map { percent in
                JSON.Member(JSON.number(percent).line, .optional(percentile(percent)?.nanoseconds))
            })
    }
}
