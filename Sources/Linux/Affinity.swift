import CLinux
import Glibc

/// The CPUs that a thread may be on.
package enum Affinity {
    /// Limits a thread to CPUs (sched_setaffinity(2)).
    package static func set(_ cpus: [Int], ofThread id: Int) throws(SystemError) {
        var words = [UInt](repeating: 0, count: (cpus.max() ?? 0) / UInt.bitWidth + 1)
        for cpu in cpus where cpu >= 0 { words[cpu / UInt.bitWidth] |= 1 << UInt(cpu % UInt.bitWidth) }
        let result = words.withUnsafeBytes { clinux_set_affinity(pid_t(id), $0.baseAddress, $0.count) }
        guard result == 0 else { throw SystemError("sched_setaffinity", "thread \(id)", code: -result) }
    }
}
