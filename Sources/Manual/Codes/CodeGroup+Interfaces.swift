import Diagnostics

extension CodeGroup {
    static let interfaces = CodeGroup(
        "Interfaces and forwarding",
        [
            CodeDocumentation(
                .guestTestpmd, "A guest is not assigned to a testpmd",
                """
                There are several testpmds, and the configuration does not say which one the guest is connected \
                to.
                Testpmd= is missing in a [Guest] section, and the numbers of guests and testpmds differ.
                Set Testpmd= in each [Guest] section.
                """),
            CodeDocumentation(
                .guestInterfaces, "A guest has too many interfaces",
                """
                A guest has more interfaces than its PCI bus has room for.
                Many [Interface] sections name the same guest, or it is connected to many NICs.
                Assign some of the interfaces to another guest.
                """),
            CodeDocumentation(
                .portPairs, "Ports of a testpmd cannot be paired",
                """
                testpmd forwards between pairs of ports. The numbers of NICs, guests and interfaces do not determine \
                the pairs.
                A testpmd has an odd number of NICs, or more or fewer interfaces than NICs, and no Peer= is set.
                Use as many interfaces as NICs, two interfaces in each guest, or define each pair with [Interface] \
                sections and Peer=.
                """),
            CodeDocumentation(
                .interfaceGuest, "An interface belongs to no guest",
                """
                An [Interface] section has no Guest=, or Guest= names a guest that does not exist.
                The name is misspelled, or the [Guest] section has an error.
                Set Guest= to one of the names in the remedy.
                """),
            CodeDocumentation(
                .peerMissing, "An interface has no peer",
                """
                Other interfaces of the same testpmd have a Peer=, but no port forwards to this one.
                An [Interface] section was added without Peer=, or the interface was created by default.
                Set Peer= in the [Interface] section.
                """),
            CodeDocumentation(
                .peerUnknown, "Peer= names no NIC and no interface",
                """
                Peer= names neither a NIC nor an interface.
                The name is misspelled, or the section that it names has an error.
                Use one of the names in the remedy.
                """),
            CodeDocumentation(
                .peerItself, "Peer= names the interface itself",
                """
                Peer= names the interface that it is set for. A port cannot forward to itself.
                A section was copied and Peer= was not adapted.
                Name a NIC or another interface.
                """),
            CodeDocumentation(
                .peerElsewhere, "Peer= names a port of another testpmd",
                """
                Peer= names a port of another testpmd. One testpmd forwards between its own ports only.
                The NIC or the guest is assigned to another testpmd than the interface.
                Name a port of the same testpmd, or change Testpmd= of one of them.
                """),
            CodeDocumentation(
                .peerDiffers, "Two interfaces disagree about their peer",
                """
                Interface A has B as its peer, and B has another peer.
                Only one of two Peer= settings was changed.
                Let both name each other, or set Peer= in one of the two sections only.
                """),
            CodeDocumentation(
                .peerTwice, "Two interfaces have the same peer",
                """
                The port that Peer= names is already the peer of another interface.
                A section was copied and Peer= was not adapted.
                Give each port one peer.
                """),
            CodeDocumentation(
                .queuesFew, "An interface has fewer queues than testpmd requires",
                """
                The interface of the guest has fewer queues than testpmd uses on each port.
                Queues= is set in [Testpmd] and to a smaller number in [Guest].
                Set Queues= in [Guest] to the number in the message, or to auto.
                """),
            CodeDocumentation(
                .queuesIdle, "An interface has queues that testpmd does not serve",
                """
                The interface of the guest has more queues than testpmd serves. Packets that the guest sends on \
                the others are lost. This is a warning.
                Queues= was raised in [Guest] only.
                Set the same Queues= in [Testpmd], or use auto in [Guest].
                """),
            CodeDocumentation(
                .ringSize, "RingSize= is not a power of two",
                """
                The number of descriptors in a virtqueue must be a power of two, up to 1024.
                A size of another device was copied.
                Use 256, 512 or 1024.
                """),
            CodeDocumentation(
                .ringSmall, "A virtqueue is so small that it loses packets",
                """
                Virtqueues with fewer than 1024 entries overflow while a vCPU is interrupted for a short time. \
                This is a warning.
                RingSize= was lowered.
                Set RingSize=1024, or remove it.
                """),
        ])
}
