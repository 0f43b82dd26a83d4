import CDPDKShim
import Diagnostics
import Linux

let usage = """
    pvp-dpdk version                              the version of the DPDK installed
    pvp-dpdk check [-a DEVICE]... [--vdev DEVICE]...  would EAL take these devices?

    Exit status: 0 yes, 1 no (one line for each that is refused), 2 wrong usage.

    """

/// `rte_version()` without the name before the number.
func version() -> String {
    let text = String(cString: dpdk_shim_version())
    return text.split(separator: " ").last.map(String.init) ?? text
}

/// Does what was asked for; returns the exit status.
func run(_ arguments: [String]) -> Int32 {
    do throws(Problem) {
        switch arguments.first {
        case "version" where arguments.count == 1:
            print(version())
            return 0
        case "check":
            let problems = try DeviceArguments(Array(arguments.dropFirst())).problems(version: version())
            for problem in problems { report(problem, from: "pvp-dpdk") }
            return problems.isEmpty ? 0 : 1
        case "--help", "-h":
            print(usage, terminator: "")
            return 0
        default:
            throw Problem("usage", "`version` or `check` expected", remedy: "`pvp-dpdk --help` shows both")
        }
    } catch {
        report(error, from: "pvp-dpdk")
        return 2
    }
}

CurrentProcess.exit(run(Array(CommandLine.arguments.dropFirst())))
