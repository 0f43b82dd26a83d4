import CDPDKShim
import Diagnostics
import HelperCalls
import Linux

/// Lines on standard error.
let log = Log("pvp-dpdk")

/// `pvp-dpdk`: asks the installed DPDK.
package enum DPDKHelper {
    /// Does what the arguments ask for; returns the exit status.
    package static func run(_ arguments: [String]) -> Int32 {
        do throws(Problem) {
            let call = try DPDKCall(arguments)
            if let problem = dpdk_shim_load() {
                log.error(String(cString: problem))
                return 127
            }
            switch call {
            case .version:
                print(version())
                return 0
            case .check(let devices):
                let problems = DeviceArguments(devices: devices).problems(version: version())
                for problem in problems { log.write(problem) }
                return problems.isEmpty ? 0 : 1
            }
        } catch {
            log.write(error)
            return 2
        }
    }

    /// `rte_version()` without the name before the number.
    private static func version() -> String {
        let text = String(cString: dpdk_shim_version())
        return text.split(separator: " ").last.map(String.init) ?? text
    }
}
