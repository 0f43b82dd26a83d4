import Foundation
import Linux
import Testing

/// A libvirtd of this test run's own: its sockets, state and log lie in one temporary directory, so
/// it meets no other libvirt on the machine.
final class PrivateLibvirt: @unchecked Sendable {
    /// Where everything of it lies; the emulator may write here.
    let directory: URL
    private var daemon: Process?

    /// What `--connect=` takes.
    var uri: String { "qemu+unix:///session?socket=\(directory.path)/libvirt/libvirt-sock" }

    /// Starts it and waits until it answers.
    init() throws {
        var template = Array("/tmp/pvp-guest.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure("mkdtemp: \(String(cString: strerror(errno)))") }
        let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        directory = URL(filePath: path, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: file("config/libvirt"), withIntermediateDirectories: true)
        try Data("stdio_handler = \"file\"\n".utf8).write(to: file("config/libvirt/qemu.conf"))
        try Data("log_outputs = \"3:file:\(directory.path)/libvirtd.log\"\n".utf8).write(to: file("libvirtd.conf"))
        for path in ["", "config", "config/libvirt", "config/libvirt/qemu.conf", "libvirtd.conf"] { try give(path) }
        try start()
    }

    /// A file of the directory.
    func file(_ path: String) -> URL { directory.appending(path: path) }

    /// Lets the emulator's user own a file of the directory.
    func give(_ path: String) throws {
        guard geteuid() == 0 else { return }
        guard chown(file(path).path, 65534, 65534) == 0 else {
            throw Failure("chown \(path): \(String(cString: strerror(errno)))")
        }
    }

    /// The path of a new disk that the emulator may use.
    func disk(_ content: Data) throws -> String {
        let name = UUID().uuidString + ".img"
        try content.write(to: file(name))
        try give(name)
        return file(name).path
    }

    /// A domain that shuts down when it is asked to.
    func obeying(_ name: String) throws -> TinyDomain {
        var domain = TinyDomain(name: name)
        domain.addDisk(try disk(BootSector.obeys), format: "raw")
        domain.addSerial(file: file("\(name).serial").path)
        domain.isObeying = true
        return domain
    }

    /// Waits until such a domain has booted and listens: what it is asked before is lost, and asked
    /// again only after 10 s.
    func awaitListening(_ name: String) throws {
        try eventually("\(name) listens", within: 60) {
            (try? Data(contentsOf: file("\(name).serial"))) == Data("!".utf8)
        }
    }

    func start() throws {
        let daemon = Process()
        // A session's libvirtd is private by design; root has none, so root runs it as another
        // user. It ends by itself should this process be killed.
        let command = [
            "/usr/sbin/libvirtd", "--timeout=600", "--config=\(file("libvirtd.conf").path)",
            "--pid-file=\(file("pid").path)",
        ]
        let asNobody = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        let arguments = geteuid() == 0 ? asNobody + command : command
        daemon.executableURL = URL(filePath: arguments[0])
        daemon.arguments = Array(arguments.dropFirst())
        daemon.environment = [
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": directory.path, "XDG_RUNTIME_DIR": directory.path,
            "XDG_CONFIG_HOME": file("config").path, "XDG_CACHE_HOME": file("cache").path,
            "XDG_DATA_HOME": file("data").path,
        ]
        try daemon.run()
        self.daemon = daemon
        try eventually("libvirtd answers") { try virsh("version").status == 0 }
    }

    /// Ends the daemon as a crash does; its guests stay.
    func stop() throws {
        guard let daemon else { return }
        self.daemon = nil
        // Not SIGTERM: what Foundation starts from a thread of Swift's pool has that blocked.
        kill(daemon.processIdentifier, SIGKILL)
        // Foundation takes a process for running as long as one of its children holds what it
        // inherited, and the guests do.
        let pid = id_t(daemon.processIdentifier)
        try eventually("libvirtd ended") {
            var info = siginfo_t()
            // Not left as a zombie: its lock on a guest's console would count as held.
            return waitid(P_PID, pid, &info, WEXITED | WNOHANG) != 0 || info.si_signo == SIGCHLD
        }
    }

    /// Ends everything and removes the directory.
    func remove() throws {
        for domain in try virsh("list", "--name").output.split(separator: "\n") {
            _ = try virsh("destroy", String(domain))
        }
        try stop()
        try FileManager.default.removeItem(at: directory)
    }

    /// Runs virsh on it.
    @discardableResult func virsh(_ arguments: String...) throws -> (status: Int32, output: String) {
        // Not Foundation's Process: it takes one for running as long as any process holds what it
        // inherited.
        let result = try Command(["virsh", "--connect", uri, "--quiet"] + arguments).run()
        return (result.status, result.output.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// The state of a domain as virsh names it; `nil` when there is no such domain.
    func state(_ name: String) throws -> String? {
        let result = try virsh("domstate", name)
        return result.status == 0 ? result.output : nil
    }

    /// The emulator's process id.
    func emulator(_ name: String) throws -> pid_t {
        let text = try String(contentsOf: file("libvirt/qemu/run/\(name).pid"), encoding: .utf8)
        return try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    /// The one of the suite that runs now.
    @TaskLocal static var current: PrivateLibvirt?
}

struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Looks again and again until it is so; fails after half a minute.
func eventually(_ what: String, within seconds: Double = 30, _ condition: () throws -> Bool) throws {
    let limit = Date(timeIntervalSinceNow: seconds)
    while try !condition() {
        guard Date() < limit else { throw Failure("not within \(seconds) s: \(what)") }
        usleep(20_000)
    }
}
