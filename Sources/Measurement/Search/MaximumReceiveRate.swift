/// The Maximum Receive Rate as FD.io CSIT defines it: the rate at which frames return while the
/// generator sends at the maximum load. Packets per second, the sum over all interfaces.
package struct MaximumReceiveRate: Hashable, Sendable {
    /// Rate of each valid trial at the maximum load with the duration of the first one.
    package let rates: [Double]

    /// `nil` without a valid trial.
    init?(_ trials: [Trial], at input: TrialInput) {
        rates = trials.compactMap { trial in
            guard trial.input == input, case .valid(let loss) = trial.verdict else { return nil }
            return Double(loss.received) / trial.effectiveDuration.seconds
        }
        if rates.isEmpty { return nil }
    }

    /// Arithmetic mean.
    package var mean: Double { rates.reduce(0, +) / Double(rates.count) }

    /// Standard deviation of the population; 0 for one trial.
    package var standardDeviation: Double {
        let mean = mean
        return (rates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rates.count)).squareRoot()
    }
}
