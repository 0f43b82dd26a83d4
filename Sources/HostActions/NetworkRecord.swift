import HostTopology
package import Linux
import Values

/// The NICs that the host's own network uses, as `pvpgen install` found them: at boot a NIC has no
/// address yet, and the record is what keeps pvpgen from taking it.
package struct NetworkRecord: Hashable, Sendable {
    package static let path = "/var/lib/pvpgen/network"

    /// A use of a NIC.
    struct Entry: Hashable, Sendable {
        var address: PCIAddress
        /// The permanent MAC address; `nil` when the card has none.
        var mac: MACAddress?
        var interface: String
        var purpose: String
    }

    private var machine: String
    private var entries: [Entry] = []

    /// Whether an installation can record the network of this machine: a tree of files that is not
    /// running has none, nor has a machine without an id.
    package static func isKnown(in root: Root) -> Bool { root.machineID != nil && root.exists("/proc/net/route") }

    /// What the network uses now. A NIC on vfio-pci has no interface, so there is no entry for it.
    package init?(of network: HostNetwork, in root: Root) {
        guard Self.isKnown(in: root), let machine = root.machineID else { return nil }
        self.machine = machine
        for address in ((try? root.list(PCIFunction.devices)) ?? []).compactMap({ PCIAddress($0) }) {
            let function = PCIFunction(address: address, root: root)
            let mac = function.interfaces.lazy.compactMap(\.permanentMAC).first
            for use in network.uses(of: function) {
                entries += use.purposes.map { Entry(address: address, mac: mac, interface: use.interface, purpose: $0) }
            }
        }
    }

    /// Reads the record of this machine; `nil` when there is none. One of another machine, whose
    /// disk was copied, says nothing about this one.
    package init?(reading root: Root) {
        guard let machine = root.machineID, let text = try? root.text(Self.path) else { return nil }
        let lines = text.split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        guard lines.contains(["machine", machine]) else { return nil }
        self.machine = machine
        entries = lines.compactMap { columns in
            guard columns.count == 4, let address = PCIAddress(columns[0]) else { return nil }
            return Entry(address: address, mac: MACAddress(columns[1]), interface: columns[2], purpose: columns[3])
        }
    }

    package var text: String {
        "# Written by pvpgen install: NICs of the host's network. PCI address, permanent MAC address, interface, use\n"
            + "machine\t\(machine)\n"
            + entries.map { "\($0.address)\t\($0.mac?.description ?? "-")\t\($0.interface)\t\($0.purpose)\n" }.joined()
    }

    /// What the network used a function for. The MAC address decides where there is one, because
    /// buses are renumbered; the PCI address where there is none.
    func uses(of function: PCIFunction) -> [HostNetwork.Use] {
        let macs = Set(function.interfaces.compactMap(\.permanentMAC))
        let found = entries.filter { entry in
            guard let mac = entry.mac, !macs.isEmpty else { return entry.address == function.address }
            return macs.contains(mac)
        }
        var uses: [HostNetwork.Use] = []
        for entry in found {
            if let index = uses.firstIndex(where: { $0.interface == entry.interface }) {
                uses[index].purposes.append(entry.purpose)
            } else {
                uses.append(HostNetwork.Use(interface: entry.interface, purposes: [entry.purpose]))
            }
        }
        return uses
    }
}
