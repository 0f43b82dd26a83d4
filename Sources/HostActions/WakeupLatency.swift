package import Diagnostics
package import Linux

/// A limit for the time that CPUs take to wake up from idle. It holds for as long as the file is
/// open (kernel: Documentation/power/pm_qos_interface.rst).
package struct WakeupLatency {
    static let path = "/dev/cpu_dma_latency"
    private let descriptor: Descriptor

    /// Asks for at most so many microseconds. Throws `latency-refused`.
    package init(_ microseconds: Int, in root: Root) throws(Problem) {
        do throws(SystemError) {
            descriptor = try root.setOpen(Self.path, withUnsafeBytes(of: Int32(clamping: microseconds)) { Array($0) })
        } catch {
            throw error.problem(
                .latencyRefused, remedy: "run the command as root, or leave WakeupLatency= out of [Tuning]")
        }
    }
}
