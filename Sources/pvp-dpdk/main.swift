import CDPDKShim
import Diagnostics
import HelperCalls
import Linux

let usage = """
    Usage: pvp-dpdk VERB [OPTIONS...]

    Ask the installed DPDK for its version, or whether it accepts devices

    Verbs:
      version                 Print the version of DPDK
      check                   Print each device option that DPDK refuses

    Options:
      -a, --allow=DEVICE      For check: PCI device, as on the command line of
                              testpmd
      --vdev=DEVICE           For check: virtual device, such as
                              net_vhost0,iface=/run/pvp/vhost/a
      -h, --help              Print this help

    Examples:
      pvp-dpdk version
      pvp-dpdk check -a 0000:17:00.0 --vdev=net_vhost0,iface=/tmp/vhost

    Exit codes: 0 on success, 1 if a device is refused, 2 for wrong usage.

    """

/// `rte_version()` without the name before the number.
func version() -> String {
    let text = String(cString: dpdk_shim_version())
    return text.split(separator: " ").last.map(String.init) ?? text
}

/// Does what was asked for; returns the exit status.
func run(_ arguments: [String]) -> Int32 {
    if isHelpRequest(arguments) {
        print(usage, terminator: "")
        return 0
    }
    do throws(Problem) {
        switch try DPDKCall(arguments) {
        case .version:
            print(version())
            return 0
        case .check(let devices):
            let problems = DeviceArguments(devices: devices).problems(version: version())
            for problem in problems { report(problem, from: "pvp-dpdk") }
            return problems.isEmpty ? 0 : 1
        }
    } catch {
        report(error, from: "pvp-dpdk")
        return 2
    }
}

CurrentProcess.exit(run(Array(CommandLine.arguments.dropFirst())))
