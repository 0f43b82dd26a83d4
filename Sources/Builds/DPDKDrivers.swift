/// The drivers of DPDK 20.11 and 21.02, which can only be built without some (`disable_drivers`).
/// Later releases have `enable_drivers`.
enum DPDKDrivers {
    /// The directories of `drivers/` that have a driver that a build may need, with their drivers.
    private static let names = [
        "bus": "dpaa fslmc ifpga pci vdev vmbus",
        "common": "cpt dpaax iavf mlx5 mvep octeontx octeontx2 qat sfc_efx",
        "mempool": "bucket dpaa dpaa2 octeontx octeontx2 ring stack",
        "net": "af_packet af_xdp ark atlantic avp axgbe bnx2x bnxt bonding cxgbe dpaa dpaa2 e1000 ena enetc enic "
            + "failsafe fm10k hinic hns3 i40e iavf ice igc ionic ipn3ke ixgbe kni liquidio memif mlx4 mlx5 mvneta "
            + "mvpp2 netvsc nfb nfp null octeontx octeontx2 octeontx_ep pcap pfe qede ring sfc softnic szedata2 "
            + "tap thunderx txgbe vdev_netvsc vhost virtio vmxnet3",
    ]

    /// The directories of `drivers/` with drivers for other devices than NICs.
    private static let classes = ["baseband", "compress", "crypto", "event", "raw", "regex", "vdpa"]

    /// Returns what `disable_drivers` has to name so that these drivers are built. Of a class for
    /// other devices, either all drivers are built or none.
    static func others(than selection: [String]) -> [String] {
        let wanted = Set(selection)
        let wantedClasses = Set(selection.compactMap { $0.split(separator: "/").first.map(String.init) })
        return classes.filter { !wantedClasses.contains($0) }.map { "\($0)/*" }
            + names.sorted { $0.key < $1.key }.flatMap { directory, drivers in
                drivers.split(separator: " ").map { "\(directory)/\($0)" }.filter { !wanted.contains($0) }
            }
    }
}
