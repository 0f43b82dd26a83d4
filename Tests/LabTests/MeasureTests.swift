import JSON
import Lab
import LabTools
import Testing

/// pvpgen measure on a chain with a generator on the same machine.
extension SoakTests {
    /// Short trials and wide bounds: the machine is emulated.
    private static let goal = "quick:loss=0.01,width=0.1,initial=1,final=1,sum=6"

    /// What is done to the chain while trials run, and what a trial says of it.
    private struct Disturbance: Sendable {
        let words: String
        let begin: @Sendable (PVPHost) throws -> Void
        var end: @Sendable (PVPHost) throws -> Void = { _ in }
    }

    private static let disturbances = [
        Disturbance(words: "state of guest guest: expected 'running', got 'paused'") {
            try $0.shell.run(["virsh", "suspend", "guest"])
        } end: {
            try $0.shell.run(["virsh", "resume", "guest"])
        },
        Disturbance(words: "MAC address of nic2: expected '02:00:00:00:01:02', got '02:00:00:00:00:99'") {
            try $0.shell.run(["pvpgen", "console", "testpmd", "-c", "mac_addr set 0 02:00:00:00:00:99"])
        } end: {
            try $0.shell.run(["pvpgen", "console", "testpmd", "-c", "mac_addr set 0 02:00:00:00:01:02"])
        },
        Disturbance(words: "nic2: link state changed") {
            try $0.lab.machine.setCable(of: 2, isPlugged: false)
        } end: {
            try $0.lab.machine.setCable(of: 2, isPlugged: true)
        },
        Disturbance(words: "testpmd: restarted") {
            try $0.shell.run(["systemctl", "kill", "--signal=KILL", "testpmd.service"])
        },
    ]

    @Test("measure finds a rate; what disturbs the chain makes trials invalid, and the search goes on")
    func measure() async throws {
        let host = try await SharedHost.measured.running()
        let path = try host.shell.attempt(["pvpgen", "measure", "--check"], within: Limit.start)
        #expect(path.status == 0, "\(path.output)")
        #expect(path.output.contains("port 0 → nic2 → guest → nic3 → port 1"), "\(path.output)")

        let command = ["pvpgen", "measure", "--goal=\(Self.goal)", "--maximum-rate=20000"]
        try host.shell.run(
            ["systemd-run", "--unit=measure", "--property=StandardOutput=file:/run/measure.txt"] + command)
        for disturbance in Self.disturbances {
            let trials = try host.validTrials
            try host.wait("a valid trial") { try $0.validTrials > trials }
            try disturbance.begin(host)
            try host.wait(disturbance.words) { try $0.progressOfMeasure.contains(disturbance.words) }
            try disturbance.end(host)
        }
        let ended = try host.shell.attempt(
            ["sh", "-c", "while systemctl is-active --quiet measure; do sleep 1; done"], within: Limit.start)
        #expect(ended.status == 0)
        let output = try host.progressOfMeasure
        print(output)
        let document = try host.shell.run(["sh", "-c", "cat /var/lib/pvpgen/results/*.json"])
        let result = try JSON(Array(document.utf8))
        let goal = try #require(result["searches"]?.array?.first?["results"]?.array?.first)
        #expect(try #require(goal["lower_bound"]?["per_interface_pps"]?.int, "\(output)") > 0)
        #expect(result["faults"]?.array == [], "\(result["faults"] ?? .null)")
        try host.shell.run(["sh", "-c", "rm -r /var/lib/pvpgen/results"])
    }

    @Test("measure with a generator on another host, which is this one by ssh, on interfaces of the kernel")
    func measureFromAnotherHost() async throws {
        let host = try await SharedHost.measured.running()
        let chain = host.nics.dropFirst(2).map { "[NIC]\nPCIAddress=\($0)\n" }.joined()
        // The NICs of the former generator are the kernel's when its units are down.
        try host.idle(with: PVPHost.measured)
        let interfaces = try host.nics.prefix(2).map {
            try host.shell.run(["ls", "/sys/bus/pci/devices/\($0)/net"]).trimmingNewline
        }
        for interface in interfaces { try host.shell.run(["ip", "link", "set", interface, "up"]) }
        let devices = interfaces.enumerated().map { "Device=net_af_packet\($0),iface=\($1)\n" }.joined()
        try host.idle(
            with: chain + "[Testpmd]\nForwardingLcores=1\n[Generator]\nHost=root@localhost\n\(devices)"
                + "CPUs=0-2\nMaximumLag=100000\n" + PVPHost.guest(image: PVPHost.image))
        try host.shell.run(
            [
                "sh", "-ec",
                """
                ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519
                cat /root/.ssh/id_ed25519.pub >> /root/.ssh/authorized_keys
                ssh-keyscan localhost > /root/.ssh/known_hosts 2>/dev/null
                echo 256 > /sys/devices/system/node/node0/hugepages/hugepages-2048kB/nr_hugepages
                """,
            ])
        try host.start()
        let command = ["pvpgen", "measure", "--goal=\(Self.goal)", "--maximum-rate=5000"]
        let measured = try host.shell.attempt(command, within: Limit.start)
        print(measured.output)
        #expect(measured.status == 0)
        #expect(measured.output.contains("localhost"))
        let left = try host.shell.attempt(["pgrep", "--full", "pvp-traffic.*--until-eof"])
        #expect(left.status == 1, "pvp-traffic still runs: \(left.output)")
        try host.shell.run(["sh", "-c", "rm -r /var/lib/pvpgen/results /root/.ssh/id_ed25519*"])
        try host.idle(with: PVPHost.measured)
    }
}

extension PVPHost {
    /// What the running measurement has printed so far.
    fileprivate var progressOfMeasure: String {
        get throws { try shell.run(["sh", "-c", "cat /run/measure.txt 2>/dev/null || true"]) }
    }

    /// The number of valid trials of the search so far.
    fileprivate var validTrials: Int {
        get throws {
            let parts = try progressOfMeasure.split(separator: "search, 64 bytes\n")
            guard parts.count > 1 else { return 0 }
            return parts[1].split(separator: "\n").count { $0.hasPrefix("  ") && !$0.contains("invalid") }
        }
    }

    /// Waits at most 3 minutes for the running measurement.
    fileprivate func wait(_ what: String, until isDone: (PVPHost) throws -> Bool) throws {
        let deadline = Deadline(seconds: 180)
        repeat {
            if try isDone(self) { return }
            try shell.run(["sleep", "1"])
        } while !deadline.isOver
        throw LabFailure("no \(what) within 3 minutes", log: try progressOfMeasure)
    }
}
