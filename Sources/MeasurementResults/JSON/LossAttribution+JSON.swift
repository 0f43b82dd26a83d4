import Diagnostics
import JSON
import Measurement

extension LossAttribution {
    var json: JSON {
        [
            "lost": .number(lost), "unexplained": .number(unexplained),
            "stages": .array(stages.map { ["location": $0.location.json, "frames": .number($0.frames)] }),
        ]
    }

    init(_ members: ResultMembers) throws(Problem) {
        let stages = try members.list("stages") { (stage) throws(Problem) in
            Stage(location: try LossLocation(stage.members("location")), frames: try stage.int("frames"))
        }
        self.init(stages: stages, unexplained: try members.int("unexplained"))
        if lost != (try members.int("lost")) {
            throw members.malformed("lost", "expected the sum of all stages, \(lost)")
        }
    }
}
