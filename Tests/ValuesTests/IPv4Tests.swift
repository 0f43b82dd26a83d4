import Testing
import Values

@Suite struct IPv4Tests {
    @Test(arguments: ["0.0.0.0", "192.168.200.1", "255.255.255.255"]) func anAddressIsReadAndWritten(_ text: String) {
        #expect(IPv4Address(text)?.description == text)
    }

    @Test(arguments: ["", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.+4", "1.2.3.4 ", "a.b.c.d", "1..2.3"])
    func whatIsNoAddressIsRefused(_ text: String) { #expect(IPv4Address(text) == nil) }

    @Test func aNetworkHasPlaceBetweenItsEnds() throws {
        let own = try #require(IPv4Interface("10.1.2.3/30"))
        #expect("\(own.network) \(own.broadcast) \(own)" == "10.1.2.0 10.1.2.3 10.1.2.3/30")
        #expect([0, 1, 2, 3, 4].filter { own.hasPlace(for: IPv4Address(own.network.value + $0)) } == [1, 2])
        #expect(
            IPv4Interface("10.1.2.3/33") == nil && IPv4Interface("10.1.2.3") == nil
                && IPv4Interface("10.1.2.3/08") == nil)
    }

    @Test func networksOverlapWhenOneHoldsTheOther() throws {
        let wide = try #require(IPv4Interface("192.168.0.0/16"))
        let narrow = try #require(IPv4Interface("192.168.200.1/24"))
        let beside = try #require(IPv4Interface("192.168.201.0/24"))
        #expect(wide.overlaps(narrow) && narrow.overlaps(wide) && !narrow.overlaps(beside) && !beside.overlaps(narrow))
    }
}
