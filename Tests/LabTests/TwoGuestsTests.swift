import Lab
import LabTools
import Testing

extension SoakTests {
    /// Each with its address, its port and its own pair of vhost-user ports, from one download.
    @Test func twoGuestsAtOnce() async throws {
        let host = try await SharedHost.oneNode.rebooted()
        let image = try host.publish(.server)
        let guests = ["guest", "other"].enumerated().map { place, name in
            PVPHost.server(name, image, vCPUs: 1, "ReadyWhen=ssh\nStartTimeout=20min\nSSHPort=\(2222 + place)\n")
        }
        try host.clear(PVPHost.configuration(nics: host.nics, guests: guests.joined()))
        // Two CPUs boot two guests beside a testpmd that polls.
        try host.start(within: 2 * Limit.server)
        #expect(try host.sent() == [image.size])
        let addresses = try [2222, 2223].map { try host.ssh(port: $0, "ip -4 -brief address show scope global").output }
        #expect(addresses[0].contains("192.168.200.2/") && addresses[1].contains("192.168.200.3/"), "\(addresses)")
        // nic0 to the first guest, on to the second, and out of nic1.
        for end in [Wires.End.nic0, .nic1] { #expect(try host.cross(1000, from: end).isWhole) }
        try host.stop()
    }
}
