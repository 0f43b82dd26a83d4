import Measurement

/// What the reflector of pvp-traffic does wrong on purpose. 0 is nothing.
package struct TrafficFaults: Hashable, Sendable {
    /// Frames per second and direction; more are lost.
    package var limit = 0
    /// One frame in so many is lost.
    package var drop = 0
    /// One frame in so many is sent twice.
    package var duplicate = 0
    /// One frame in so many is sent after the next one.
    package var reorder = 0
    /// Nothing is forwarded for this time at the beginning of each interval.
    package var stall = Duration.zero
    package var stallInterval = Duration.zero
    /// The numbers of the ports from which nothing is forwarded.
    package var blocked: [Int] = []

    package init() {}

    /// The command for pvp-traffic.
    package var line: String {
        return "reflect limit=\(limit) drop=\(drop) duplicate=\(duplicate) reorder=\(reorder) "
            + "stall_us=\(stall.microseconds) stall_each_us=\(stallInterval.microseconds) "
            + "blocked=\(blocked.reduce(0) { $0 | 1 << $1 })"
    }
}
