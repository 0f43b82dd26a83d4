import Foundation
import HostTopology
import Linux
import TestSupport
import Testing
import Values

@Suite struct ReadingTests {
    @Test func readsTwoSocketsWithSMT() throws {
        let nic = try #require(PCIAddress("0000:af:00.0"))
        let missing = try #require(PCIAddress("0000:01:00.0"))
        let machine = try HostCase("02-two-sockets")
        let host = HostTopology(reading: machine.root, functions: [nic, missing])
        #expect(host.online.description == "0-79")
        #expect(host.nodes.map(\.id) == [0, 1])
        #expect(host.node(1)?.cpus.description == "20-39,60-79")
        #expect(host.node(1)?.memory == 96 << 30)
        #expect(host.cores.count == 40)
        #expect(host.core(of: 25).description == "25,65")
        #expect(host.node(of: 65) == 1)
        #expect(host.device(nic)?.node == 1)
        #expect(host.device(missing) == nil)
        #expect(host.iommu == .intel)
    }

    @Test func readsWhatFirmwareDoesNotSay() throws {
        let nic = try #require(PCIAddress("0000:00:03.0"))
        let machine = try HostCase("03-by-hand")
        let host = HostTopology(reading: machine.root, functions: [nic])
        #expect(host.device(nic) != nil && host.device(nic)?.node == nil)
        #expect(host.iommu == .amd)
    }

    @Test func aMachineWithoutAnythingHasOneCPU() {
        let host = HostTopology(reading: Root("/nonexistent"), functions: [])
        #expect(host.online.description == "0" && host.nodes.count == 1 && host.iommu == .none)
    }

    @Test func readsThisMachine() {
        let host = HostTopology(reading: .machine, functions: [])
        #expect(host.online.count == ProcessInfo.processInfo.activeProcessorCount)
        #expect(host.nodes.reduce(0) { $0 + $1.memory } > 0)
    }
}
