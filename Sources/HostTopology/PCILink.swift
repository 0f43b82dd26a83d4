package import Linux

/// A PCI Express link (kernel: Documentation/ABI/testing/sysfs-bus-pci, `current_link_speed`,
/// `current_link_width`).
package struct PCILink: CustomStringConvertible {
    /// Transfers a second on each lane, in units of 100 million.
    package let rate: Int
    package let lanes: Int

    /// The link as it is (`current`) or as the card could have it (`max`); `nil` for a function
    /// without one.
    package init?(in directory: String, _ which: String, _ root: Root) {
        guard let speed = try? root.text("\(directory)/\(which)_link_speed"),
            let lanes = (try? root.text("\(directory)/\(which)_link_width"))
                .flatMap({ Int($0) }), lanes > 0, let word = speed.split(separator: " ").first
        else { return nil }
        // `8.0 GT/s PCIe`; "Unknown" for a link that is down.
        let parts = word.split(separator: ".").compactMap { Int($0) }
        guard parts.count == 2 else { return nil }
        rate = parts[0] * 10 + parts[1]
        self.lanes = lanes
    }

    /// What it carries after its encoding: 8b/10b up to 5 GT/s, then 128b/130b, flits from 64 GT/s
    /// on (PCI Express Base Specification, 4.2).
    package var megabits: Int {
        switch rate {
        case ...50: rate * 100 * lanes * 8 / 10
        case ..<640: rate * 100 * lanes * 128 / 130
        default: rate * 100 * lanes * 242 / 256
        }
    }

    package var description: String { "\(rate / 10).\(rate % 10) GT/s x\(lanes)" }
}
