public import HostTopology

/// `[Interface]`: one vhost-user interface of a guest. A guest without any has one for each NIC of its testpmd, or two in a chain of guests.
public struct InterfaceSection: NamedSection {
    /// Its name, and that of its socket.
    public var name: String?
    /// The guest that it is in.
    public var guest: String?
    /// The testpmd at its other end.
    public var testpmd: String?
    /// The NIC or interface that its port forwards to.
    public var peer: String?
    /// Queue pairs.
    public var queues = Auto<Int>.auto
    /// Descriptors in each ring.
    public var ringSize = Auto<Int>.auto
    /// The MAC address that the guest has on it.
    public var macAddress = Auto<MACAddress>.auto
    /// Where it was read.
    public var source = SectionSource()
    /// Whether there is a mistake in it.
    public var isWrong = false
    /// The section with every default.
    public init() {}
}

extension InterfaceSection {
    /// `[Interface]`
    public static let title = "Interface"
    /// What `[Interface]` is for.
    public static let documentation =
        "A guest's vhost-user interface. Without any, a guest has one for each NIC; guests between two NICs are a chain; as many guests as pairs of NICs have a pair each."
    /// interface0, interface1 and so on.
    public static func ordinalName(_ place: Int) -> String { "interface\(place)" }
    /// A drop-in adds interfaces.
    public static let isUsuallyOne = false
    /// The settings of `[Interface]`.
    public static let settings: [Setting<InterfaceSection>] = [
        Setting(
            "Name", \.name, .name, default: "interface0, interface1 and so on", "Name of the interface, and of its socket in /run/pvp/vhost"
        ),
        Setting("Guest", \.guest, .name, "The guest that it is in", need: .always),
        Setting("Testpmd", \.testpmd, .testpmdName, "The testpmd that it is connected to; that of its guest if it is not given"),
        Setting(
            "Peer", \.peer, .name,
            "The NIC or interface that its port forwards to, and from; in the order of the sections if no interface has one"),
        Setting("Queues", \.queues, .auto(or: .integer(1...64, "queues")), default: "auto", "Queue pairs; auto is those of its guest"),
        Setting(
            "RingSize", \.ringSize, .auto(or: .integer(64...1024, "descriptors")), default: "auto",
            "Descriptors in each ring, a power of two; auto is that of its guest"),
        Setting(
            "MACAddress", \.macAddress, .auto(or: .macAddress), default: "auto",
            "The guest's MAC address on it; auto is made of its name, the same at each boot"),
    ]
}
