/// The CPUs, the memory and the NICs of a machine, by NUMA node.
package struct MachineShape: Hashable, Sendable {
    /// The number of CPUs of each node. Numbers ascend from node to node.
    package var cpus: [Int]
    /// The node of each NIC, in the order of the wires; two neighbors are a pair.
    package var nics: [Int]
    /// NICs that share a cable: each pair is on one hub with the far end of the second one's wire.
    package var cables: [[Int]] = []
    /// MiB of memory of each node. The kernel and its tables take some of the whole pages of 1 GiB.
    package var memory: Int

    /// One node, as the smallest server has it.
    package static let oneNode = MachineShape(cpus: [4], nics: [0, 0], memory: 8192)
    /// Two nodes, the NICs on the second one. A chain needs three CPUs of its node: for
    /// housekeeping, for an lcore and for a vCPU.
    package static let twoNodes = MachineShape(cpus: [1, 3], nics: [1, 1], memory: 5632)
    /// Two nodes with a pair of NICs and the CPUs of a chain each.
    package static let twoChains = MachineShape(cpus: [3, 3], nics: [0, 0, 1, 1], memory: 5632)

    /// Two nodes: a chain on the second one, and on the first one the CPUs and the NICs of its
    /// generator. Frames on the wires of the chain's NICs reach the generator too.
    package static let measured = MachineShape(
        cpus: [3, 3], nics: [0, 0, 1, 1], cables: [[0, 2], [1, 3]], memory: 5632)

    /// The PCI addresses of the NICs, in the order of their wires.
    package var addresses: [String] {
        nics.indices.map { nic in
            guard cpus.count > 1 else { return "0000:00:1\(nic).0" }
            // Behind the node's host bridge, each root port has the next bus.
            let bus = Self.bus(ofBridge: nics[nic]) + 1 + port(of: nic)
            return "0000:\(String(bus, radix: 16)):00.0"
        }
    }

    /// QEMU's arguments for CPUs and memory.
    var processors: [String] {
        let total = cpus.reduce(0, +)
        guard cpus.count > 1 else { return ["-smp", "\(total)", "-m", "\(memory)"] }
        // A socket for each CPU: sockets of three have gaps between APIC numbers, where interrupts
        // between CPUs get lost (QEMU 7.2).
        var list = ["-smp", "\(total),sockets=\(total)", "-m", "\(memory * cpus.count)"]
        for node in cpus.indices {
            let first = cpus[..<node].reduce(0, +)
            list += ["-object", "memory-backend-ram,id=memory\(node),size=\(memory)M"]
            list += ["-numa", "node,nodeid=\(node),cpus=\(first)-\(first + cpus[node] - 1),memdev=memory\(node)"]
        }
        return list
    }

    /// The name of what a NIC is connected to, as QEMU's `netdev=`.
    func plug(of nic: Int) -> String { isOnHub(nic) ? "port\(nic)" : "wire\(nic)" }

    /// Whether a NIC has a wire of its own: of those on a hub the last has one.
    func hasWire(_ nic: Int) -> Bool { !isOnHub(nic) || cables.contains { $0.last == nic } }

    private func isOnHub(_ nic: Int) -> Bool { cables.contains { $0.contains(nic) } }

    /// QEMU's arguments for hubs: a port for each NIC on it, and one for the wire.
    var hubs: [String] {
        cables.enumerated().flatMap { hub, nics in
            nics.flatMap { ["-netdev", "hubport,id=port\($0),hubid=\(hub)"] }
                + ["-netdev", "hubport,id=hubwire\(hub),hubid=\(hub),netdev=wire\(nics.last ?? 0)"]
        }
    }

    /// QEMU's arguments for the host bridges and root ports that put NICs on their nodes.
    var bridges: [String] {
        guard cpus.count > 1 else { return [] }
        var list: [String] = []
        for node in Set(nics).sorted() {
            let bus = Self.bus(ofBridge: node)
            list += [
                "-device", "pxb-pcie,id=bridge\(node),bus_nr=\(bus),bus=pcie.0,numa_node=\(node),addr=0x\(8 + node)",
            ]
        }
        for nic in nics.indices {
            list += [
                "-device",
                "pcie-root-port,id=port\(nic),bus=bridge\(nics[nic]),chassis=\(nic + 1),addr=0x\(port(of: nic))",
            ]
        }
        return list
    }

    /// The `bus=` and `addr=` of a NIC.
    func place(of nic: Int) -> String { cpus.count > 1 ? "bus=port\(nic),addr=0x0" : "bus=pcie.0,addr=0x1\(nic)" }

    /// The number of a NIC's root port on its bridge.
    private func port(of nic: Int) -> Int { nics[..<nic].count { $0 == nics[nic] } }

    private static func bus(ofBridge node: Int) -> Int { 64 * (node + 1) }
}
