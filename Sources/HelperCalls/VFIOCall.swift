import Diagnostics
package import Values

/// What `pvp-host bind-vfio` is asked for.
package struct VFIOCall: Hashable, Sendable {
    /// The PCI function.
    package var address: PCIAddress
    /// Others of its IOMMU group that are bound to vfio-pci too.
    package var others: [PCIAddress] = []
    /// Whether it may be bound without an IOMMU.
    package var mayHaveNoIOMMU = false
    /// Whether it may be bound although the host's network uses it.
    package var exemption = NetworkExemption.none

    package init(_ address: PCIAddress) { self.address = address }

    /// All but the address.
    var options: [String] {
        var options: [String] = []
        if mayHaveNoIOMMU { options.append("--no-iommu=yes") }
        if !others.isEmpty { options.append("--with=\(others.map(\.description).joined(separator: ","))") }
        switch exemption {
        case .none: break
        case .unrecorded: options.append("--unrecorded=yes")
        case .all: options.append("--force=yes")
        }
        return options
    }

    /// Takes the options of a NIC at `address`. Throws `usage`.
    init(_ address: PCIAddress, _ reader: inout ArgumentReader) throws(Problem) {
        self.address = address
        mayHaveNoIOMMU = try Self.flag("no-iommu", &reader)
        let isForced = try Self.flag("force", &reader)
        let isUnrecorded = try Self.flag("unrecorded", &reader)
        if isForced { exemption = .all } else if isUnrecorded { exemption = .unrecorded }
        others =
            try reader.value("with", expected: "PCI addresses such as 0000:00:03.0,0000:00:03.1", Self.addresses) ?? []
    }

    private static func flag(_ name: String, _ reader: inout ArgumentReader) throws(Problem) -> Bool {
        try reader.value(name, expected: "yes") { $0 == "yes" ? true : nil } ?? false
    }

    private static func addresses(_ text: String) -> [PCIAddress]? {
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        let addresses = words.compactMap { PCIAddress(String($0)) }
        return addresses.count == words.count ? addresses : nil
    }
}
