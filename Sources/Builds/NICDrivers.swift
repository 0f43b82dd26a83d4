package import HostTopology

/// The drivers that a DPDK needs for NICs. Vendors, devices and dependencies are from
/// `drivers/net/*` and `drivers/common/*` of DPDK 20.11 to 25.11. A name that a release lacks
/// matches nothing there, so there is one table for all releases.
package enum NICDrivers {
    private struct Entry {
        var vendor: UInt16
        /// The devices that the drivers are for; empty for all without an entry of their own.
        var devices: Set<UInt16> = []
        var drivers: [String]
    }

    /// Returns the drivers for these devices, with the drivers that they depend on.
    package static func drivers(for devices: [PCIDeviceID]) -> [String] {
        Set(devices.flatMap { entry(of: $0)?.drivers ?? [] }).sorted()
    }

    /// Returns whether DPDK has a driver for the device.
    package static func isKnown(_ device: PCIDeviceID) -> Bool { entry(of: device) != nil }

    private static func entry(of device: PCIDeviceID) -> Entry? {
        let entries = entries.filter { $0.vendor == device.vendor }
        return entries.first { $0.devices.contains(device.device) } ?? entries.first { $0.devices.isEmpty }
    }

    private static let entries = [
        // Intel. The drivers of a vendor's current NICs are built together: device IDs are added in
        // each stable release. Before 25.03, iavf, ice and idpf share code in common/; since then,
        // ice and cpfl use net/iavf and net/idpf.
        Entry(
            vendor: 0x8086,
            drivers: [
                "common/iavf", "common/idpf", "net/e1000", "net/i40e", "net/iavf", "net/ice", "net/idpf", "net/igc",
                "net/ixgbe",
            ]),
        Entry(vendor: 0x8086, devices: [0x15a4, 0x15a5, 0x15d0, 0x15d5], drivers: ["net/fm10k"]),
        Entry(vendor: 0x8086, devices: [0x1453, 0x11e0], drivers: ["common/idpf", "net/cpfl", "net/idpf"]),
        // NVIDIA (Mellanox): ConnectX-4 and newer, then ConnectX-3. Both need rdma-core.
        Entry(vendor: 0x15b3, drivers: ["bus/auxiliary", "common/mlx5", "net/mlx5"]),
        Entry(vendor: 0x15b3, devices: [0x1003, 0x1004, 0x1007], drivers: ["net/mlx4"]),
        // Broadcom NetXtreme-C and -E, then the older NetXtreme II, also sold by QLogic.
        Entry(vendor: 0x14e4, drivers: ["net/bnxt"]),
        Entry(vendor: 0x14e4, devices: netXtremeII, drivers: ["net/bnx2x"]),
        Entry(vendor: 0x1077, drivers: ["net/qede"]),
        Entry(vendor: 0x1077, devices: netXtremeII, drivers: ["net/bnx2x"]),
        // Virtual NICs of QEMU, VMware, Amazon, Google and Microsoft.
        Entry(vendor: 0x1af4, drivers: ["net/virtio"]),
        Entry(vendor: 0x15ad, drivers: ["net/vmxnet3"]),
        Entry(vendor: 0x1d0f, drivers: ["net/ena"]),
        Entry(vendor: 0x1ae0, drivers: ["net/gve"]),
        Entry(vendor: 0x1414, drivers: ["net/mana"]),
        // Chelsio, Cisco, and Marvell as accelerators on x86.
        Entry(vendor: 0x1425, drivers: ["net/cxgbe"]),
        Entry(vendor: 0x1137, drivers: ["net/enic"]),
        Entry(vendor: 0x177d, drivers: ["net/octeon_ep", "net/octeontx_ep"]),
        // Solarflare and Xilinx.
        Entry(vendor: 0x1924, drivers: ["common/sfc_efx", "net/sfc"]),
        Entry(vendor: 0x10ee, drivers: ["common/sfc_efx", "net/sfc"]),
        // Netronome and Corigine.
        Entry(vendor: 0x19ee, drivers: ["common/nfp", "net/nfp"]),
        Entry(vendor: 0x1da8, drivers: ["common/nfp", "net/nfp"]),
        // Huawei.
        Entry(vendor: 0x19e5, drivers: ["net/hinic", "net/hinic3"]),
        // AMD Pensando and AMD.
        Entry(vendor: 0x1dd8, drivers: ["common/ionic", "net/ionic"]),
        Entry(vendor: 0x1022, drivers: ["net/axgbe"]),
        // Aquantia, Realtek, Wangxun, ZTE, Napatech, Atomic Rules, Nebulamatrix, Yunsilicon, Mucse.
        Entry(vendor: 0x1d6a, drivers: ["net/atlantic"]),
        Entry(vendor: 0x10ec, drivers: ["net/r8169"]),
        Entry(vendor: 0x8088, drivers: ["net/ngbe", "net/txgbe"]),
        Entry(vendor: 0x1cf2, drivers: ["net/zxdh"]),
        Entry(vendor: 0x18f4, drivers: ["net/ntnic"]),
        Entry(vendor: 0x1d6c, drivers: ["net/ark"]),
        Entry(vendor: 0x1f0f, drivers: ["net/nbl"]),
        Entry(vendor: 0x1f67, drivers: ["net/xsc"]),
        Entry(vendor: 0x8848, drivers: ["net/rnp"]),
    ]

    /// `CHIP_NUM_*` of drivers/net/bnx2x/bnx2x.h.
    private static let netXtremeII: Set<UInt16> = [
        0x164e, 0x164f, 0x1650, 0x1662, 0x1663, 0x166f, 0x168a, 0x16a5, 0x16a9, 0x168e, 0x16ae, 0x16af, 0x163d,
        0x163e, 0x163f, 0x168d, 0x16ab, 0x16a1, 0x16a2, 0x16a4, 0x16ad,
    ]
}
