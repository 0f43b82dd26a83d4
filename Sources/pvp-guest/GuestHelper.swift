import Diagnostics
import HelperCalls
import Libvirt
import Linux

/// Lines on standard error.
let log = Log("pvp-guest")

/// `pvp-guest`: runs a libvirt domain as a systemd unit.
package enum GuestHelper {
    /// Does what the arguments ask for, and ends the process.
    package static func run(_ arguments: [String]) -> Never {
        // Signals are blocked first, so that every thread inherits that.
        let termination = Termination()
        // As systemd starts it (IgnoreSIGPIPE=): libvirt's library writes to a daemon that may have
        // ended meanwhile.
        Signal.ignore(Signal.pipe)
        do throws(Problem) {
            let call = try GuestCall(arguments)
            switch call.verb {
            case .destroy:
                try removeRemains(call)
                finish(0)
            case .handOver:
                handOver(call)
                finish(0)
            case .end:
                // A restart leaves the guest to its service.
                guard UnitJobs.current()?.isStopped(UnitJobs.domain(call.name)) == true else { finish(0) }
                try startLibvirt()
                finish(Runner(call).run(termination))
            case .run:
                let (xml, domain) = try readXML(call.name)
                try startLibvirt()
                finish(Runner(call, xml: xml, domain: domain).run(termination))
            }
        } catch {
            // As ExecStopPost= (systemd.exec(5), SERVICE_RESULT): the service itself has reported
            // that libvirt is not running.
            let isLibvirt = [.libvirtUnreachable, .libvirtDenied, .libvirtFailed].contains(error.code)
            if isLibvirt, Environment["SERVICE_RESULT"] != nil { finish(1) }
            log.error(error.line)
            finish(error.code == .usage ? 2 : 1)
        }
    }

    /// Ends the program at once: libvirt's threads may be in the middle of a call, which exit
    /// handlers must not pull the floor from.
    private static func finish(_ code: Int32) -> Never { CurrentProcess.exitWithoutHandlers(code) }

    /// As ExecStopPost=, which decides by how the unit ended.
    private static func removeRemains(_ call: GuestCall) throws(Problem) {
        let name = call.name
        let result = Environment["SERVICE_RESULT"]
        let remains = Remains(
            guest: name, result: result, status: Environment["EXIT_STATUS"],
            jobs: result == nil ? nil : UnitJobs.current())
        if remains == .handedOver { return }
        try startLibvirt()
        let hypervisor = Hypervisor(uri: call.connect, name: name)
        if remains == .kept, try hypervisor.isRunning() {
            let unit = UnitJobs.service(name)
            let next = "the next start of \(unit) adopts it, 'systemctl stop \(unit)' shuts it down"
            return log.warning("guest \(name): pvp-guest failed (\(result ?? "")), the guest goes on; \(next)")
        }
        if try hypervisor.destroyOurs() { log.notice("guest \(name): destroyed the remaining domain") }
    }

    /// As ExecStop=, also for a main process of an earlier release, which ends at SIGUSR1 as well:
    /// whatever it is, it leaves its guest.
    private static func handOver(_ call: GuestCall) {
        guard let main = Environment["MAINPID"].flatMap(Int32.init), let process = try? ProcessHandle(main),
            UnitJobs.current()?.isRestartedAlone(call.name) == true
        else { return }
        do throws(Problem) {
            // A domain of an earlier release gets a record from what that process was given.
            let input = "/proc/\(main)/fd/0"
            // StandardInput=data is a file in memory; anything else might be waited for.
            if (try? Root.machine.link(input))?.hasPrefix("/memfd:") == true, let xml = try? Root.machine.bytes(input) {
                try startLibvirt()
                try Hypervisor(uri: call.connect, name: call.name).record(xml: String(decoding: xml, as: UTF8.self))
            }
        } catch {
            log.warning(error.line)
        }
        ProcessHandle.signal(Signal.usr1, to: main)
        if process.hasEnded(within: 10_000) { return }
        // One that is stuck would end its guest at the SIGTERM that comes next.
        ProcessHandle.signal(Signal.kill, to: main)
        _ = process.hasEnded(within: 10_000)
    }

    /// The domain on standard input, whole.
    private static func readXML(_ name: String) throws(Problem) -> (text: String, domain: DomainXML) {
        let content = (try? Descriptor.readToEnd(Descriptor.standardInput, "standard input")) ?? []
        let text = String(decoding: content, as: UTF8.self)
        let remedy = "the unit's StandardInputText= has to hold the domain that pvpgen writes for this guest"
        if content.isEmpty {
            throw Problem(
                .domainXML, "guest \(name): standard input is empty, expected a domain in XML", remedy: remedy)
        }
        let domain = try DomainXML(text)
        guard domain.name == name else {
            throw Problem(
                .domainXML, "guest \(name): the XML on standard input is of domain '\(domain.name)'", remedy: remedy)
        }
        guard domain.isMarked else {
            let message = "guest \(name): the XML on standard input has no <metadata> of \(GuestCall.domainNamespace)"
            throw Problem(.domainXML, message, remedy: remedy)
        }
        return (text, domain)
    }

    private static func startLibvirt() throws(Problem) {
        do {
            try EventLoop.start { error in
                // Without it no end and no limit is seen. The guest goes on: the next start finds
                // it.
                log.error("event loop of libvirt: failed: \(error.message); restart the unit")
                finish(1)
            }
        } catch {
            throw Problem(
                .libvirtFailed, "libvirt cannot be used: \(error.message)", remedy: "reinstall package libvirt0")
        }
    }
}
