import Domain
import Foundation
import Linux
import Plan
import TestSupport
import Testing
import XML

/// pvp-network with a real libvirt, dnsmasq and kernel.
@Suite(
    "pvp-network, end to end", .serialized, .timeLimit(.minutes(5)), .enabled(if: SeparateLibvirt.isPossible),
    OnOwnThreads())
struct EndToEndTests {
    private let plan: Plan
    private let network: NetworkPlan

    init() throws {
        let host = try HostCase("15-network")
        plan = try #require(Plan.read(from: host.root).plan)
        network = try #require(plan.network)
    }

    private func with(_ body: (SeparateLibvirt) throws -> Void) throws {
        let libvirt = try SeparateLibvirt()
        let result = Result { try body(libvirt) }
        try libvirt.end()
        try result.get()
    }

    private func create(_ libvirt: SeparateLibvirt) throws -> Command.Result {
        let arguments = [
            network.name, "--uuid=\(network.uuid)", "--address=\(network.host)", "--bridge=\(network.bridge)",
        ]
        let xml = String(decoding: network.xml(for: plan.guests).bytes, as: UTF8.self)
        return try libvirt.run([try Program.path("pvp-network")] + arguments, input: xml)
    }

    /// What ExecStopPost= does; `result` is how the service ended.
    private func destroy(_ libvirt: SeparateLibvirt, result: String = "success") throws -> Command.Result {
        let arguments = ["--destroy", network.name, "--uuid=\(network.uuid)"]
        return try libvirt.run(["env", "SERVICE_RESULT=\(result)", try Program.path("pvp-network")] + arguments)
    }

    @Test func aGuestGetsItsAddressAndNothingIsLeftAfterwards() throws {
        try with { libvirt in
            let created = try create(libvirt)
            #expect(created.status == 0 && created.output == "")
            #expect(try libvirt.networks() == ["bench"])
            // A guest's end of a cable, with the guest's MAC address.
            let guest = try #require(plan.guests.first?.management)
            try libvirt.run([
                "ip", "link", "add", "g0", "address", "\(guest.mac)", "type", "veth", "peer", "name", "g1",
            ])
            try libvirt.run(["ip", "link", "set", "g1", "master", network.bridge, "up"])
            try libvirt.run(["ip", "link", "set", "g0", "up"])
            let lease = try libvirt.run([
                "busybox", "udhcpc", "-i", "g0", "-n", "-q", "-f", "-t", "20", "-s", "/bin/true",
            ])
            #expect(lease.output.contains("lease of \(guest.address) obtained"), "\(lease.output)")
            try libvirt.run(["ip", "link", "delete", "g0"])

            // Again, as after a crash of all: the same, and it says so.
            let again = try create(libvirt)
            #expect(
                again.status == 0 && again.output.contains("removed what an earlier run left behind"), "\(again.output)"
            )
            #expect(try destroy(libvirt).output == "")
            #expect(try libvirt.virsh("net-list", "--all", "--name").output.split(separator: "\n") == [])
            #expect(try libvirt.run(["ls", "/sys/class/net"]).output.split(separator: "\n") == ["lo"])
            #expect(try destroy(libvirt).status == 0)
        }
    }

    @Test func aNetworkThatHasAnotherNameByNowIsTakenAwayAllTheSame() throws {
        try with { libvirt in
            #expect(try create(libvirt).status == 0)
            let destroyed = try libvirt.run([try Program.path("pvp-network"), "--destroy", "renamed", "--uuid=1-2"])
            #expect(destroyed.status == 0 && destroyed.output == "", "\(destroyed.output)")
            #expect(try libvirt.networks() == [])
        }
    }

    @Test func aUsedNameIsReportedAndTheOtherNetworkStays() throws {
        try with { libvirt in
            let other =
                "<network><name>bench</name><bridge name='other0'/><ip address='10.9.9.1' prefix='24'/></network>"
            try libvirt.virsh("net-create", "/dev/stdin", input: other)
            let before = try libvirt.virsh("net-dumpxml", "bench").output
            let created = try create(libvirt)
            #expect(created.status == 1 && created.output.split(separator: "\n").count == 1)
            #expect(
                created.output.contains("libvirt has a network bench that pvpgen did not create")
                    && created.output.contains("; set [Network] Name="), "\(created.output)")
            let destroyed = try destroy(libvirt)
            #expect(destroyed.status == 0 && destroyed.output.contains("leaving it"), "\(destroyed.output)")
            let afterwards = try destroy(libvirt, result: "exit-code")
            #expect(afterwards.status == 0 && afterwards.output == "", "\(afterwards.output)")
            #expect(try libvirt.virsh("net-dumpxml", "bench").output == before && before.contains("other0"))
        }
    }

    @Test func usedAddressesAreReportedWithTheirUser() throws {
        try with { libvirt in
            let other =
                "<network><name>mgt</name><bridge name='mgt0'/><ip address='10.20.30.5' "
                + "netmask='255.255.255.0'/></network>"
            try libvirt.virsh("net-create", "/dev/stdin", input: other)
            let byLibvirt = try create(libvirt)
            #expect(byLibvirt.status == 1)
            #expect(
                byLibvirt.output.contains(
                    "10.20.30.1/28 overlaps 10.20.30.5/24 of libvirt's network mgt; set [Network] Address="),
                "\(byLibvirt.output)")
            try libvirt.virsh("net-destroy", "mgt")
            try libvirt.run(["ip", "link", "add", "eth7", "type", "veth", "peer", "name", "eth8"])
            try libvirt.run(["ip", "address", "add", "10.20.0.9/16", "dev", "eth7"])
            try libvirt.run(["ip", "link", "set", "eth7", "up"])
            let byInterface = try create(libvirt)
            #expect(byInterface.status == 1)
            #expect(
                byInterface.output.contains("10.20.30.1/28 overlaps 10.20.0.0/16, which is on interface eth7; "),
                "\(byInterface.output)")
            #expect(try libvirt.networks() == [])
        }
    }

    @Test func aUsedBridgeAndAMissingDnsmasqAreReported() throws {
        try with { libvirt in
            try libvirt.run(["ip", "link", "add", "virbr-bench", "type", "bridge"])
            let bridge = try create(libvirt)
            #expect(
                bridge.status == 1 && bridge.output.contains("interface virbr-bench already exists"), "\(bridge.output)"
            )
            try libvirt.run(["ip", "link", "delete", "virbr-bench"])
            try libvirt.run(["mount", "--bind", "/dev/null", "/usr/sbin/dnsmasq"])
            let dnsmasq = try create(libvirt)
            #expect(
                dnsmasq.status == 1 && dnsmasq.output.contains("; install the package dnsmasq-base"),
                "\(dnsmasq.output)")
        }
    }

    @Test func aStoppedLibvirtIsReported() throws {
        let program = Program(name: "pvp-network")
        let result = try program.run([
            "--destroy", "a", "--uuid=1", "--connect=qemu+unix:///system?socket=/nonexistent",
        ])
        #expect(result.status == 1 && result.error.contains("; run 'systemctl start libvirtd'"), "\(result.error)")
        let afterwards = try Program(name: "pvp-network", environment: ["SERVICE_RESULT": "timeout"]).run(
            ["--destroy", "a", "--uuid=1", "--connect=qemu+unix:///system?socket=/nonexistent"])
        #expect(afterwards.status == 1 && afterwards.error == "", "\(afterwards.error)")
    }
}
