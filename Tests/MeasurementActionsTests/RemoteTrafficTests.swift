import Testing
import Values

@testable import MeasurementActions
@testable import Plan

@Suite struct RemoteTrafficTests {
    private static func command(_ devices: [String], memory: UInt64 = 0) -> [String] {
        let remote = RemoteGenerator(host: "root@tester", cpus: CPUSet([2, 3, 4]), memory: memory, devices: devices)
        return RemoteTraffic.command(remote, name: "far", socket: "/run/pvp-traffic-far/remote.sock")
    }

    @Test("ssh asks for nothing, forwards the socket, and runs pvp-traffic until its input ends")
    func forwarded() {
        #expect(
            Self.command(["0000:3b:00.0", "0000:3b:00.1"], memory: 1 << 30) == [
                "ssh", "-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=10", "-o", "ExitOnForwardFailure=yes",
                "-o", "StreamLocalBindUnlink=yes", "-L", "/run/pvp-traffic-far/remote.sock:/run/pvp-traffic-far.sock",
                "--", "root@tester", "/usr/lib/pvpgen/pvp-traffic", "-l", "2-4", "--main-lcore=2", "--in-memory",
                "--socket-mem=1024", "--file-prefix=pvp-traffic-far", "--no-telemetry", "-a", "0000:3b:00.0", "-a",
                "0000:3b:00.1", "--", "--socket=/run/pvp-traffic-far.sock", "--until-eof",
            ])
    }

    @Test("words that the other shell would read as more than a word are quoted")
    func quoted() {
        let words = Self.command(["net_af_packet0,iface=eth2;reboot", "net_pcap0,rx_pcap=a b'c"])
        #expect(words.contains("'--vdev=net_af_packet0,iface=eth2;reboot'"))
        #expect(words.contains("'--vdev=net_pcap0,rx_pcap=a b'\\''c'"))
    }
}
