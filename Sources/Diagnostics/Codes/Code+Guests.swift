extension Problem.Code {
    /// A guest has nothing to boot from.
    package static let guestImage = Problem.Code("guest-image")
    /// Kernel options are set without Kernel=.
    package static let guestKernel = Problem.Code("guest-kernel")
    /// Memory= is not a multiple of the hugepage size.
    package static let guestMemory = Problem.Code("guest-memory")
    /// The name of a guest is reserved.
    package static let guestName = Problem.Code("guest-name")
    /// A guest is on another NUMA node than its testpmd.
    package static let guestFar = Problem.Code("guest-far")
    /// Settings of a guest's disk contradict each other.
    package static let guestDisk = Problem.Code("guest-disk")
    /// A guest has too few vCPUs for its own testpmd.
    package static let guestTestpmdVCPUs = Problem.Code("guest-testpmd-vcpus")
    /// A guest has too little memory for its own testpmd.
    package static let guestTestpmdMemory = Problem.Code("guest-testpmd-memory")
    /// Images of guests contradict each other.
    package static let imageTwice = Problem.Code("image-twice")
    /// The domain XML of a guest is invalid.
    package static let domainXML = Problem.Code("domain-xml")
    /// ReadyWhen=ssh is set for a guest without an address.
    package static let readySSH = Problem.Code("ready-ssh")
}
