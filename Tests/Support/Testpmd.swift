import Foundation
import Glibc
package import Linux
import Testing

/// A real testpmd on ports of nothing, without hugepages and NICs, that forwards; it ends when the
/// value goes.
package final class Testpmd {
    /// Its process.
    package let child: Child
    /// Where its telemetry is.
    package let socket: String
    // Its files go with it.
    private let tree: Tree
    private let terminal: Terminal
    private var shown = ""
    private var isRunning = true

    /// Starts one, with its files where a unit of that name would have them below the tree, and
    /// waits for its prompt. Two ports of nothing receive as much as there is time for: one CPU is
    /// busy with that.
    package init(
        in tree: Tree, name: String = "testpmd", devices: [String] = ["net_null0", "net_null1"], options: [String] = []
    ) throws {
        self.tree = tree
        let directory = "/run/pvp-\(name)"
        try tree.directory(directory)
        socket = "\(tree.path)\(directory)/dpdk/\(name)/dpdk_telemetry.v2"
        terminal = try Terminal()
        let program = try #require(Command.find("dpdk-testpmd"))
        let eal = ["--no-huge", "--no-pci", "-m", "64", "--lcores", "0@0,1@0", "--file-prefix", name]
        let arguments =
            [program] + eal + devices.flatMap { ["--vdev", $0] } + [
                "--", "-i", "--auto-start", "--total-num-mbufs=2048",
            ] + options
        child = try terminal.spawn(
            arguments,
            environment: Environment.all { $0 == "RUNTIME_DIRECTORY" } + ["RUNTIME_DIRECTORY=\(tree.path)\(directory)"])
        try wait(for: "testpmd> ")
    }

    deinit { kill() }

    /// Ends it at once.
    package func kill() {
        guard isRunning else { return }
        isRunning = false
        child.signal(SIGKILL)
        _ = try? child.reap()
    }

    /// Stops all of its threads in their tracks, until `SIGCONT`.
    package func hang() {
        child.signal(SIGSTOP)
        var status: Int32 = 0
        #expect(waitpid(child.pid, &status, WUNTRACED) == child.pid)
    }

    /// Types a line at its prompt and waits for the next prompt: then it has done what the line
    /// says.
    package func type(_ line: String) throws {
        shown = ""
        #expect(terminal.descriptor.write(Array("\(line)\r".utf8)) != nil)
        try wait(for: "testpmd> ")
    }

    private func wait(for text: String) throws {
        let end = MonotonicClock.now + 60_000
        while !shown.contains(text) {
            try #require(
                Descriptor.poll(terminal.descriptor.number, .input, timeout: end - MonotonicClock.now),
                "no \(text) in \(shown)")
            let input = terminal.descriptor.read()
            if case .bytes(let bytes) = input { shown += String(decoding: bytes, as: UTF8.self) }
            try #require(input != .end, "testpmd has ended: \(shown)")
        }
    }
}
