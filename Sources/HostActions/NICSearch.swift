package import Diagnostics
package import HostTopology
package import Linux
package import Values

/// The search for NICs by their MAC addresses, which only the kernel driver of a NIC reports, and
/// the record of the results.
package struct NICSearch: Sendable {
    let macs: [MACAddress]
    let root: Root

    /// For NICs with these permanent MAC addresses, below a root.
    package init(_ macs: [MACAddress], in root: Root) {
        self.macs = macs
        self.root = root
    }

    /// Finds the NICs. A NIC without an interface, because it is bound to vfio-pci, has the address
    /// of the record, if its card is still the same. Throws `mac-not-found`, `mac-twice`.
    package func find() throws(Problem) -> [NICRecord] {
        let before = NICRecord.read(from: root)
        let interfaces = macs.isEmpty ? [] : allInterfaces()
        var records: [NICRecord] = []
        for mac in macs { records.append(try find(mac, interfaces, before)) }
        return records
    }

    private typealias Candidate = (address: PCIAddress, interface: NetworkInterface)

    private func allInterfaces() -> [Candidate] {
        ((try? root.list(PCIFunction.devices)) ?? []).compactMap { PCIAddress($0) }.flatMap { address in
            PCIFunction(address: address, root: root).interfaces.map { (address, $0) }
        }
    }

    private func find(_ mac: MACAddress, _ interfaces: [Candidate], _ before: [NICRecord]) throws(Problem) -> NICRecord
    {
        let owners = interfaces.filter { $0.interface.permanentMAC == mac }
        if owners.count > 1 {
            let names = owners.map { "\($0.address) (\($0.interface.name))" }.joined(separator: ", ")
            throw Problem(
                .macTwice, "MACAddress=\(mac): expected one network interface, found \(names)",
                remedy: "use PCIAddress= or Path= in [NIC]")
        }
        if let owner = owners.first, let identity = PCIIdentity(of: owner.address, in: root) {
            return NICRecord(mac: mac, address: owner.address, identity: identity)
        }
        // On vfio-pci by now, perhaps in another slot than before.
        if let record = before.first(where: { $0.mac == mac }) {
            switch NICSelector.mac(mac).finding(in: root, before) {
            case .found: return record
            case .moved(_, to: let address): return NICRecord(mac: mac, address: address, identity: record.identity)
            default: break
            }
        }
        if let borrower = interfaces.first(where: { $0.interface.currentMAC == mac }) {
            throw Problem(
                .macNotFound,
                "MACAddress=\(mac): not the permanent address of a network card; software has set it on "
                    + "\(borrower.interface.name)",
                remedy:
                    "correct MACAddress= in [NIC]; 'ethtool -P \(borrower.interface.name)' prints the permanent address"
            )
        }
        throw Problem(
            .macNotFound, "MACAddress=\(mac): not found on a network interface of a PCI device",
            remedy:
                "compare with 'ip link'; a NIC on vfio-pci has no network interface: run 'systemctl stop pvp.target' "
                + "first"
        )
    }
}
