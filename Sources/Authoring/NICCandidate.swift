package import Diagnostics
import HostActions
import HostTopology
import Linux
package import Values

/// A network card of a host: what it is, and why a configuration cannot have it.
package struct NICCandidate: Sendable {
    /// Where it is.
    package let address: PCIAddress
    /// Whether its driver in DPDK works through the kernel's driver, which then stays.
    let keepsDriver: Bool
    /// The reason to leave it; `nil` if it can be used.
    package internal(set) var objection: Problem?
    /// `eth2, card 8086:159b on ice, NUMA node 0, 25000 Mb/s`.
    package let description: String

    /// The functions of PCI class 0x02, network controllers (PCI Code and ID Assignment
    /// Specification, 1.3), in ascending order.
    static func addresses(in root: Root) -> [PCIAddress] {
        let functions = ((try? root.list(PCIFunction.devices)) ?? []).compactMap { PCIAddress($0) }
        return functions.sorted().filter { address in
            ((try? root.text("\(PCIFunction.devices)/\(address)/class")) ?? "").hasPrefix("0x02")
        }
    }

    /// Reads a card. Its IOMMU group is not looked at.
    init(_ address: PCIAddress, _ drivers: PollModeDrivers, _ network: NetworkGuard, in root: Root) {
        let function = PCIFunction(address: address, root: root)
        let driver = function.id.flatMap { drivers.driver(for: $0, subsystem: function.subsystem) }
        self.address = address
        keepsDriver = driver.map { !$0.modules.isEmpty && !$0.modules.contains("vfio-pci") } ?? false
        description = Self.describe(function)
        if var used = network.objection(to: address, "\(address)") {
            // 'pvpgen install' needs the configuration that is still to be written.
            if used.code == .nicNetworkUnknown { used.remedy = "bring the network up and run 'pvpgen init' again" }
            objection = used
        } else if root.linkName("\(function.directory)/physfn") != nil {
            objection = Problem(
                .nicUnsuitable, "\(address): it is a virtual function",
                remedy: "name it with --nic=, or set VirtualFunctions= in the [NIC] of its physical function")
        } else if driver == nil, drivers.files > 0 {
            objection = Problem(
                .pmdMissing, "\(address): DPDK has no driver for card \(function.id.map { "\($0)" } ?? "of no type")",
                remedy: "use another card, or a DPDK that knows this one: Binary= in [Testpmd]")
        }
    }

    private static func describe(_ function: PCIFunction) -> String {
        let interface = function.interfaces.first
        let card = function.id.map { "card \($0)" } ?? "card of unknown type"
        var parts = interface.map { [$0.name] } ?? []
        parts.append(card + (function.driver.map { " on \($0)" } ?? " without a driver"))
        if let node = function.node { parts.append("NUMA node \(node)") }
        if let interface { parts.append(interface.speed.map { "\($0) Mb/s" } ?? "no link") }
        return parts.joined(separator: ", ")
    }
}
