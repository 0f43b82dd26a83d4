import JSON
import Lab
import LabTools
import Testing

/// pvpgen measure on a chain with a generator on the same machine.
extension SoakTests {
    /// Short trials and wide bounds: the machine is emulated.
    private static let goal = "quick:loss=0.01,width=0.2,initial=1,final=1,sum=6"

    @Test("measure finds a rate; a guest that is paused makes trials invalid, and the search goes on")
    func measure() async throws {
        let host = try await SharedHost.measured.running()
        let path = try host.shell.attempt(["pvpgen", "measure", "--check"], within: Limit.start)
        #expect(path.status == 0, "\(path.output)")
        #expect(path.output.contains("port 0 → nic2 → guest → nic3 → port 1"), "\(path.output)")

        let command = ["pvpgen", "measure", "--goal=\(Self.goal)", "--maximum-rate=20000"]
        try host.shell.run(
            ["systemd-run", "--unit=measure", "--property=StandardOutput=file:/run/measure.txt"] + command)
        // The first trials of the search.
        for _ in 0..<60 where try !host.measured.contains("search, 64 bytes\n  ") {
            try host.shell.run(["sleep", "1"])
        }
        try host.shell.run(["virsh", "suspend", "guest"])
        for _ in 0..<30 where try !host.measured.contains("invalid") { try host.shell.run(["sleep", "1"]) }
        try host.shell.run(["virsh", "resume", "guest"])
        let ended = try host.shell.attempt(
            ["sh", "-c", "while systemctl is-active --quiet measure; do sleep 1; done"], within: Limit.start)
        #expect(ended.status == 0)
        let output = try host.measured
        #expect(output.contains("invalid: "), "\(output)")
        let document = try host.shell.run(["sh", "-c", "cat /var/lib/pvpgen/results/*.json"])
        let result = try JSON(Array(document.utf8))
        let goal = try #require(result["searches"]?.array?.first?["results"]?.array?.first)
        let lower = try #require(goal["lower_bound"]?["per_interface_pps"]?.int, "\(output)")
        #expect(lower > 0)
        print(output)
        try host.shell.run(["sh", "-c", "rm -r /var/lib/pvpgen/results"])
    }
}

extension PVPHost {
    /// What the running measurement has printed so far.
    fileprivate var measured: String {
        get throws { try shell.run(["sh", "-c", "cat /run/measure.txt 2>/dev/null || true"]) }
    }
}
