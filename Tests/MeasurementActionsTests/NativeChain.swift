import Diagnostics
import Linux
import Measurement
import MeasurementActions
import Telemetry
import TestSupport
import TrafficGenerator

@testable import Traffic

/// A chain without hugepages, NICs and a guest: shared memory in place of cables between
/// pvp-traffic and testpmd, and a reflector at testpmd's vhost-user ports.
final class NativeChain: MeasuredChainReading {
    let generator: GeneratorConnection
    let reflector: GeneratorConnection
    private let testpmd: Testpmd
    private let programs: [TrafficProgram]
    private let watch: PortWatch
    private var directions = [0, 1].map(NativeChain.path)

    init(_ tree: Tree) throws {
        func cable(_ number: Int, _ role: String) -> String {
            "net_memif\(number),role=\(role),id=\(number),socket=\(tree.path)/memif.sock,socket-abstract=no"
        }
        testpmd = try Testpmd(
            in: tree,
            devices: [0, 1].map { cable($0, "server") }
                + [0, 1].map { "net_vhost\($0),iface=\(tree.path)/vhost\($0).sock" },
            options: ["--portlist=0,2,1,3"])
        let reflector = try TrafficProgram(
            in: tree, "reflector",
            devices: [0, 1].map { "net_virtio_user\($0),path=\(tree.path)/vhost\($0).sock,mac=02:00:00:00:00:0\($0)" },
            isReflector: true, cpus: "0")
        let generator = try TrafficProgram(
            in: tree, "generator", devices: [0, 1].map { cable($0, "client") }, cpus: "1")
        programs = [generator, reflector]
        self.generator = try generator.connect()
        self.reflector = try reflector.connect()
        watch = PortWatch(testpmd.socket)
    }

    /// From the NIC of a number through the guest to the other one, as testpmd's ports.
    private static func path(_ nic: Int) -> PacketPath {
        func hop(_ port: Int, _ role: PortRole, _ direction: PacketPath.Hop.Direction) -> PacketPath.Hop {
            PacketPath.Hop(testpmd: "testpmd", port: port, role: role, direction: direction)
        }
        return PacketPath(hops: [
            hop(nic, PortRole(name: "nic\(nic)", kind: .nic), .into),
            hop(2 + nic, PortRole(name: "vm1/\(nic)", kind: .vhost), .out),
            hop(3 - nic, PortRole(name: "vm1/\(1 - nic)", kind: .vhost), .into),
            hop(1 - nic, PortRole(name: "nic\(1 - nic)", kind: .nic), .out),
        ])
    }

    func order(directions indices: [Int]) { directions = indices.map(Self.path) }

    func snapshot() throws(Problem) -> ChainSnapshot {
        var snapshot = ChainSnapshot()
        guard case .success(let ports) = PortWatch.survey([watch], timeout: 5000)[0] else { return snapshot }
        snapshot.processes = ["testpmd": "\(testpmd.child.pid)"]
        for port in ports { snapshot.links["\(port.number)"] = ChainSnapshot.Link(isUp: port.isUp, changes: 0) }
        snapshot.paths = directions.compactMap { MeasuredPath.counters(of: $0, in: ["testpmd": ports]) }
        return snapshot
    }

    func wait(seconds: Int) {}
}
