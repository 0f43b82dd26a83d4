import Testing
import Values

@Suite struct PCITests {
    @Test(arguments: [
        ("0000:17:00.0", 1, "0000:17:00.1"), ("0000:17:00.0", 16, "0000:17:02.0"), ("0000:17:1f.7", 1, "0000:18:00.0"),
        ("0000:17:00.0", 128, "0000:17:10.0"), ("10000:ff:1f.0", 7, "10000:ff:1f.7"),
    ])
    func advances(_ address: String, _ distance: Int, _ result: String) {
        #expect(PCIAddress(address)?.advanced(by: distance)?.description == result)
    }

    @Test func doesNotAdvanceBeyondTheLastBus() throws {
        #expect(try #require(PCIAddress("0000:ff:1f.0")).advanced(by: 8) == nil)
    }

    @Test(arguments: ["68:05:ca:12:34:56", "68:05:CA:12:34:56"]) func readsMACAddresses(_ text: String) {
        #expect(MACAddress(text)?.description == "68:05:ca:12:34:56")
    }

    @Test(arguments: [
        "", "68:05:ca:12:34", "68:05:ca:12:34:56:78", "68-05-ca-12-34-56", "6805ca123456", "68:05:ca:12:34:5g",
        "68:05:ca:12:34:5",
    ])
    func readsNoOthers(_ text: String) { #expect(MACAddress(text) == nil) }

    @Test func recognizesUnicast() {
        #expect(MACAddress("68:05:ca:12:34:56")?.isUnicast == true)
        #expect(
            MACAddress("01:00:5e:00:00:01")?.isUnicast == false && MACAddress("00:00:00:00:00:00")?.isUnicast == false)
    }

    @Test(arguments: ["0000:16:02.0/00.0", "0000:00:1c.0/00.0/1f.7"]) func readsPaths(_ text: String) {
        #expect(PCIPath(text)?.description == text)
    }

    @Test(arguments: [
        "", "0000:16:02.0", "0000:16:02.0/", "/00.0", "0000:16:02.0/00", "0000:16:02.0//00.0", "0000:16:02.0/20.0",
        "0000:16:02.0/0000:17:00.0",
    ])
    func readsNoOtherPaths(_ text: String) { #expect(PCIPath(text) == nil) }
}
