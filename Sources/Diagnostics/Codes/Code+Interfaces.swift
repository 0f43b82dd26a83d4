extension Problem.Code {
    /// A guest is not assigned to a testpmd.
    package static let guestTestpmd = Problem.Code("guest-testpmd")
    /// A guest has too many interfaces.
    package static let guestInterfaces = Problem.Code("guest-interfaces")
    /// Ports of a testpmd cannot be paired.
    package static let portPairs = Problem.Code("port-pairs")
    /// An interface belongs to no guest.
    package static let interfaceGuest = Problem.Code("interface-guest")
    /// An interface has no peer.
    package static let peerMissing = Problem.Code("peer-missing")
    /// Peer= names no NIC and no interface.
    package static let peerUnknown = Problem.Code("peer-unknown")
    /// Peer= names the interface itself.
    package static let peerItself = Problem.Code("peer-itself")
    /// Peer= names a port of another testpmd.
    package static let peerElsewhere = Problem.Code("peer-elsewhere")
    /// Two interfaces disagree about their peer.
    package static let peerDiffers = Problem.Code("peer-differs")
    /// Two interfaces have the same peer.
    package static let peerTwice = Problem.Code("peer-twice")
    /// An interface has fewer queues than testpmd requires.
    package static let queuesFew = Problem.Code("queues-few")
    /// An interface has queues that testpmd does not serve.
    package static let queuesIdle = Problem.Code("queues-idle")
    /// RingSize= is not a power of two.
    package static let ringSize = Problem.Code("ring-size")
    /// A virtqueue is so small that it loses packets.
    package static let ringSmall = Problem.Code("ring-small")
}
