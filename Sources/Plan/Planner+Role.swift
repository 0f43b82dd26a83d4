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
        let sections =
            config.guests.map { ("[Guest]", $0.location) } + config.interfaces.map { ("[Interface]", $0.location) }
        for (title, location) in sections {
            report(
                .roleGuest, "\(title): section of a host, but [Host] Role=guest is set",
                remedy: "remove the section, or set Role=host", at: location)
        }
    }

    /// Whether a testpmd fits into a guest, beside what else is in it; that it does not is
    /// reported.
    mutating func hasRoomForTestpmd(_ guest: GuestSection, vCPUs: Int, _ vhosts: [VhostPort], owner: String) -> Bool {
        let before = problems.count
        let memory = GuestPlan.InnerTestpmd(vCPUs: vCPUs, vhosts).memory
        if vCPUs < 2 {
            report(
                .guestTestpmdVCPUs, "\(owner): GuestTestpmd=yes requires at least 2 vCPUs, got \(vCPUs)",
                remedy: "set VCPUs=3: one for each interface and one more", at: guest.location(of: "VCPUs"))
        }
        if guest.memory < 2 * memory {
            report(
                .guestTestpmdMemory,
                "\(owner): GuestTestpmd=yes reserves \(memory >> 20)M for testpmd, Memory=\(guest.memory >> 20)M "
                    + "leaves too little for the guest",
                remedy: "set Memory=\(2 * memory >> 20)M or more", at: guest.location(of: "Memory"))
        }
        return problems.count == before
    }
}

extension GuestPlan {
    /// The configuration for pvpgen in the guest: a testpmd on all of the guest's interfaces, with
    /// memory that is still available when the guest has been up for a while. There is no comma in
    /// it: libvirt 9.0 hands it to QEMU in an argument without doubling it, and for QEMU the value
    /// would end there.
    static func configuration(for section: GuestSection, vCPUs: Int, _ vhosts: [VhostPort]) -> String {
        let testpmd = InnerTestpmd(vCPUs: vCPUs, vhosts)
        var text = """
            # By pvpgen on the host: GuestTestpmd=yes in its [Guest] section.
            [Host]
            Role=guest
            Autostart=yes
            [Hugepages]
            PageSize=2M
            [Testpmd]
            ForwardMode=macswap
            ForwardingLcores=\(testpmd.lcores)
            Queues=\(testpmd.queues)
            Memory=\(testpmd.memory >> 20)M

            """
        for index in vhosts.indices { text += "[NIC]\nPCIAddress=\(interfaceAddress(index))\n" }
        return text
    }

    /// Where interface `number` is in the guest: alone on the bus of its root port, which firmware
    /// counts in their order.
    package static func interfaceAddress(_ number: Int) -> String { "0000:\(Hexadecimal.padded(number + 1, 2)):00.0" }

    /// A testpmd in the guest.
    struct InnerTestpmd {
        /// Queues of each of its ports.
        let queues: Int
        /// Its forwarding lcores.
        let lcores: Int
        /// Its memory in bytes: enough for its packet buffers, in pages of 2 MiB.
        let memory: UInt64

        init(vCPUs: Int, _ vhosts: [VhostPort]) {
            queues = vhosts.map(\.queues).min() ?? 1
            lcores = min(vCPUs - 1, vhosts.count * queues)
            let options = TestpmdOptions()
            let needed = PacketBuffers(options, lcores: lcores).memory(
                queues: 2 * vhosts.count * queues, descriptors: options.descriptors)
            memory = max(512 << 20, ((needed + 2 << 20 - 1) >> 21) << 21)
        }
    }
}
