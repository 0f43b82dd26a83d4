package import XML

/// Where a guest's devices are on its PCI buses: the same at each start and whatever else is added.
/// Places without a number here are left to libvirt, which takes what is free.
///
/// Slots of pcie.0: 0x01 to 0x10 are the root ports of vhost-user interfaces, eight in each
/// (`GuestPlan.interfaceLimit`), 0x1f is the chipset with its SATA controller, which has the
/// cdroms.
package enum GuestPCILayout {
    /// The management network's interface: 0000:00:1a.0.
    package static let management: XML = "<address type='pci' bus='0x00' slot='0x1a' function='0x0'/>"
    /// The disk: 0000:00:1b.0.
    static let disk: XML = "<address type='pci' bus='0x00' slot='0x1b' function='0x0'/>"
    /// The controller of the agent's channel: 0000:00:1c.0.
    static let channels: XML = "<address type='pci' bus='0x00' slot='0x1c' function='0x0'/>"
    /// The source of random numbers: 0000:00:1d.0.
    static let random: XML = "<address type='pci' bus='0x00' slot='0x1d' function='0x0'/>"

    /// The root port of interface `number`. Firmware counts buses in the order of the ports, and no
    /// port comes before these: the bus has the same number in the guest.
    static func rootPort(_ number: Int) -> XML {
        """
        <address type='pci' bus='0x00' slot='0x\(hex: 1 + number / 8)' function='0x\(number % 8)'\
        \(" multifunction='on'", if: number % 8 == 0)/>
        """
    }

    /// Interface `number` itself, alone on the bus of its port
    /// (``GuestPlan/interfaceAddress(_:)``): 0000:01:00.0 for the first, 0000:02:00.0 for the next.
    static func interface(_ number: Int) -> XML {
        "<address type='pci' bus='0x\(hex: 1 + number)' slot='0x00' function='0x0'/>"
    }
}
