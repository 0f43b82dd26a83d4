package import Diagnostics
import Glibc
package import Linux

/// A limit for the time that CPUs take to wake up from idle. It holds for as long as the file is open
/// (kernel: Documentation/power/pm_qos_interface.rst).
package struct WakeupLatency {
    static let path = "/dev/cpu_dma_latency"
    private let descriptor: Descriptor

    /// Asks for at most so many microseconds. Throws `latency-refused`.
    package init(_ microseconds: Int, in root: Root) throws(Problem) {
        let number = open(root.path(Self.path), O_WRONLY | O_CLOEXEC)
        guard number >= 0 else { throw Self.refused("open") }
        descriptor = Descriptor(owning: number)
        guard withUnsafeBytes(of: Int32(clamping: microseconds), { write(number, $0.baseAddress, $0.count) }) == 4 else {
            throw Self.refused("write")
        }
    }

    private static func refused(_ call: String) -> Problem {
        SystemError(call, path).problem("latency-refused", remedy: "run it as root, or leave WakeupLatency= out of [Tuning]")
    }
}
