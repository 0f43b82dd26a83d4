import Foundation
import Linux
import TestSupport
import Testing

/// A real systemd that manages units of a user, with a /run of its own.
final class UserManager {
    private let tree: Tree
    private let process = Process()

    /// Where the unit files for users come from that make it start a bus.
    static let busUnit = "/usr/lib/systemd/user/dbus.socket"

    /// Its own socket.
    var socket: String { tree.path + "/systemd/private" }
    /// The socket of its bus.
    var bus: String { tree.path + "/bus" }

    /// Starts it with these unit files.
    init(_ units: [String: String]) throws {
        tree = try Tree()
        for (name, text) in units { try tree.write("/config/systemd/user/\(name)", text) }
        let script = """
            mount -t tmpfs tmpfs /run
            mkdir -p /run/systemd/system
            export XDG_RUNTIME_DIR=$1 XDG_CONFIG_HOME=$1/config
            exec /lib/systemd/systemd --user
            """
        process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
        // Not in a process namespace of its own: systemd refuses clients whose number it does not
        // know.
        process.arguments = ["--mount", "--propagation", "private", "--", "bash", "-euc", script, "bash", tree.path]
        let log = tree.path + "/log"
        try tree.write("/log", "")
        process.standardOutput = FileHandle(forWritingAtPath: log)
        process.standardError = process.standardOutput
        try process.run()
        let end = MonotonicClock.now + 20_000
        while (try? UnixSocket.connect(socket, .stream)) == nil {
            try #require(MonotonicClock.now < end && process.isRunning, "no systemd: \((try? tree.text("/log")) ?? "")")
            MonotonicClock.sleep(milliseconds: 20)
        }
    }

    /// Writes another unit file.
    func write(_ name: String, _ text: String) throws { try tree.write("/config/systemd/user/\(name)", text) }

    deinit {
        // It stops its units first.
        process.terminate()
        process.waitUntilExit()
    }
}
