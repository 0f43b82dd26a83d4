package import Config

/// What a build takes, measured on two CPUs of 2.6 GHz with DPDK 22.11 and QEMU 7.2.
package struct BuildEstimate: Hashable, Sendable {
    /// CPU time in seconds.
    package var seconds: Int
    /// Space for the unpacked source and the compiler's files, in MiB.
    package var mebibytes: Int

    package init(_ project: BuildProject) {
        switch project {
        case .dpdk: (seconds, mebibytes) = (150, 500)
        case .qemu: (seconds, mebibytes) = (180, 900)
        }
    }

    /// The estimate for people.
    package var text: String { "\((seconds + 59) / 60) min of CPU time, \(mebibytes) MiB while it is built" }
}
