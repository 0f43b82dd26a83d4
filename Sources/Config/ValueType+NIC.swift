import Values

extension ValueType where Value == MACAddress {
    static let macAddress = ValueType("a MAC address such as 52:54:00:12:34:56, of one interface") { text in
        MACAddress(text).flatMap { $0.isUnicast ? $0 : nil }
    }
}

extension ValueType where Value == PCIPath {
    static let pciPath = ValueType("a PCI path such as 0000:16:02.0/00.0") { PCIPath($0) }
}
