import Linux
package import Values

/// A network interface of a PCI function (kernel: Documentation/ABI/testing/sysfs-class-net).
package struct NetworkInterface: Sendable {
    /// The kernel's name for it, such as `eth0`.
    package let name: String
    private let directory: String
    private let root: Root

    init(name: String, directory: String, root: Root) {
        self.name = name
        self.directory = directory
        self.root = root
    }

    /// The address that the card itself has; `nil` when software has set another
    /// (`addr_assign_type`). A bond sets one address on all of its members and keeps their own.
    package var permanentMAC: MACAddress? {
        if let kept = (try? root.text("\(directory)/bonding_slave/perm_hwaddr")).flatMap({ MACAddress($0) }) {
            return kept
        }
        guard (try? root.text("\(directory)/addr_assign_type")) == "0" else { return nil }
        return currentMAC
    }

    /// The address that it has now.
    package var currentMAC: MACAddress? { (try? root.text("\(directory)/address")).flatMap { MACAddress($0) } }

    /// In Mb/s; `nil` while there is no link, and where the driver does not say.
    package var speed: Int? { (try? root.text("\(directory)/speed")).flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } }
}

extension PCIFunction {
    /// Its network interfaces; none while it is on vfio-pci. A virtio NIC has them below its virtio
    /// device.
    package var interfaces: [NetworkInterface] {
        let children = ((try? root.list(directory)) ?? []).filter { $0 == "net" || $0.hasPrefix("virtio") }
        return children.flatMap { child in
            let net = child == "net" ? "\(directory)/net" : "\(directory)/\(child)/net"
            return ((try? root.list(net)) ?? []).map {
                NetworkInterface(name: $0, directory: "\(net)/\($0)", root: root)
            }
        }
    }
}
