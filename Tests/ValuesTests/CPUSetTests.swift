import Testing
import Values

@Suite struct CPUSetTests {
    @Test(arguments: [
        ("", ""), ("0", "0"), ("2-7,10", "2-7,10"), ("3,1,2", "1-3"), ("0,64,128-129", "0,64,128-129"), ("1 3", "1,3"),
        ("8191", "8191"),
    ])
    func readsAndPrints(_ text: String, _ expected: String) throws {
        #expect(try #require(CPUSet(text)).description == expected)
    }

    @Test(arguments: ["a", "1-", "-1", "5-2", "1--2", "8192", "1-8192", "+1", "0x1", "99999999999999999999"])
    func refuses(_ text: String) { #expect(CPUSet(text) == nil) }

    @Test func setsOfTheSameCPUsAreEqual() {
        let high = CPUSet([1, 200])
        #expect(high.subtracting(CPUSet([200])) == CPUSet([1]))
        #expect(CPUSet([1]).union(CPUSet([200])) == high)
        #expect(high.intersection(CPUSet([200, 3])) == CPUSet([200]))
        #expect(high.count == 2 && high.first == 1 && high.contains(200) && !high.contains(201))
        #expect(CPUSet([5]).subtracting(CPUSet([5])).isEmpty)
    }
}

@Suite struct PCIAddressTests {
    @Test(arguments: [
        ("0000:17:00.0", "0000:17:00.0"), ("17:00.1", "0000:17:00.1"), ("0000:AF:1F.7", "0000:af:1f.7"),
        ("10000:01:00.0", "10000:01:00.0"),
    ])
    func readsAndPrints(_ text: String, _ expected: String) throws {
        #expect(try #require(PCIAddress(text)).description == expected)
    }

    @Test(arguments: [
        "", "0000:17:00", "0000:17:20.0", "0000:17:00.8", "000:17:00.0", "0000:1:00.0", "0000:17:00.0 ", "+000:17:00.0",
        "a:b:c:d.e",
        "17.00.0",
    ])
    func refuses(_ text: String) { #expect(PCIAddress(text) == nil) }

    @Test func ordersAsTheKernelProbes() throws {
        let addresses = try ["0001:00:00.0", "0000:af:00.1", "0000:af:00.0", "0000:17:02.0"].map {
            try #require(PCIAddress($0))
        }
        #expect(
            addresses.sorted().map(\.description) == ["0000:17:02.0", "0000:af:00.0", "0000:af:00.1", "0001:00:00.0"])
    }
}
