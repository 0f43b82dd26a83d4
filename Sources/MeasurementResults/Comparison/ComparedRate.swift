import Measurement

/// What is compared: a goal, or the maximum receive rate, for a frame size.
package struct ComparedRate: Hashable, Sendable {
    package let size: FrameSize
    /// The name of the goal, or `mrr`.
    package let name: String

    /// The name that stands for the maximum receive rate.
    package static let receiveRate = "mrr"
}

extension MeasurementResult {
    /// Sizes and goals of all searches, in their order, each once.
    package var comparedRates: [ComparedRate] {
        var rates: [ComparedRate] = []
        for search in searches {
            for name in search.goals.map(\.name) + [ComparedRate.receiveRate] {
                let rate = ComparedRate(size: search.size, name: name)
                if !rates.contains(rate) { rates.append(rate) }
            }
        }
        return rates
    }

    /// Lower bounds of a goal, or maximum receive rates, in packets per second for each interface,
    /// one for each repetition that has one; `nil` without any.
    package func spread(of rate: ComparedRate, in summaries: [SearchSummary]) -> RateSpread? {
        let found = summaries.filter { $0.size == rate.size }
        if rate.name == ComparedRate.receiveRate {
            let width = searches.flatMap(\.goals).map(\.width).max() ?? 0
            return RateSpread(found.compactMap { $0.receiveThroughput?.perInterface }, width: width)
        }
        let goals = found.flatMap(\.goals).filter { $0.result.goal.name == rate.name }
        return RateSpread(
            goals.compactMap { $0.lower?.perInterface }, width: goals.map(\.result.goal.width).max() ?? 0)
    }
}
