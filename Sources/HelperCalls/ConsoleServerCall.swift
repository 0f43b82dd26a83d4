package import Diagnostics

/// A call of pvp-console: testpmd on a terminal that several clients share.
package struct ConsoleServerCall: Hashable, Sendable {
    package static let program = "pvp-console"
    private static let defaultGroup = "pvp"

    /// The name of the testpmd and of its unit.
    package var name: String
    /// How many started ports make the service ready: 1 to 1024.
    package var ports: Int
    /// testpmd and its arguments.
    package var command: [String]
    /// The group whose members can attach.
    package var group = defaultGroup
    /// The group whose members can attach read-only; `nil` for none.
    package var viewGroup: String?
    /// The path of DPDK's telemetry socket; `nil` for the one below `$RUNTIME_DIRECTORY`.
    package var telemetry: String?
    /// How long testpmd may take to stop, in seconds: 1 to 3600.
    package var stopTimeout = 30

    package init(name: String, ports: Int, command: [String]) {
        self.name = name
        self.ports = ports
        self.command = command
    }

    package var arguments: [String] {
        var arguments = ["--name=\(name)"]
        if let telemetry { arguments.append("--telemetry=\(telemetry)") }
        arguments += ["--ports=\(ports)", "--stop-timeout=\(stopTimeout)"]
        if group != Self.defaultGroup { arguments.append("--group=\(group)") }
        if let viewGroup { arguments.append("--view-group=\(viewGroup)") }
        return arguments + ["--"] + command
    }

    /// Reads what follows the program's name.
    /// - Throws: `usage`.
    package init(_ arguments: [String]) throws(Problem) {
        let own = arguments.prefix { $0 != "--" }
        command = Array(arguments.dropFirst(own.count + 1))
        var reader = try ArgumentReader(own, of: Self.program)
        let name = try reader.value("name")
        let ports = try reader.number("ports", in: 1...1024)
        group = try reader.value("group") ?? Self.defaultGroup
        viewGroup = try reader.value("view-group")
        telemetry = try reader.value("telemetry")
        stopTimeout = try reader.number("stop-timeout", in: 1...3600) ?? 30
        try reader.finish()
        self.name = try reader.required("--name", name)
        self.ports = try reader.required("--ports", ports)
        if command.isEmpty { throw reader.usage("the program to run, after --, is missing") }
    }
}
