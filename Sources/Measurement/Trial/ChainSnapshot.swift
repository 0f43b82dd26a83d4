/// The chain at one moment. The names are those of the configuration.
package struct ChainSnapshot: Hashable, Sendable {
    /// A link: its state, and how often that has changed.
    package struct Link: Hashable, Sendable {
        package var isUp: Bool
        package var changes: Int

        package init(isUp: Bool, changes: Int) {
            self.isUp = isUp
            self.changes = changes
        }
    }

    /// Links by the name of their port.
    package var links: [String: Link] = [:]
    /// What identifies a run of testpmd or of a guest, such as systemd's invocation ID, by name.
    package var processes: [String: String] = [:]
    /// Facts about the host that a result depends on.
    package var host: [String: String] = [:]
    /// Counters of the ports on the path of each direction, in the order of the directions.
    package var paths: [[HopCounters]] = []

    package init() {}
}
