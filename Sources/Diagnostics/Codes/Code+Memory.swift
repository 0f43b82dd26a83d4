extension Problem.Code {
    /// A NUMA node does not exist.
    package static let nodeMissing = Problem.Code("node-missing")
    /// A NUMA node has too little memory.
    package static let memoryShort = Problem.Code("memory-short")
    /// The packet buffers of a testpmd do not fit into its memory.
    package static let packetBuffers = Problem.Code("packet-buffers")
    /// Pages= reserves fewer pages than required.
    package static let pagesShort = Problem.Code("pages-short")
    /// Small hugepages reduce performance.
    package static let pagesSmall = Problem.Code("pages-small")
    /// The kernel does not support the hugepage size.
    package static let pageSizeMissing = Problem.Code("page-size-missing")
    /// The kernel has fewer hugepages than required.
    package static let hugepagesShort = Problem.Code("hugepages-short")
    /// Other processes use hugepages of the plan.
    package static let hugepagesUsed = Problem.Code("hugepages-used")
    /// The number of hugepages cannot be read.
    package static let hugepagesUnreadable = Problem.Code("hugepages-unreadable")
    /// The number of hugepages cannot be set.
    package static let hugepagesUnwritable = Problem.Code("hugepages-unwritable")
    /// No hugetlbfs of the page size is mounted for libvirt.
    package static let hugepagesUnmounted = Problem.Code("hugepages-unmounted")
}
