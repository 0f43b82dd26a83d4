import Foundation
import Glibc
import Linux
import TestSupport
import Testing

@testable import TrafficGenerator

/// A running pvp-traffic without hugepages and NICs; it ends when the value goes. All of its
/// threads share the CPUs with other tests, so a trial may fall short, and says so.
final class TrafficProgram {
    private let tree: Tree
    // It gets SIGHUP when its terminal goes.
    private let terminal: Terminal
    private let child: Child
    let socket: String

    init(in tree: Tree, _ name: String, device: String, isReflector: Bool = false) throws {
        self.tree = tree
        socket = "\(tree.path)/\(name).sock"
        terminal = try Terminal()
        child = try terminal.spawn(
            [
                try Program.path("pvp-traffic"), "--lcores", "0@0,1@(0-1)", "-m", "128",
                "--no-huge", "--no-pci", "--no-shconf", "--no-telemetry", "--log-level=3", "--file-prefix=\(name)",
                "--vdev=\(device)", "--", "--socket=\(socket)",
            ] + (isReflector ? ["--reflect"] : []),
            environment: Environment.all { _ in false })
        let end = Date.now + 20
        while (try? connect()) == nil {
            try #require(Date.now < end, "pvp-traffic does not listen")
            MonotonicClock.sleep(milliseconds: 50)
        }
    }

    /// It serves one connection at a time.
    func connect() throws -> GeneratorConnection { try GeneratorConnection(socket) }

    deinit {
        child.signal(SIGTERM)
        _ = try? child.reap()
    }
}
