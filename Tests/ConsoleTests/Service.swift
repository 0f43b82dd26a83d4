import CLinux
import Foundation
import JSON
import Linux
import Telemetry
import TestSupport
import Testing

/// A running pvp-console with a real testpmd on two ports of nothing, and the service manager's
/// side of it.
final class Service {
    /// Milliseconds after which a wait has failed.
    static let limit = 60_000

    /// A testpmd with two ports of nothing.
    static let testpmd = [
        "dpdk-testpmd", "--no-huge", "--no-pci", "-m", "64", "--lcores", "0@0,1@0", "--file-prefix", "testpmd",
        "--vdev", "net_null0", "--vdev", "net_null1", "--", "-i", "--total-num-mbufs=2048",
    ]

    let directory: Tree
    let child: Child
    private let manager: Descriptor
    private let files: String
    private var states: [String] = []
    private var hasEnded = false

    var socket: String { directory.path + "/c.sock" }
    /// What it wrote to standard output.
    var output: String { (try? String(contentsOfFile: files + "out", encoding: .utf8)) ?? "" }
    /// What it wrote to standard error, behind what the program that passes the socket has to say.
    var errors: String {
        let lines = ((try? String(contentsOfFile: files + "err", encoding: .utf8)) ?? "").split(separator: "\n")
        return lines.drop { !$0.hasPrefix("Execing ") }.dropFirst().map { $0 + "\n" }.joined()
    }

    /// Starts it in a directory of its own, or in one where another was. systemd-socket-activate
    /// becomes pvp-console with the first connection.
    init(in directory: Tree? = nil, options: [String] = [], program: [String]? = nil) throws {
        self.directory = try directory ?? Tree()
        let directory = self.directory.path
        files = "\(directory)/\(UUID().uuidString.prefix(8))."
        manager = try Self.bind(files + "notify")
        let inherited = Environment.all { ["NOTIFY_SOCKET", "RUNTIME_DIRECTORY", "JOURNAL_STREAM"].contains($0) }
        let environment = inherited + ["NOTIFY_SOCKET=\(files)notify", "RUNTIME_DIRECTORY=\(directory)"]
        // Of its environment the program gets only what is named; a name that is not set would
        // become empty.
        let passed = environment.compactMap { $0.split(separator: "=").first.map(String.init) }
            .filter { ["NOTIFY_SOCKET", "RUNTIME_DIRECTORY", "LD_LIBRARY_PATH", "LLVM_PROFILE_FILE"].contains($0) }
        let activator = ["/usr/bin/systemd-socket-activate", "--fdname=console", "-l", "\(directory)/c.sock"]
        let activation = activator + passed.flatMap { ["-E", $0] }
        let console = [try Program.path("pvp-console"), "--name=testpmd", "--ports=2"] + options
        try? self.directory.root.remove("/c.sock")
        let ends = ["/dev/null", "\(files)out", "\(files)err"].map { (path: String) -> Int32 in
            open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        }
        defer { for end in ends { close(end) } }
        var argv = (activation + console + ["--"] + (program ?? Self.testpmd)).map { strdup($0) } + [nil]
        var envp = environment.map { strdup($0) } + [nil]
        defer { for text in argv + envp { free(text) } }
        let pid = clinux_spawn(&argv, &envp, ends[0], ends[1], ends[2])
        #expect(pid > 0, "\(activation[0]) was not started")
        child = try Child(pid)
        try connectFirst()
    }

    /// The connection that starts it; it is closed at once.
    private func connectFirst() throws {
        let end = MonotonicClock.now + Self.limit
        while (try? attach()) == nil {
            try #require(MonotonicClock.now < end, "there is no socket: \(errors)")
            usleep(1000)
        }
    }

    deinit {
        if !hasEnded {
            child.signal(SIGKILL)
            _ = try? child.reap()
        }
    }

    /// Waits for a notification that contains the text.
    func notified(_ text: String) throws {
        let end = MonotonicClock.now + Self.limit
        while !states.contains(where: { $0.contains(text) }) {
            try #require(
                Descriptor.poll(manager.number, .input, timeout: end - MonotonicClock.now),
                "no \(text) in \(states)\n\(output)\(errors)")
            if case .bytes(let bytes) = manager.read() { states.append(String(decoding: bytes, as: UTF8.self)) }
        }
    }

    /// Waits for its end.
    func ended() throws -> Child.Ending {
        try #require(
            Descriptor.poll(child.descriptor.number, .input, timeout: Self.limit), "it did not end\n\(output)\(errors)")
        hasEnded = true
        return try child.reap()
    }

    /// The testpmd behind it, by its own account.
    func testpmd() throws -> Int32 {
        let telemetry = try TelemetryConnection(directory.path + "/dpdk/testpmd/dpdk_telemetry.v2")
        try #require(Descriptor.poll(telemetry.descriptor.number, .input, timeout: Self.limit))
        return Int32(try #require(try telemetry.receive()?["pid"]?.int))
    }

    func attach() throws -> Descriptor { try UnixSocket.connect(socket, .stream) }

    /// Reads until the text has come; everything until then.
    @discardableResult
    static func read(_ client: Descriptor, until text: String) throws -> String {
        let end = MonotonicClock.now + limit
        var seen = ""
        while !seen.contains(text) {
            try #require(
                Descriptor.poll(client.number, .input, timeout: end - MonotonicClock.now), "no \(text) in \(seen)")
            switch client.read() {
            case .bytes(let bytes): seen += String(decoding: bytes, as: UTF8.self)
            case .nothing: break
            case .end: try #require(seen.contains(text), "closed before \(text) came: \(seen)")
            }
        }
        return seen
    }

    private static func bind(_ path: String) throws -> Descriptor {
        let number = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        _ = fcntl(number, F_SETFL, O_NONBLOCK)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(result == 0)
        return Descriptor(owning: number)
    }
}
