/// Where a chain loses frames above the result of a goal.
package struct GoalAttribution: Hashable, Sendable {
    package let result: GoalResult
    /// The losses of the trials that made the upper bound one; `nil` if none has counters of
    /// stages.
    package let losses: LossAttribution?

    /// Finds the trials at the goal's upper bound whose loss is above the goal's.
    package init(_ result: GoalResult, trials: [Trial]) {
        self.result = result
        var sum: LossAttribution?
        for trial in trials where trial.input.load == result.upperBound {
            guard case .valid(let loss) = trial.verdict, loss.ratio > result.goal.lossRatio,
                let attribution = trial.attribution
            else { continue }
            var next = sum ?? LossAttribution()
            next.add(attribution)
            sum = next
        }
        losses = sum
    }

    /// One sentence, such as `above 7.9 Mpps guest vm1 loses (96 %, unexplained 1 %)`.
    package var text: String {
        guard let upper = result.upperBound else {
            return result.lowerBound.map { "no loss above the goal up to \(PacketRate($0).text)" }
                ?? "no load is decided"
        }
        let place =
            result.lowerBound.map { "above \(PacketRate($0).text)" }
            ?? "at \(PacketRate(upper).text), and perhaps below,"
        guard let losses, losses.lost > 0 else { return "\(place) frames are lost; no stage has counters" }
        let unexplained = "unexplained \(Self.percent(losses.unexplained, of: losses.lost))"
        guard let most = losses.stages.max(by: { $0.frames < $1.frames }), most.frames >= losses.unexplained,
            most.frames > 0
        else { return "\(place) frames are lost where no stage counts them (\(unexplained))" }
        return "\(place) \(most.location.text) loses (\(Self.percent(most.frames, of: losses.lost)), \(unexplained))"
    }

    /// Whole percent, toward zero; a part that is not zero is never shown as `0 %`.
    private static func percent(_ frames: Int, of lost: Int) -> String {
        let percent = Int(Double(frames) * 100 / Double(lost))
        return percent == 0 && frames != 0 ? "below 1 %" : "\(percent) %"
    }
}
