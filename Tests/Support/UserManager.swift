import Foundation
import Linux
package import SystemdBus
import Testing

/// A real systemd that manages units of a user, with a /run of its own.
package final class UserManager {
    private let tree: Tree
    private let process = Process()
    private let input = Pipe()
    /// Two in one control group would kill each other's processes.
    private let lock: FileLock

    /// Where the unit files for users come from that make it start a bus.
    package static let busUnit = "/usr/lib/systemd/user/dbus.socket"

    /// Its own socket.
    package var socket: String { tree.path + "/systemd/private" }
    /// The socket of its bus.
    package var bus: String { tree.path + "/bus" }

    /// Starts it with these unit files.
    package init(_ units: [String: String]) throws {
        lock = try FileLock("/tmp/pvp-test-user-manager", in: .machine, temporary: true) {}
        tree = try Tree()
        for (name, text) in units { try tree.write("/config/systemd/user/\(name)", text) }
        let script = """
            mount -t tmpfs tmpfs /run
            mkdir -p /run/systemd/system
            export XDG_RUNTIME_DIR=$1 XDG_CONFIG_HOME=$1/config
            /lib/systemd/systemd --user < /dev/null &
            read -r || true
            kill $!
            wait $! || true
            """
        process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
        // Not systemd itself: it closes the descriptor by which Foundation notices that a process
        // has ended, and Foundation would then notice no end of another process before its own. Not
        // in a process namespace of its own: systemd refuses clients whose number it does not know.
        process.arguments = ["--mount", "--propagation", "private", "--", "bash", "-euc", script, "bash", tree.path]
        let log = tree.path + "/log"
        try tree.write("/log", "")
        process.standardOutput = FileHandle(forWritingAtPath: log)
        process.standardError = process.standardOutput
        process.standardInput = input
        try process.run()
        let end = MonotonicClock.now + 20_000
        while (try? UnixSocket.connect(socket, .stream)) == nil {
            try #require(MonotonicClock.now < end && process.isRunning, "no systemd: \((try? tree.text("/log")) ?? "")")
            MonotonicClock.sleep(milliseconds: 20)
        }
    }

    /// A connection through its bus, which the first connection starts; systemd is on the bus some
    /// time after that.
    package func throughBus() throws -> ServiceManager {
        let end = MonotonicClock.now + 20_000
        while MonotonicClock.now < end {
            if let manager = try? ServiceManager(socket: bus, isBus: true), (try? manager.version()) != nil {
                return manager
            }
            MonotonicClock.sleep(milliseconds: 50)
        }
        return try ServiceManager(socket: bus, isBus: true)
    }

    /// The environment in which a program finds it as the system bus.
    package var environment: [String: String] { ["DBUS_SYSTEM_BUS_ADDRESS": "unix:path=\(bus)"] }

    /// Writes another unit file.
    package func write(_ name: String, _ text: String) throws { try tree.write("/config/systemd/user/\(name)", text) }

    deinit {
        // It stops its units first. The script gets no signal: threads of tests block them, and so
        // does what they start.
        try? input.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
        process.waitUntilExit()
    }
}
