import Telemetry
import Testing

@Suite("Rates between two surveys")
struct RatesTests {
    private func port(_ number: Int, _ counters: [Counter: UInt64], name: String = "p", isStarted: Bool = true) -> Port
    {
        Port(number: number, name: name, isStarted: isStarted, isUp: true, counters: counters)
    }

    @Test func perSecond() throws {
        let before = port(
            0, [.receivedPackets: 100, .sentPackets: 0, .receivedBytes: 1000, .missed: 5, .noBuffer: 1, .sendErrors: 2])
        let after = port(
            0,
            [.receivedPackets: 1100, .sentPackets: 0, .receivedBytes: 65000, .missed: 7, .noBuffer: 4, .sendErrors: 2])
        let rates = try #require(PortRates(from: before, to: after, milliseconds: 500))
        #expect(rates.packetsIn == 2000)
        #expect(rates.packetsOut == 0)
        #expect(rates.bitsIn == 1_024_000)
        #expect(rates.dropped == 10)
        #expect(rates.errors == 0)
        // Telemetry did not show it.
        #expect(rates.bitsOut == nil)
        #expect(rates.growth[.receivedPackets] == 1000)
    }

    @Test("Counters near 2⁶⁴")
    func large() throws {
        let rates = try #require(
            PortRates(from: port(0, [.receivedBytes: 0]), to: port(0, [.receivedBytes: .max]), milliseconds: 1000))
        #expect(rates.bitsIn.map { $0 > 1.4e20 } == true)
    }

    @Test("a port that was restarted has no rates, whichever counter shows it")
    func backwards() {
        let before = port(0, [.receivedPackets: 100, .sentPackets: 100])
        #expect(
            PortRates(from: before, to: port(0, [.receivedPackets: 200, .sentPackets: 99]), milliseconds: 1000) == nil)
        #expect(
            PortRates(from: before, to: port(0, [.receivedPackets: 0, .sentPackets: 0]), milliseconds: 1000) == nil)
    }

    @Test("What cannot be compared has no rates")
    func incomparable() {
        let before = port(0, [.receivedPackets: 1])
        #expect(PortRates(from: before, to: before, milliseconds: 0) == nil)
        #expect(PortRates(from: before, to: port(1, [.receivedPackets: 2]), milliseconds: 1) == nil)
        #expect(PortRates(from: before, to: port(0, [.receivedPackets: 2], name: "another"), milliseconds: 1) == nil)
        #expect(PortRates(from: before, to: port(0, [:], isStarted: false), milliseconds: 1) == nil)
        #expect(PortRates(from: port(0, [:], isStarted: false), to: before, milliseconds: 1) == nil)
    }

    @Test("Ports come and go between surveys")
    func allPorts() {
        let first = [
            port(0, [.receivedPackets: 10, .sentPackets: 1]), port(1, [.receivedPackets: 0, .sentPackets: 0]),
            port(2, [:]),
        ]
        let second = [
            port(3, [.receivedPackets: 5]), port(1, [.receivedPackets: 3, .sentPackets: 4]),
            port(0, [.receivedPackets: 20, .sentPackets: 1]),
        ]
        let rates = Rates(from: first, to: second, milliseconds: 1000)
        #expect(rates[0]?.packetsIn == 10)
        #expect(rates[1]?.packetsOut == 4)
        #expect(rates[2] == nil && rates[3] == nil)
        #expect(Rates(from: [], to: second, milliseconds: 1000).ports.isEmpty)
    }
}
