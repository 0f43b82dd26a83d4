/// What a NIC is named by.
package enum NICSelector: Hashable, Sendable {
    /// Its PCI address.
    case address(PCIAddress)
    /// Its permanent MAC address.
    case mac(MACAddress)
    /// The way to it through bridges.
    case path(PCIPath)
}
