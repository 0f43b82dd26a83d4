package import Linux
package import Values

/// What a PCI function says of the virtual functions that it can have (kernel:
/// Documentation/ABI/testing/sysfs-bus-pci, `sriov_*`; PCI Express Base Specification, 9.3.3).
package struct SRIOV: Hashable, Sendable {
    /// How many it can have.
    package var total: Int
    /// How far the first is from its parent, in routing IDs.
    package var offset: Int
    /// How far each is from the one before.
    package var stride: Int

    /// Creates a capability.
    package init(total: Int, offset: Int, stride: Int) {
        self.total = total
        self.offset = offset
        self.stride = stride
    }

    /// Of the function in a directory of `/sys`; `nil` when it cannot have any.
    package init?(in directory: String, _ root: Root) {
        // The registers have 16 bits (PCI Express Base Specification, 9.3.3.9).
        func number(_ name: String) -> Int? {
            (try? root.text("\(directory)/sriov_\(name)")).flatMap { UInt16($0) }.map(Int.init)
        }
        guard let total = number("totalvfs"), let offset = number("offset"), let stride = number("stride") else {
            return nil
        }
        self.init(total: total, offset: offset, stride: stride)
    }

    /// Where the virtual function with that number, counted from 0, is or will be; `nil` beyond the
    /// last bus.
    package func address(_ number: Int, of parent: PCIAddress) -> PCIAddress? {
        parent.advanced(by: offset + stride * number)
    }
}
