package import Plan

/// A testpmd that is looked at, and what is known of its ports.
package struct MonitoredTestpmd: Hashable, Sendable {
    /// Its name.
    package var name: String
    /// Where its telemetry is.
    package var socket: String
    /// What each port is, by DPDK's number; empty where there is no plan.
    package var roles: [Int: PortRole]
    /// How many ports it is to have; `nil` where there is no plan.
    package var plannedPorts: Int?

    /// One of a plan.
    package init(_ testpmd: TestpmdPlan, of plan: Plan) {
        name = testpmd.name
        socket = testpmd.telemetry
        roles = [:]
        plannedPorts = testpmd.portCount
        for nic in plan.nics where nic.testpmd == testpmd.name { roles[nic.port] = PortRole(nic) }
        for vhost in testpmd.vhosts { roles[vhost.port] = PortRole(vhost) }
    }

    /// One of which only the socket is known: it is called what DPDK calls it (`--file-prefix`),
    /// which is the name of the socket's directory.
    package init(socket: String) {
        let parts = socket.split(separator: "/")
        name = parts.dropLast().last.map(String.init) ?? socket
        self.socket = socket
        roles = [:]
    }

    /// What a port of it is.
    package func role(of number: Int, device: String) -> PortRole { roles[number] ?? PortRole(device: device) }
}
