extension Problem.Code {
    /// The configuration has no NIC.
    package static let noNIC = Problem.Code("no-nic")
    /// A NIC has no address or more than one.
    package static let nicAddress = Problem.Code("nic-address")
    /// A host has fewer NICs that can be used than a configuration requires.
    package static let nicShort = Problem.Code("nic-short")
    /// More NICs can be used than a configuration requires.
    package static let nicAmbiguous = Problem.Code("nic-ambiguous")
    /// A network card is not a natural choice for a configuration.
    package static let nicUnsuitable = Problem.Code("nic-unsuitable")
    /// The PCI device of a NIC does not exist.
    package static let nicMissing = Problem.Code("nic-missing")
    /// A PCI device is configured as two NICs.
    package static let nicTwice = Problem.Code("nic-twice")
    /// A NIC is not assigned to a testpmd.
    package static let nicTestpmd = Problem.Code("nic-testpmd")
    /// No interface forwards to a NIC.
    package static let nicIdle = Problem.Code("nic-idle")
    /// A NIC is on another NUMA node than its testpmd.
    package static let nicFar = Problem.Code("nic-far")
    /// The PCI address of a MAC address is not recorded.
    package static let nicUnknownMAC = Problem.Code("nic-unknown-mac")
    /// The card with a recorded MAC address is in another slot.
    package static let nicMoved = Problem.Code("nic-moved")
    /// Another card is in the slot of a recorded MAC address.
    package static let nicSwapped = Problem.Code("nic-swapped")
    /// No NIC has the MAC address.
    package static let macNotFound = Problem.Code("mac-not-found")
    /// A MAC address is used twice.
    package static let macTwice = Problem.Code("mac-twice")
    /// A NIC without SR-IOV is to have virtual functions.
    package static let nicWithoutSRIOV = Problem.Code("nic-without-sriov")
    /// A NIC supports fewer virtual functions than configured.
    package static let tooManyVFs = Problem.Code("too-many-vfs")
}
