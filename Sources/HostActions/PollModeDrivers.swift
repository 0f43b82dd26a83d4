package import HostTopology
package import Linux

/// The drivers of an installed DPDK, and the cards that each says it drives: `PMD_INFO_STRING= {…}`
/// in its file (DPDK: doc/guides/tools/pmdinfo.rst).
package struct PollModeDrivers: Hashable, Sendable {
    /// What a card must be for a driver; `nil` is any.
    fileprivate struct Match: Hashable, Sendable {
        var vendor: UInt16
        var device: UInt16
        var subsystem: [UInt16?]
    }

    /// One driver.
    package struct Driver: Hashable, Sendable {
        /// DPDK's name for it, such as `net_e1000_em`.
        package var name: String
        /// The kernel modules that a card must be on, as DPDK writes them: `* igb_uio | vfio-pci`;
        /// empty when it does not say.
        package var modules: String
        fileprivate var matches: [Match]
    }

    /// How many files with drivers were found.
    package private(set) var files = 0
    private var drivers: [Driver] = []

    /// Reads the drivers in a directory, and those that are linked into a program.
    package init(directory: String?, program: String, in root: Root) {
        let names = directory.flatMap { try? root.list($0) } ?? []
        let libraries = names.filter { $0.hasPrefix("librte_net_") && $0.hasSuffix(".so") }.map {
            "\(directory ?? "")/\($0)"
        }
        for file in [program] + libraries {
            let found = (try? root.withBytes(file) { Self.drivers(in: $0) }) ?? []
            drivers += found
            files += found.isEmpty ? 0 : 1
        }
    }

    /// A driver for a card; `nil` when there is none.
    package func driver(for card: PCIDeviceID, subsystem: PCIDeviceID?) -> Driver? {
        drivers.first { driver in
            driver.matches.contains { match in
                match.vendor == card.vendor && match.device == card.device
                    && (match.subsystem[0] == nil || match.subsystem[0] == subsystem?.vendor)
                    && (match.subsystem[1] == nil || match.subsystem[1] == subsystem?.device)
            }
        }
    }

    private static func drivers(in bytes: UnsafeRawBufferPointer) -> [Driver] {
        var drivers: [Driver] = []
        var rest = bytes[...]
        while let found = rest.range(of: "PMD_INFO_STRING= ") {
            rest = rest[found.upperBound...]
            let end = rest.firstIndex(of: 0) ?? rest.endIndex
            if let driver = driver(rest[..<end]) { drivers.append(driver) }
            rest = rest[end...]
        }
        return drivers
    }

    /// From `{"name": "net_e1000_em", "kmod": "* vfio-pci", "pci_ids": [[32902, 4110, 65535,
    /// 65535], …]}`.
    private static func driver(_ text: Slice<UnsafeRawBufferPointer>) -> Driver? {
        guard let name = word("\"name\": \"", in: text), let ids = text.range(of: "\"pci_ids\": [") else { return nil }
        let numbers = text[ids.upperBound...].split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "]") }
            .compactMap { item in
                item.split { !(48...57).contains($0) }.compactMap { UInt16(String(decoding: $0, as: UTF8.self)) }
            }
        let matches = numbers.filter { $0.count == 4 }.map { ids in
            Match(vendor: ids[0], device: ids[1], subsystem: ids[2...].map { $0 == 0xffff ? nil : $0 })
        }
        return matches.isEmpty
            ? nil : Driver(name: name, modules: word("\"kmod\": \"", in: text) ?? "", matches: matches)
    }

    /// What is between a key and the next quote.
    private static func word(_ key: StaticString, in text: Slice<UnsafeRawBufferPointer>) -> String? {
        text.range(of: key).map {
            String(decoding: text[$0.upperBound...].prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
        }
    }
}
