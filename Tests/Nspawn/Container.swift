import CLinux
import Glibc
package import LabTools
package import Linux
import Synchronization

/// A running container: systemd as process 1, and pvpgen installed. It ends when `end()` is called,
/// and with this process. See `boot` beside this file.
package final class Container: Sendable {
    /// The script that keeps it.
    private let keeper: pid_t
    /// Where the script checks whether a test still uses the container.
    private let pipe: Int32
    private let console: OutputFile
    /// Process 1, as this machine counts; 0 when there is none.
    private let leader = Mutex<pid_t>(0)

    /// Its files, from outside: a path must not lead through absolute links.
    package var files: Root { Root("/proc/\(leader.withLock { $0 })/root") }

    /// Boots one, and creates its root file system first if that does not exist.
    package init(on system: ContainerRoot = .units, _ progress: Progress) throws {
        guard geteuid() == 0 else { throw LabFailure("containers can only be started by root") }
        for program in ["systemd-nspawn", "nsenter", "unshare", "setpriv", "findmnt"] where Command.find(program) == nil
        {
            throw LabFailure("\(program) is not installed; make deps")
        }
        try Project.checkBuild()
        let root = try Self.root(system, progress)
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { throw SystemError("pipe", "boot") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        pipe = ends[1]
        console = try OutputFile()
        let script = Project.folder + "/Tests/Nspawn/boot"
        let words = [strdup(script), strdup(root), nil]
        keeper = clinux_spawn(words, environ, ends[0], console.descriptor, console.descriptor)
        for word in words { free(word) }
        guard keeper > 0 else {
            close(pipe)
            throw SystemError("posix_spawn", script, code: -keeper)
        }
        do {
            try waitForBoot(after: 0)
        } catch {
            end()
            throw error
        }
    }

    /// The directory of its root file system, which is only read; created if it does not exist
    /// (about a minute).
    private static func root(_ system: ContainerRoot, _ progress: Progress) throws -> String {
        let release = try Debian.release()
        let cache = Cache(kind: "nspawn-\(system.rawValue)-\(release)")
        if let directory = try cache.found() { return directory }
        progress("container: root file system (\(release), \(system.rawValue))")
        return try cache.make { result, _ in try system.debian(release).install(into: result) }
    }

    /// Ends the container, and waits until nothing of it is left.
    package func end() {
        close(pipe)
        _ = clinux_wait(keeper)
    }

    /// Reboots it; its files stay.
    package func reboot() throws {
        let before = leader.withLock { $0 }
        try run(["systemctl", "reboot"])
        try waitForBoot(after: before)
    }

    private func waitForBoot(after before: pid_t) throws {
        let deadline = Deadline(seconds: Limit.boot)
        var state = "off"
        repeat {
            try checkRunning()
            if let found = Self.leader(below: keeper), found != before {
                leader.withLock { $0 = found }
                // It is refused until process 1 listens.
                if let answer = try? attempt(
                    ["systemctl", "is-system-running", "--wait"], within: 1 + deadline.milliseconds / 1000)
                {
                    state = answer.output
                }
                if state.hasPrefix("running") || state.hasPrefix("degraded") { return }
            }
            usleep(20_000)
        } while !deadline.isOver
        throw failure("the container is not up within \(Limit.boot) s: \(state)")
    }

    private func checkRunning() throws {
        var information = siginfo_t()
        if waitid(P_PID, id_t(keeper), &information, WEXITED | WNOHANG | WNOWAIT) == 0, information.si_signo != 0 {
            throw failure("the container is gone")
        }
    }

    /// Process 1 is the child of systemd-nspawn, wherever that is below the script.
    private static func leader(below parent: pid_t) -> pid_t? {
        let isNspawn = (try? Root.machine.text("/proc/\(parent)/comm")) == "systemd-nspawn"
        let children = (try? Root.machine.text("/proc/\(parent)/task/\(parent)/children")) ?? ""
        for child in children.split(separator: " ").compactMap({ pid_t($0) }) {
            if isNspawn, (try? Root.machine.text("/proc/\(child)/comm")) == "systemd" { return child }
            if let found = leader(below: child) { return found }
        }
        return nil
    }

    /// A failure that ends with what the console showed last.
    func failure(_ message: String) -> LabFailure { LabFailure(message, log: console.text) }
}

// MARK: - Commands

extension Container {
    /// How a program is started in the container: arguments for a process of this machine.
    package func command(_ arguments: [String], as user: String = "root") -> [String] {
        let spaces = ["--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wdns=/"]
        let environment = ["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", "TERM=xterm", "HOME=/"]
        let identity = user == "root" ? [] : ["setpriv", "--reuid=\(user)", "--regid=\(user)", "--init-groups", "--"]
        return ["nsenter", "--target", "\(leader.withLock { $0 })"] + spaces + ["--"] + environment + identity
            + arguments
    }

    /// Runs a program in the container and returns what it printed, both streams. Throws when it
    /// does not end with 0 in time.
    @discardableResult
    package func run(_ arguments: [String], as user: String = "root", within seconds: Int = Limit.command) throws
        -> String
    {
        let result = try attempt(arguments, as: user, within: seconds)
        guard result.status == 0 else {
            throw LabFailure(
                "in the container: \(arguments.joined(separator: " ")): ended with \(result.status)", log: result.output
            )
        }
        return result.output
    }

    /// The same, but its status is the caller's to judge.
    package func attempt(
        _ arguments: [String], as user: String = "root", input: String = "/dev/null",
        within seconds: Int = Limit.command
    ) throws -> Tool.Result {
        do {
            return try Tool.attempt(command(arguments, as: user), input: input, within: seconds)
        } catch {
            throw failure("in the container: \(error)")
        }
    }
}
