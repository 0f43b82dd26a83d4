package import Diagnostics
import Measurement
package import MeasurementResults
package import TrafficGenerator

/// Follows a measurement.
package protocol MeasurementObserver {
    /// A step of the measurement begins, such as `path check` or `search, 64 bytes`.
    func step(_ text: String)
    /// A trial was done; `remaining` is an estimate of the time until the end of the search.
    func trial(_ trial: CompletedTrial, remaining: Duration?)
    /// The result has more trials than before. Throws to end the measurement.
    func changed(_ result: MeasurementResult) throws(Problem)
}
