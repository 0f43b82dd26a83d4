import Foundation
import Glibc
import Linux
import Testing
package import TrafficGenerator

/// A running pvp-traffic without hugepages and NICs; it ends when the value goes. All of its
/// threads share the CPUs with other tests, so a trial may fall short, and says so.
package final class TrafficProgram {
    // Its socket goes with it.
    private let tree: Tree
    // It gets SIGHUP when its terminal goes.
    private let terminal: Terminal
    private let child: Child
    package let socket: String

    /// Starts one with one or two devices. `cpus` are those of the threads that send and receive.
    package init(
        in tree: Tree, _ name: String, devices: [String], isReflector: Bool = false, cpus: String = "0-1"
    ) throws {
        self.tree = tree
        socket = "\(tree.path)/\(name).sock"
        terminal = try Terminal()
        let workers = devices.indices.map { ",\($0 + 1)@(\(cpus))" }.joined()
        child = try terminal.spawn(
            [
                try Program.path("pvp-traffic"), "--lcores", "0@0\(workers)", "-m", "\(128 * devices.count)",
                "--no-huge", "--no-pci", "--no-shconf", "--no-telemetry", "--log-level=3", "--file-prefix=\(name)",
            ] + devices.map { "--vdev=\($0)" } + ["--", "--socket=\(socket)"] + (isReflector ? ["--reflect"] : []),
            environment: Environment.all { _ in false })
        let end = Date.now + 20
        while (try? connect()) == nil {
            try #require(Date.now < end, "pvp-traffic does not listen")
            MonotonicClock.sleep(milliseconds: 50)
        }
    }

    /// It serves one connection at a time.
    package func connect() throws -> GeneratorConnection { try GeneratorConnection(socket) }

    deinit {
        child.signal(SIGTERM)
        _ = try? child.reap()
    }
}
