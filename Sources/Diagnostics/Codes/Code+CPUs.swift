extension Problem.Code {
    /// A configured CPU is offline.
    package static let cpuOffline = Problem.Code("cpu-offline")
    /// A configured CPU belongs to the core of CPU 0.
    package static let cpuZero = Problem.Code("cpu-zero")
    /// A configured CPU is already in use.
    package static let cpuInUse = Problem.Code("cpu-in-use")
    /// A configured CPU is on another NUMA node.
    package static let cpuFar = Problem.Code("cpu-far")
    /// Configured CPUs are SMT siblings.
    package static let cpuSiblings = Problem.Code("cpu-siblings")
    /// A NUMA node has too few cores for the lcores.
    package static let lcoresShort = Problem.Code("lcores-short")
    /// ForwardingLcores= and CPUs= contradict each other.
    package static let lcoresDiffer = Problem.Code("lcores-differ")
    /// More lcores are configured than queues exist.
    package static let lcoresIdle = Problem.Code("lcores-idle")
    /// A NUMA node has too few cores for the vCPUs.
    package static let vcpusShort = Problem.Code("vcpus-short")
    /// VCPUs= and CPUs= contradict each other.
    package static let vcpusDiffer = Problem.Code("vcpus-differ")
    /// No core of a NUMA node is left for housekeeping.
    package static let noHousekeeping = Problem.Code("no-housekeeping")
    /// A housekeeping CPU is isolated.
    package static let housekeepingIsolated = Problem.Code("housekeeping-isolated")
    /// IsolatedCPUs= names CPUs reserved for the host.
    package static let isolatedReserved = Problem.Code("isolated-reserved")
    /// IsolatedCPUs= lacks CPUs that testpmd or a guest uses.
    package static let notIsolated = Problem.Code("not-isolated")
}
