import Diagnostics
import JSON
import Testing
import TrafficGenerator
import Values

@testable import TRex

@Suite("Streams of TRex") struct TRexStreamTests {
    private static let source = MACAddress(0x0200_0000_0001)
    private static let destination = MACAddress(0x0200_0000_0002)

    @Test("An IPv4 frame has the addresses for benchmarks and a correct checksum")
    func ipv4() {
        let frame = TRexFrame(size: 64, hasIPv6: false, sender: 1, from: Self.source, to: Self.destination)
        #expect(frame.bytes.count == 60 && frame.sourcePortOffset == 34)
        #expect(Array(frame.bytes[..<14]) == [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0])
        #expect(Array(frame.bytes[26..<34]) == [198, 18, 1, 1, 198, 18, 0, 1])
        // Length 46; UDP with 26 bytes, from port 1024 to 9, without checksum.
        #expect(Array(frame.bytes[14..<18]) == [0x45, 0, 0, 46] && frame.bytes[23] == 17)
        #expect(Array(frame.bytes[34..<42]) == [4, 0, 0, 9, 0, 26, 0, 0])
        // Over a header with its checksum the sum is 0.
        #expect(TRexFrame.checksum(frame.bytes[14..<34]) == 0)
    }

    @Test("The checksum is that of a known header")
    func checksum() {
        // RFC 1071 by hand: 4500 0073 0000 4000 4011 0000 c0a8 0001 c0a8 00c7 has b861.
        let header: [UInt8] = [
            0x45, 0, 0, 0x73, 0, 0, 0x40, 0, 0x40, 0x11, 0, 0, 0xc0, 0xa8, 0, 1, 0xc0, 0xa8, 0, 0xc7,
        ]
        #expect(TRexFrame.checksum(header[...]) == 0xb861)
    }

    @Test("An IPv6 frame has the addresses for benchmarks")
    func ipv6() {
        let frame = TRexFrame(size: 84, hasIPv6: true, sender: 0, from: Self.source, to: Self.destination)
        #expect(frame.bytes.count == 80 && frame.sourcePortOffset == 54)
        #expect(Array(frame.bytes[12..<22]) == [0x86, 0xdd, 0x60, 0, 0, 0, 0, 26, 17, 64])
        let prefix: [UInt8] = [0x20, 1, 0, 2] + [UInt8](repeating: 0, count: 11)
        #expect(Array(frame.bytes[22..<38]) == prefix + [1])
        #expect(Array(frame.bytes[38..<54]) == prefix + [2])
        #expect(Array(frame.bytes[54..<62]) == [4, 0, 0, 9, 0, 26, 0, 0])
    }

    @Test("The Internet mix is one stream for each size, with its part of the rate")
    func mix() throws {
        let server = try FakeTRex()
        let trial = Trials.trial(rate: 120_000) { $0.sizes = TrafficTrial.imix }
        let result = try Trials.generator(server).run(trial)
        let streams = server.port(0).sentStreams
        #expect(streams.map(\.rate) == [70_000, 40_000, 10_000])
        #expect(streams.map(\.delay).map { Int(($0 * 1e9).rounded()) } == [0, 8333, 16_667])
        #expect(try streams.map { try #require($0.json["packet"]?["binary"]?.string).utf8.count } == [80, 756, 2020])
        #expect(Trials.reasons(result, trial) == [])
    }

    @Test("Flows are UDP source ports that TRex counts through")
    func flows() throws {
        let server = try FakeTRex()
        _ = try Trials.generator(server).run(Trials.trial { $0.flows = 100 })
        let instructions = try #require(server.port(0).sentStreams[0].json["vm"]?["instructions"])
        let expected: JSON = [
            [
                "type": "flow_var", "name": "port", "size": 2, "op": "inc", "step": 1, "init_value": 1024,
                "min_value": 1024, "max_value": 1123,
            ],
            ["type": "write_flow_var", "name": "port", "pkt_offset": 34, "add_value": 0, "is_big_endian": true],
        ]
        #expect(instructions == expected)
        _ = try Trials.generator(server).run(
            Trials.trial {
                $0.hasIPv6 = true; $0.sizes = [84]; $0.flows = 1
            })
        #expect(server.port(0).sentStreams[0].json["vm"]?["instructions"] == [])
    }

    @Test("A destination address that is given is used, otherwise that of the other port")
    func destination() throws {
        let server = try FakeTRex()
        _ = try Trials.generator(server).run(Trials.trial { $0.destinations = [MACAddress(0x0a00_0000_0007), nil] })
        let binaries = try [0, 1].map { number in
            let stream = server.port(number).sentStreams[0].json
            #expect(stream["flags"] == 3)
            return try #require(stream["packet"]?["binary"]?.string)
        }
        #expect(binaries[0].hasPrefix(Base64.encode([0x0a, 0, 0, 0, 0, 7, 2, 0, 0, 0, 0, 1])))
        #expect(binaries[1].hasPrefix(Base64.encode([2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2])))
    }

    @Test(
        arguments: [
            ("trex", "tcp://trex:4501"), ("trex.lab:4502", "tcp://trex.lab:4502"), ("10.0.0.1", "tcp://10.0.0.1:4501"),
            ("[fd00::1]:4502", "tcp://[fd00::1]:4502"), ("fd00::1", "tcp://[fd00::1]:4501"),
            ("[fe80::1%eth0]", "tcp://[fe80::1%eth0]:4501"),
        ])
    func address(_ text: String, _ endpoint: String) throws {
        #expect(try TRexAddress(text).endpoint == endpoint)
    }

    @Test(
        arguments: ["", ":4501", "host:", "host:0", "host:65536", "host:+1", "ho st", "a;b", "*", "[::1]x", "tcp://a"])
    func invalidAddress(_ text: String) {
        #expect(#expect(throws: Problem.self) { try TRexAddress(text) }?.code == .trexAddress)
    }

    @Test("Two different ports are needed", arguments: [[], [0], [0, 0], [0, 1, 2], [-1, 0], [0, 256]])
    func ports(_ ports: [Int]) {
        #expect(
            #expect(throws: Problem.self) { try TRexGenerator(address: "127.0.0.1", ports: ports) }?.code
                == .trexAddress)
    }
}
