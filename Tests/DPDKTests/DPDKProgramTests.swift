import Foundation
import Linux
import TestSupport
import Testing

/// `pvp-dpdk` with the DPDK that is installed.
@Suite struct DPDKProgramTests {
    /// Its status and all that it prints. It has 30 s; `timeout` ends it then, with status 124.
    private func run(_ arguments: [String]) throws -> (status: Int32, lines: [String]) {
        let result = try Command(["/usr/bin/timeout", "30", Program.path("pvp-dpdk")] + arguments).run()
        return (result.status, result.output.split(separator: "\n").map(String.init))
    }

    @Test func version() throws {
        let installed = try Command(["pkg-config", "--modversion", "libdpdk"]).run().output
        let result = try run(["version"])
        #expect(result.status == 0)
        #expect(result.lines == [installed.trimmingCharacters(in: .newlines)])
    }

    @Test(arguments: [
        ["-a", "0000:00:03.0"], ["-a", "03:00.0"], ["--allow=0000:17:00.1,rx_burst=1"],
        ["-a", "0000:17:00.0,mprq_en=1,rxq_cqe_comp_en=0"],
        ["-a", "pci:0000:00:03.0"],
        [
            "-a", "0000:00:03.0", "-a", "0000:00:04.0", "--vdev",
            "net_vhost0,iface=/run/pvp/vhost/a-0,client=1,queues=1",
        ],
        ["--vdev", "net_vhost0,iface=/run/x", "--vdev=net_vhost1,iface=/run/y"], ["--vdev=net_null0"],
        ["--vdev", "virtio_user0,path=/run/x"],
    ])
    func accepted(_ arguments: [String]) throws {
        let result = try run(["check"] + arguments)
        #expect(result.lines == [])
        #expect(result.status == 0)
    }

    @Test(arguments: [
        (["-a", "0000:00:0g.0"], "-a 0000:00:0g.0: `0000:00:0g.0` is not a device to DPDK "),
        (["-a", "0000:00:03"], "-a 0000:00:03: `0000:00:03` is not a device to DPDK "),
        (["-a", ""], "-a : `` is not a device to DPDK "),
        (["-a", "0000:00:03.0", "-a", "00:03.0"], "-a 00:03.0: already given as 0000:00:03.0; name each device once"),
        (["--vdev", "net_vhots0,iface=/run/x"], "--vdev net_vhots0,iface=/run/x: no driver of DPDK "),
        (["--vdev", "../net_vhost0"], "--vdev ../net_vhost0: no driver of DPDK "),
        (
            ["--vdev", "net_vhost0,iface=/a", "--vdev", "net_vhost0,iface=/b"],
            "--vdev net_vhost0,iface=/b: already given as net_vhost0; "
        ),
        (["-a", "0000:00:03.0," + (0..<33).map { "k\($0)=1" }.joined(separator: ",")], "-a 0000:00:03.0,k0=1,"),
        (["--vdev", "net_vhost" + String(repeating: "0", count: 80)], "--vdev net_vhost0"),
    ])
    func refused(_ arguments: [String], _ message: String) throws {
        let result = try run(["check"] + arguments)
        #expect(result.status == 1)
        #expect(result.lines.count == 1)
        #expect(result.lines.first?.hasPrefix("pvp-dpdk: " + message) == true, "\(result.lines)")
    }

    @Test func oneLineForEach() throws {
        let result = try run(["check", "-a", "zz", "-a", "0000:00:03.0", "--vdev", "nothing0", "-a", "yy"])
        #expect(result.status == 1)
        #expect(result.lines.count == 3)
    }

    @Test(arguments: [
        [], ["versoin"], ["version", "x"], ["check"], ["check", "-a"], ["check", "0000:00:03.0"], ["check", "-x", "y"],
    ])
    func wrongUsage(_ arguments: [String]) throws {
        let result = try run(arguments)
        #expect(result.status == 2)
        #expect(result.lines.count == 1)
    }
}
