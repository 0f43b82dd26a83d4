import HostTopology
import Linux
import Plan
import TestSupport
import Testing
import Values

@testable import Views

@Suite struct PictureTests {
    /// Well-formed for a parser that is not ours.
    static func check(_ picture: String) throws {
        let tree = try Tree(["/plan.svg": picture])
        let result = try Command(["xmllint", "--noout", "--nonet", "\(tree.path)/plan.svg"]).run()
        #expect(result.status == 0 && result.output == "", "\(result.output)")
    }

    static func count(_ text: String, in picture: String) -> Int {
        picture.split(separator: text, omittingEmptySubsequences: false).count - 1
    }

    @Test(arguments: ["01-example", "02-two-sockets", "03-by-hand", "05-wrong-guest"]) func showsEachCPUOnce(
        _ name: String
    ) throws {
        let machine = try Case(name)
        let picture = machine.plan.picture(on: machine.host)
        try Self.check(picture)
        #expect(picture == machine.plan.picture(on: machine.host))
        for cpu in machine.host.online.cpus {
            #expect(Self.count("<title>CPU \(cpu): ", in: picture) == 1, "CPU \(cpu)")
        }
    }

    @Test func showsWhoSitsWhere() throws {
        let machine = try Case("02-two-sockets")
        let picture = machine.plan.picture(on: machine.host, sockets: [0: 0, 20: 1])
        for text in [
            "CPU 20: main lcore of testpmd; emulator threads of vm",
            "CPU 21: lcore of testpmd, polls port 0 queue 0, port 2 queue 0",
            "CPU 23: vCPU 0 of guest vm", "CPU 61: isolated, idle sibling", "CPU 27: housekeeping",
            "NIC west; 0000:af:00.0 node 1",
            "guest vm, interface 1", "lcores 21-22 →", "Socket 0", "Socket 1", "10 hugepages of 1G",
        ] { #expect(picture.contains(text), "\(text)") }
    }

    @Test func anIdleIsolatedCoreIsNoSibling() throws {
        var machine = try Case("02-two-sockets")
        machine.plan.isolated = try #require(CPUSet("21-27,61-67"))
        let picture = machine.plan.picture(on: machine.host)
        #expect(picture.contains("CPU 61: isolated, idle sibling"))
        for cpu in [27, 67] { #expect(picture.contains("CPU \(cpu): isolated, on an unassigned core")) }
    }

    @Test func offlineCPUsAreShown() throws {
        let machine = try Case("01-example")
        #expect(machine.plan.picture(on: machine.host, offline: CPUSet([8, 9])).contains("Offline: CPUs 8-9"))
        #expect(!machine.plan.picture(on: machine.host).contains("Offline"))
    }

    @Test func socketsThatAreNotKnownAreNotNamed() throws {
        let machine = try Case("02-two-sockets")
        let picture = machine.plan.picture(on: machine.host)
        #expect(picture.contains("Machine") && !picture.contains("Socket 0"))
    }

    @Test func aNICOnAnotherNodeIsShown() throws {
        var machine = try Case("02-two-sockets")
        machine.plan.testpmds[0].node = 0
        #expect(machine.plan.picture(on: machine.host).contains("node 1, remote"))
    }

    @Test func withoutGuestsNothingIsForwarded() throws {
        var machine = try Case("01-example")
        machine.plan.guests = []
        machine.plan.testpmds[0].portList = []
        let picture = machine.plan.picture(on: machine.host)
        try Self.check(picture)
        #expect(picture.contains("no packets are forwarded"))
    }

    @Test func textIsEscaped() throws {
        var machine = try Case("01-example")
        machine.plan.source = "/etc/<a>&'b'\"\u{1}\u{fffe}/pvp.conf"
        let picture = machine.plan.picture(on: machine.host)
        try Self.check(picture)
        #expect(picture.contains("/etc/&lt;a&gt;&amp;&apos;b&apos;\"\u{fffd}\u{fffd}/pvp.conf"))
    }

    @Test func cutsWhatIsTooLong() {
        #expect(Canvas.fit("abcdef", 6) == "abcdef")
        #expect(Canvas.fit("abcdefg", 6) == "abcde…")
    }

    /// 8 nodes, 512 CPUs, 200 guests, some of their cores with one thread, and a node without CPUs.
    @Test func drawsALargeMachine() throws {
        var plan = try Case("01-example").plan
        let cores = (0..<256).map { CPUSet($0 % 16 == 9 ? [$0] : [$0, $0 + 256]) }
        let nodes = (0..<8).map { node in
            let cpus = cores[node * 32..<node * 32 + 32].reduce(CPUSet()) { $0.union($1) }
            return HostTopology.Node(id: node, cpus: cpus, memory: 1 << 38)
        }
        let online = cores.reduce(CPUSet()) { $0.union($1) }
        let host = HostTopology(
            online: online, nodes: nodes + [.init(id: 8, cpus: CPUSet(), memory: 1 << 37)], cores: cores)
        let guest = plan.guests[0]
        plan.guests = (0..<200).map { index in
            var copy = guest
            copy.name = "guest-\(index)"
            copy.vCPUs = [16 + index]
            return copy
        }
        let picture = plan.picture(
            on: host, sockets: Dictionary(uniqueKeysWithValues: (0..<256).map { ($0, $0 / 128) }))
        try Self.check(picture)
        for cpu in online.cpus { #expect(Self.count("<title>CPU \(cpu): ", in: picture) == 1, "CPU \(cpu)") }
        #expect(picture.contains("Node 8: no CPUs, 128 GiB") && picture.contains("Socket 1"))
    }
}
