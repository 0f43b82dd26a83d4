import CLinux
import Foundation
package import LabTools
import Linux

/// A running QEMU. It ends when `end()` is called, and dies with this process.
package final class Machine: @unchecked Sendable {
    /// How it was started.
    package let spec: MachineSpec
    /// Guards the two below, and says when they change.
    private let condition = NSCondition()
    private var pid: pid_t = 0
    private var status: Int32?

    /// Starts QEMU; throws when it does not start. A machine that stops later is noticed by
    /// `checkRunning`.
    package init(_ spec: MachineSpec) throws {
        self.spec = spec
        guard let program = Command.find(MachineSpec.program), let guardian = Command.find("setpriv") else {
            throw LabFailure("\(MachineSpec.program) or setpriv is not installed; make deps")
        }
        for file in [MachineSpec.firmware.code, MachineSpec.firmware.variables] where access(file, R_OK) != 0 {
            throw LabFailure("\(file) not found; make deps installs ovmf")
        }
        try FileManager.default.copyItem(atPath: MachineSpec.firmware.variables, toPath: spec.variables)
        let command = [guardian, "--pdeathsig", "KILL", program] + spec.arguments.dropFirst()
        // The signal comes when the thread that started it ends, not the process: so it has a
        // thread of its own, which waits for it.
        Thread.detachNewThread { [self] in live(command) }
        condition.lock()
        while pid == 0 { condition.wait() }
        let started = pid > 0
        condition.unlock()
        guard started else { throw LabFailure("\(program) could not be started: \(String(cString: strerror(-pid)))") }
    }

    private func live(_ command: [String]) {
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        let log = open(spec.log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        var arguments = command.map { strdup($0) }
        arguments.append(nil)
        let child = clinux_spawn(arguments, environ, null, log, log)
        for argument in arguments { free(argument) }
        close(null)
        close(log)
        tell { pid = child == 0 ? -ECHILD : child }
        guard child > 0 else { return }
        // Checked before it is reaped, so that no signal goes to a number that is another process's
        // by then.
        var information = siginfo_t()
        while waitid(P_PID, id_t(child), &information, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
        tell { status = clinux_wait(child) }
    }

    private func tell(_ change: () -> Void) {
        condition.lock()
        change()
        condition.broadcast()
        condition.unlock()
    }

    /// Throws when QEMU has ended by itself, or the kernel in it has given up.
    package func checkRunning() throws {
        condition.lock()
        let ended = status
        condition.unlock()
        if let ended { throw failure("the machine is gone: QEMU ended with \(ended)") }
        let console = (try? Root.machine.text(spec.console)) ?? ""
        if console.contains("Kernel panic - not syncing") { throw failure("the machine's kernel panicked") }
        if Self.isStuck(console) { throw failure("the machine's kernel is stuck") }
    }

    /// Whether a CPU has been in the same place for more than a minute: less than that a busy
    /// machine may take.
    private static func isStuck(_ console: String) -> Bool {
        console.matches(of: /soft lockup - CPU#[0-9]+ stuck for ([0-9]+)s/).contains { (Int($0.output.1) ?? 0) > 60 }
    }

    /// Waits until QEMU ends by itself, as it does after a power-off.
    package func waitForEnd(within seconds: Int) throws {
        guard wait(seconds: seconds) else { throw failure("the machine was not off within \(seconds) s") }
    }

    /// Switches the machine off.
    package func end() {
        for signal in [SIGTERM, SIGKILL] {
            condition.lock()
            if status == nil { kill(pid, signal) }
            condition.unlock()
            if wait(seconds: 10) { return }
        }
    }

    private func wait(seconds: Int) -> Bool {
        let limit = Date(timeIntervalSinceNow: Double(seconds))
        condition.lock()
        defer { condition.unlock() }
        while status == nil {
            if !condition.wait(until: limit) { return status != nil }
        }
        return true
    }

    /// A failure that ends with what QEMU and the console said last.
    package func failure(_ message: String) -> LabFailure {
        let texts = [spec.log, spec.console].map { (try? Root.machine.text($0)) ?? "" }
        return LabFailure(message, log: texts.joined(separator: "\n"))
    }
}
