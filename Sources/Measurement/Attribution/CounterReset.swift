/// A counter was reset between two readings.
package struct CounterReset: Error, Hashable, Sendable {
    /// The NIC or guest at the port.
    package let port: String
}
