/// Which NICs that the host's network uses `pvp-host bind-vfio` binds all the same.
package enum NetworkExemption: Hashable, Sendable {
    /// None.
    case none
    /// Those that carry no address or route now, although `pvpgen install` has recorded nothing:
    /// the host of a guest says which NICs are for testpmd.
    case unrecorded
    /// All: Force=yes.
    case all
}
