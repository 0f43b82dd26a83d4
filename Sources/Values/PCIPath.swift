/// The way to a PCI function from the host: a first function, then device and function behind each
/// bridge, written `0000:16:02.0/00.0`. It stays when buses are renumbered (kernel:
/// admin-guide/kernel-parameters.rst, `pci=`; `lspci -DP` prints it).
package struct PCIPath: Hashable, Sendable, CustomStringConvertible {
    /// The function on the host's own bus: a bridge when there are steps.
    package let first: PCIAddress
    /// Device and function on the bus behind each bridge, as `00.0`.
    package let steps: [String]

    /// Reads `0000:16:02.0/00.0`, with at least one step; `nil` when it is anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 1, let first = PCIAddress(String(parts[0])) else { return nil }
        // A step is the end of an address: read as one on bus 0.
        let steps = parts.dropFirst().compactMap { PCIAddress("00:\($0)") }
        guard steps.count == parts.count - 1 else { return nil }
        self.first = first
        self.steps = steps.map { "\(Hexadecimal.padded($0.device, 2)).\($0.function)" }
    }

    /// As it is written.
    package var description: String { ([first.description] + steps).joined(separator: "/") }
}
