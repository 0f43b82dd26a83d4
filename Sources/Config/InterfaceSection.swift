package import Values

/// `[Interface]`: one vhost-user interface of a guest. A guest without any has one for each NIC of
/// its testpmd, or two in a chain of guests.
package struct InterfaceSection: NamedSection {
    /// Its name, and that of its socket.
    package var name: String?
    /// The guest that it is in.
    package var guest: String?
    /// The testpmd at its other end.
    package var testpmd: String?
    /// The NIC or interface that its port forwards to.
    package var peer: String?
    /// Queue pairs.
    package var queues = Auto<Int>.auto
    /// Descriptors in each ring.
    package var ringSize = Auto<Int>.auto
    /// The MAC address that the guest has on it.
    package var macAddress = Auto<MACAddress>.auto
    /// Where it was read.
    package var source = SectionSource()
    /// Whether the section has an error.
    package var isWrong = false
    /// The section with every default.
    package init() {}
}

extension InterfaceSection {
    /// `[Interface]`
    package static let title = "Interface"
    /// What `[Interface]` is for.
    package static let documentation =
        "Describes a vhost-user interface of a guest. Without any, a guest has one for each NIC of its testpmd. "
        + "Several guests between two NICs form a chain; as many guests as pairs of NICs get a pair each."
    /// interface0, interface1 and so on.
    package static func ordinalName(_ index: Int) -> String { "interface\(index)" }
    /// A drop-in adds interfaces.
    package static let isUsuallyOne = false
    /// The settings of `[Interface]`.
    package static let settings: [Setting<InterfaceSection>] = [
        Setting(
            "Name", \.name, .name, default: "interface0, interface1 and so on",
            summary: "Name of the interface and of its socket",
            description: "Specifies the name of the interface, and of its socket in /run/pvp/vhost/."),
        Setting(
            "Guest", \.guest, .name,
            summary: "Guest that the interface belongs to",
            description: "Specifies the guest that the interface belongs to.",
            need: .always),
        Setting(
            "Testpmd", \.testpmd, .testpmdName,
            summary: "testpmd that the interface is connected to",
            description:
                "Specifies the testpmd that the interface is connected to. If not set, the testpmd of the guest."),
        Setting(
            "Peer", \.peer, .name,
            summary: "NIC or interface that testpmd forwards to and from",
            description:
                "Specifies the NIC or interface that testpmd forwards to and from. If no interface has a peer, "
                + "the order of the sections decides."),
        Setting(
            "Queues", \.queues, .auto(or: .integer(1...64, "queues")), default: "auto",
            summary: "Queue pairs",
            description: "Specifies the number of queue pairs. auto: Queues= of the guest."),
        Setting(
            "RingSize", \.ringSize, .auto(or: .integer(64...1024, "descriptors")), default: "auto",
            summary: "Descriptors in each virtqueue, a power of two",
            description:
                "Specifies the number of descriptors in each virtqueue. Takes a power of two. "
                + "auto: RingSize= of the guest."
        ),
        Setting(
            "MACAddress", \.macAddress, .auto(or: .macAddress), default: "auto",
            summary: "MAC address of the interface in the guest",
            description:
                "Specifies the MAC address of the interface in the guest. auto: derived from its name, "
                + "the same at each boot."
        ),
    ]
}
