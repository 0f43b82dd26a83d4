import Diagnostics
import HelperCalls
import Libvirt
import Linux

/// Lines on standard error.
let log = Log("pvp-network")

/// `pvp-network`: creates or removes the libvirt network of the guests.
package enum NetworkHelper {
    /// Does what the arguments ask for, and ends the process: libvirt's threads may be in the
    /// middle of a call, which exit handlers must not pull the floor from.
    package static func run(_ arguments: [String]) -> Never { CurrentProcess.exitWithoutHandlers(perform(arguments)) }

    private static func perform(_ arguments: [String]) -> Int32 {
        // As ExecStopPost= after a start that failed (systemd.exec(5), SERVICE_RESULT): the start
        // itself has reported the reason.
        let hasReported = Environment["SERVICE_RESULT"].map { $0 != "success" } ?? false
        do throws(Problem) {
            let call = try NetworkCall(arguments)
            let network = Network(call: call, root: .machine, hasReported: hasReported)
            switch call.verb {
            case .create(let address, let bridge):
                var xml = ""
                while let line = readLine(strippingNewline: false) { xml += line }
                try startLibvirt()
                try network.create(NetworkConflicts(name: call.name, address: address, bridge: bridge), xml: xml)
            case .destroy:
                try startLibvirt()
                try network.destroy()
            }
            return 0
        } catch {
            if hasReported, [.libvirtUnreachable, .libvirtDenied, .libvirtFailed].contains(error.code) { return 1 }
            log.write(error)
            return error.code == .usage ? 2 : 1
        }
    }

    private static func startLibvirt() throws(Problem) {
        do {
            try EventLoop.start { error in
                let problem = Problem(
                    .libvirtFailed, "libvirt's event loop ended: \(error.message)", remedy: "restart the unit")
                log.write(problem)
                CurrentProcess.exitWithoutHandlers(1)
            }
        } catch {
            throw Problem(
                .libvirtFailed, "libvirt cannot be used: \(error.message)", remedy: "reinstall package libvirt0")
        }
    }
}
