import CDPDKShim
import Diagnostics
import HelperCalls

/// The devices of an EAL command line, and what EAL would say to them.
struct DeviceArguments {
    let devices: [DPDKCall.Device]

    /// One problem for each option that EAL refuses, and for each duplicate device.
    func problems(version: String) -> [Problem] {
        var problems: [Problem] = []
        var names: [String] = []
        for device in devices {
            let option = device.option
            let value = device.value
            let name = value.split(separator: ",", omittingEmptySubsequences: false).first.map(String.init) ?? ""
            let answer = dpdk_shim_check(value)
            if answer == DPDK_SHIM_ACCEPTED {
                if let other = names.first(where: { $0 == name || dpdk_shim_same_pci($0, name) }) {
                    problems.append(
                        Problem(
                            .deviceTwice, "\(option) \(value): already given as \(other)",
                            remedy: "name each device once"))
                }
                names.append(name)
            } else {
                problems.append(Self.problem(option, value, of: name, answer: answer, version: version))
            }
        }
        return problems
    }

    private static func problem(
        _ option: String, _ value: String, of name: String, answer: dpdk_shim_answer, version: String
    ) -> Problem {
        switch answer {
        case DPDK_SHIM_TOO_LONG:
            return Problem(
                .deviceRefused, "\(option) \(value): the name is too long for DPDK \(version)",
                remedy: "use at most 63 bytes")
        case DPDK_SHIM_BAD_ARGUMENTS:
            return Problem(
                .deviceRefused, "\(option) \(value): DPDK \(version) cannot read what follows \(name)",
                remedy: "write KEY=VALUE,KEY=VALUE")
        default:
            if option == "--vdev" {
                return Problem(
                    .deviceRefused, "\(option) \(value): no driver of DPDK \(version) has a virtual device `\(name)`",
                    remedy:
                        "`ls \(String(cString: dpdk_shim_drivers()))` shows its drivers; "
                        + "net_vhost0 is of librte_net_vhost.so"
                )
            }
            return Problem(
                .deviceRefused, "\(option) \(value): `\(name)` is not a device to DPDK \(version)",
                remedy: "give a PCI address such as 0000:17:00.0; 'lspci -D' lists the addresses")
        }
    }
}
