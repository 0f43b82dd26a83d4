package import Diagnostics

/// A call of pvp-dpdk, which pvpgen runs before a boot does.
package enum DPDKCall: Hashable, Sendable {
    /// Print the version of DPDK.
    case version
    /// Print each device that DPDK refuses.
    case check([Device])

    package static let program = "pvp-dpdk"

    /// A device, as on the command line of testpmd.
    package enum Device: Hashable, Sendable {
        /// A PCI device: its address and arguments.
        case allowed(String)
        /// A virtual device: its driver, number and arguments.
        case virtual(String)

        /// The option that gives it to EAL.
        package var option: String {
            switch self {
            case .allowed: "-a"
            case .virtual: "--vdev"
            }
        }

        /// What follows the option.
        package var value: String {
            switch self {
            case .allowed(let value), .virtual(let value): value
            }
        }
    }

    package var arguments: [String] {
        switch self {
        case .version: ["version"]
        case .check(let devices): ["check"] + devices.flatMap { [$0.option, $0.value] }
        }
    }

    /// Reads what follows the program's name.
    /// - Throws: `usage`.
    package init(_ arguments: [String]) throws(Problem) {
        switch arguments.first {
        case "version" where arguments.count == 1: self = .version
        case "check": self = .check(try Self.devices(arguments.dropFirst()))
        default: throw .usage("expected 'version' or 'check'", of: Self.program)
        }
    }

    /// Reads options as EAL does: `-a VALUE`, `--allow=VALUE`, `--vdev VALUE`, `--vdev=VALUE`.
    private static func devices(_ arguments: ArraySlice<String>) throws(Problem) -> [Device] {
        var devices: [Device] = []
        var rest = arguments
        while let argument = rest.popFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let option = parts.first, ["-a", "--allow", "--vdev"].contains(option),
                option != "-a" || parts.count == 1
            else {
                throw .usage("check: unexpected argument '\(argument)'", of: program)
            }
            guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
                throw .usage("check: \(option) requires a value", of: program)
            }
            devices.append(option == "--vdev" ? .virtual(value) : .allowed(value))
        }
        if devices.isEmpty { throw .usage("check: expected a device, got none", of: program) }
        return devices
    }
}
