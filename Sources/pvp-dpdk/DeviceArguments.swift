import CDPDKShim
import Diagnostics

/// The device options of an EAL command line, and what EAL would say to them.
struct DeviceArguments {
    private var options: [(option: String, value: String)] = []

    /// Reads `-a VALUE`, `--allow=VALUE`, `--vdev VALUE`, `--vdev=VALUE`. Throws `usage`.
    init(_ arguments: [String]) throws(Problem) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let option = parts.first, ["-a", "--allow", "--vdev"].contains(option), option != "-a" || parts.count == 1 else {
                throw Problem(.usage, "check: unexpected argument '\(argument)'", remedy: "run 'pvp-dpdk --help'")
            }
            guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
                throw Problem(.usage, "check: \(option) requires a value", remedy: "run 'pvp-dpdk --help'")
            }
            options.append((option, value))
        }
        if options.isEmpty { throw Problem(.usage, "check: expected a device, got none", remedy: "run 'pvp-dpdk --help'") }
    }

    /// One problem for each option that EAL refuses, and for each duplicate device.
    func problems(version: String) -> [Problem] {
        var problems: [Problem] = []
        var names: [String] = []
        for (option, value) in options {
            let name = value.split(separator: ",", omittingEmptySubsequences: false).first.map(String.init) ?? ""
            let answer = dpdk_shim_check(value)
            if answer == DPDK_SHIM_ACCEPTED {
                if let other = names.first(where: { $0 == name || dpdk_shim_same_pci($0, name) }) {
                    problems.append(
                        Problem(.deviceTwice, "\(option) \(value): already given as \(other)", remedy: "name each device once"))
                }
                names.append(name)
            } else {
                problems.append(Self.problem(option, value, name, answer, version))
            }
        }
        return problems
    }

    private static func problem(_ option: String, _ value: String, _ name: String, _ answer: dpdk_shim_answer, _ version: String) -> Problem
    {
        switch answer {
        case DPDK_SHIM_TOO_LONG:
            return Problem(.deviceRefused, "\(option) \(value): the name is too long for DPDK \(version)", remedy: "use at most 63 bytes")
        case DPDK_SHIM_BAD_ARGUMENTS:
            return Problem(
                .deviceRefused, "\(option) \(value): DPDK \(version) cannot read what follows \(name)",
                remedy: "write KEY=VALUE,KEY=VALUE")
        default:
            if option == "--vdev" {
                return Problem(
                    .deviceRefused, "\(option) \(value): no driver of DPDK \(version) has a virtual device `\(name)`",
                    remedy: "`ls \(String(cString: dpdk_shim_drivers()))` shows its drivers; net_vhost0 is of librte_net_vhost.so")
            }
            return Problem(
                .deviceRefused, "\(option) \(value): `\(name)` is not a device to DPDK \(version)",
                remedy: "give a PCI address such as 0000:17:00.0; 'lspci -D' lists the addresses")
        }
    }
}
