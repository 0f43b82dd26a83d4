import HostTopology
import Testing
import Values

@Suite struct RememberedNICTests {
    @Test func recordsComeBack() throws {
        let card = PCIIdentity(
            id: PCIDeviceID(vendor: 0x8086, device: 0x10d3), subsystem: PCIDeviceID(vendor: 0x8086, device: 1),
            serial: 0xff00_0000_0000_0001)
        var bare = card
        bare.serial = nil
        let mac = try #require(MACAddress("68:05:ca:12:34:56"))
        let address = try #require(PCIAddress("0000:17:00.0"))
        let records = [card, bare].map { NICRecord(mac: mac, address: address, identity: $0) }
        #expect(NICRecord.read(NICRecord.text(records)) == records)
    }

    @Test(arguments: [
        "", "# comment", "68:05:ca:12:34:56 0000:17:00.0 8086:10d3 8086:0001", "x 0000:17:00.0 8086:10d3 8086:0001 -",
        "68:05:ca:12:34:56 0000:17:00.0 8086:10d3 8086:0001 xyz", "68:05:ca:12:34:56 0000:17:00.0 8086:10d3 8086:1 -",
    ])
    func noRecord(_ text: String) { #expect(NICRecord.read(text).isEmpty) }
}
