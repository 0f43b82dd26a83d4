package import Diagnostics
package import Measurement

/// A chain whose counters are read between trials.
package protocol MeasuredChainReading: AnyObject {
    /// State and counters now; counters by direction of the generator, as far as it is known.
    func snapshot() throws(Problem) -> ChainSnapshot
    /// Waits until units are active and links are up. Throws `chain-not-ready` after `seconds`.
    func wait(seconds: Int) throws(Problem)
    /// Sets which path each port of the generator is connected to.
    func order(directions: [Int])
}
