import Foundation
import TestSupport

/// pvp-guest as systemd would run it: XML on standard input, a socket for notifications, and what
/// it says kept in a file.
final class GuestProcess {
    let process = Process()
    private let errors: URL
    private let printed: URL
    private let notifications: NotifySocket
    private let systemd: FakeSystemd?
    private var states: [String] = []
    /// The guest's name, of a process that runs one.
    let name: String?

    /// Starts it. With a path for its console it waits there for its first connection, as a socket
    /// unit would have it. `jobs` are those of the service manager, a line each such as
    /// `pvp-guest@a.service stop`; without them systemd does not answer.
    init(
        _ libvirt: PrivateLibvirt, _ arguments: [String], xml: String = "", connect: Bool = true,
        console: String? = nil,
        jobs: [String]? = nil, environment: [String: String] = [:]
    ) throws {
        name = arguments.first
        let id = UUID().uuidString.prefix(8)
        errors = libvirt.file("\(id).err")
        let input = libvirt.file("\(id).xml")
        try Data(xml.utf8).write(to: input)
        printed = libvirt.file("\(id).out")
        for file in [errors, printed] { try Data().write(to: file) }
        notifications = try NotifySocket(libvirt.file("\(id).sock").path)
        systemd = try jobs.map(Self.systemd)
        process.executableURL = URL(filePath: try Program.path("pvp-guest"))
        process.arguments = arguments + (connect ? ["--connect=\(libvirt.uri)"] : [])
        process.environment = environment
        process.environment?["PATH"] = "/usr/bin:/bin"
        process.environment?.merge(systemd?.environment ?? FakeSystemd.nowhere) { $1 }
        process.environment?["NOTIFY_SOCKET"] = notifications.path
        process.environment?["LLVM_PROFILE_FILE"] = ProcessInfo.processInfo.environment["LLVM_PROFILE_FILE"]
        if let console, let program = process.executableURL {
            let passed = ["PATH", "NOTIFY_SOCKET", "DBUS_SYSTEM_BUS_ADDRESS", "LLVM_PROFILE_FILE", "LD_LIBRARY_PATH"]
                .flatMap {
                    ["-E", $0]
                }
            process.arguments = passed + ["-l", console, program.path] + (process.arguments ?? [])
            process.executableURL = URL(filePath: "/usr/bin/systemd-socket-activate")
        }
        process.standardInput = try FileHandle(forReadingFrom: input)
        process.standardOutput = try FileHandle(forWritingTo: printed)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
    }

    /// A systemd that knows these jobs.
    private static func systemd(_ jobs: [String]) throws -> FakeSystemd {
        let systemd = try FakeSystemd()
        systemd.change { behavior in
            behavior.jobs = jobs.map { $0.split(separator: " ") }.map { (unit: String($0[0]), type: String($0[1])) }
        }
        return systemd
    }

    /// Its process id.
    var pid: pid_t { process.processIdentifier }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// Whether it has not ended.
    var isRunning: Bool { process.isRunning }

    /// What it said on standard error.
    var output: String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }

    /// What the guest printed on its console, line by line.
    var lines: [String] {
        ((try? String(contentsOf: printed, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
    }

    /// Waits until it sends this line, such as `READY=1`.
    func expect(_ line: String, within seconds: Double = 30) throws { try expect(line, within: seconds) { $0 == line } }

    /// The same for a line of which only the start is known.
    func expect(start: String) throws { try expect(start, within: 30) { $0.hasPrefix(start) } }

    private func expect(_ line: String, within seconds: Double, _ isWanted: (String) -> Bool) throws {
        let limit = Date(timeIntervalSinceNow: seconds)
        while true {
            if let index = states.firstIndex(where: isWanted) {
                states.removeFirst(index + 1)
                return
            }
            guard let state = notifications.receive(until: process.isRunning ? limit : Date()) else {
                let ending = process.isRunning ? "it runs" : "\(process.terminationReason) \(process.terminationStatus)"
                throw Failure("no \(line); \(ending); it said: \(states) \(output)")
            }
            states += state.split(separator: "\n").map(String.init)
        }
    }

    /// Sends it a signal.
    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits for its end and gives its exit status.
    func exit(within seconds: Double = 30) throws -> Int32 {
        try eventually("pvp-guest ends; it said: \(output)", within: seconds) { !process.isRunning }
        return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    }
}

/// The service manager's end of `sd_notify(3)`.
private final class NotifySocket {
    let path: String
    private let descriptor: Int32

    init(_ path: String) throws {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0 else { throw Failure("bind \(path): \(String(cString: strerror(errno)))") }
    }

    deinit { close(descriptor) }

    /// The next datagram; `nil` when none comes in time.
    func receive(until limit: Date) -> String? {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard Foundation.poll(&poll, 1, Int32(max(0, limit.timeIntervalSinceNow) * 1000)) == 1 else { return nil }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}
