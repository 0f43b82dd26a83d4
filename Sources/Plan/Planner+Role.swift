import Config
import Diagnostics
import HostTopology
import Values

/// In a guest: a testpmd on the interfaces that the host created for it.
extension Planner {
    /// Whether this machine is a guest.
    var isInGuest: Bool { config.host.role == .guest }

    /// Whether VFIO has to do without an IOMMU: only in a guest, where testpmd can write to no
    /// other memory than the guest's.
    var hasNoIOMMU: Bool { isInGuest && host.iommu == .none }

    /// A guest has no guests.
    mutating func checkRole() {
        let sections = config.guests.map { ("[Guest]", $0.location) } + config.interfaces.map { ("[Interface]", $0.location) }
        for (title, location) in sections {
            report(
                .roleGuest, "\(title): section of a host, but [Host] Role=guest is set",
                remedy: "remove the section, or set Role=host", at: location)
        }
    }

    /// Whether a testpmd fits into a guest, beside what else is in it; that it does not is
    /// reported.
    mutating func hasRoomInside(_ guest: GuestSection, _ vCPUs: Int, _ who: String) -> Bool {
        let told = problems.count
        if vCPUs < 2 {
            report(
                .guestTestpmdVCPUs, "\(who): GuestTestpmd=yes requires at least 2 vCPUs, got \(vCPUs)",
                remedy: "set VCPUs=3: one for each interface and one more", at: guest.location(of: "VCPUs"))
        }
        if guest.memory < 2 * GuestPlan.testpmdMemory {
            report(
                .guestTestpmdMemory,
                "\(who): GuestTestpmd=yes reserves \(GuestPlan.testpmdMemory >> 20)M for testpmd, Memory=\(guest.memory >> 20)M leaves too little for the guest",
                remedy: "set Memory=\(2 * GuestPlan.testpmdMemory >> 20)M or more", at: guest.location(of: "Memory"))
        }
        return problems.count == told
    }
}

extension GuestPlan {
    /// The configuration for pvpgen in the guest: a testpmd on all of the guest's interfaces, with
    /// memory that is still available when the guest has been up for a while. There is no comma in
    /// it: libvirt 9.0 hands it to QEMU in an argument without doubling it, and for QEMU the value
    /// would end there.
    static func inside(_ section: GuestSection, vCPUs: Int, _ vhosts: [VhostPort]) -> String {
        let queues = vhosts.map(\.queues).min() ?? 1
        var text = """
            # By pvpgen on the host: GuestTestpmd=yes in its [Guest] section.
            [Host]
            Role=guest
            Autostart=yes
            [Hugepages]
            PageSize=2M
            [Testpmd]
            ForwardMode=macswap
            ForwardingLcores=\(min(vCPUs - 1, vhosts.count * queues))
            Queues=\(queues)
            Memory=\(testpmdMemory >> 20)M

            """
        for place in vhosts.indices { text += "[NIC]\nPCIAddress=\(interfaceAddress(place))\n" }
        return text
    }

    /// Where interface `number` is in the guest: alone on the bus of its root port, which firmware
    /// counts in their order.
    package static func interfaceAddress(_ number: Int) -> String { "0000:\(Hexadecimal.padded(number + 1, 2)):00.0" }

    /// What testpmd in a guest gets, in bytes: enough for its packet buffers, which are as many as
    /// for 32 ports (DPDK: app/test-pmd/testpmd.c).
    static let testpmdMemory: UInt64 = 512 << 20
}
