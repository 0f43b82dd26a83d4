import HelperCalls
import Testing
import Values

@Suite struct TrafficCallTests {
    private static func call(memory: [Int], nics: [String], devices: [String]) -> [String] {
        TrafficCall(
            name: "gen", mainLcore: 0, lcores: CPUSet([4, 5]), memory: memory, nics: nics, devices: devices,
            socket: TrafficCall.socket(of: "gen")
        ).arguments
    }

    @Test("NICs have hugepages of one node")
    func nics() {
        #expect(
            Self.call(memory: [0, 1024], nics: ["0000:65:00.0,a=1", "0000:65:00.1"], devices: []) == [
                "-l", "0,4-5", "--main-lcore=0", "--in-memory", "--socket-mem=0,1024", "--file-prefix=pvp-traffic-gen",
                "--no-telemetry", "-a", "0000:65:00.0,a=1", "-a", "0000:65:00.1", "--",
                "--socket=/run/pvp-traffic-gen/control.sock",
            ])
    }

    @Test("virtual devices alone need no hugepages and no PCI")
    func devices() {
        #expect(
            Self.call(memory: [], nics: [], devices: ["net_memif0", "net_af_packet0,iface=eth2"]) == [
                "-l", "0,4-5", "--main-lcore=0", "--no-huge", "-m", "256", "--file-prefix=pvp-traffic-gen",
                "--no-telemetry", "--no-pci", "--vdev=net_memif0", "--vdev=net_af_packet0,iface=eth2", "--",
                "--socket=/run/pvp-traffic-gen/control.sock",
            ])
    }
}
