import Config

/// The memory that a testpmd needs on its NUMA node: its packet buffers (mbufs) above all.
struct PacketBuffers {
    /// Buffers in each pool.
    let count: Int
    /// The size of the buffers of each pool in bytes, headroom included.
    let sizes: [Int]

    /// The number and size that testpmd takes with these options. By default there are enough for
    /// 32 ports with full rings (DPDK: app/test-pmd/testpmd.c, init_config; `RTE_MAX_ETHPORTS`),
    /// and 2176 bytes (`RTE_MBUF_DEFAULT_BUF_SIZE`).
    init(_ options: TestpmdOptions, lcores: Int) {
        count = options.mbufCount ?? (2048 + 250 * lcores + 2048 + 512) * 32
        sizes = options.mbufSizes.isEmpty ? [2176] : options.mbufSizes
    }

    /// What they take, in bytes.
    var bytes: UInt64 { sizes.reduce(0) { $0 + pool($1) } }

    /// What they take with what testpmd needs beside them, in bytes. `queues` are the receive and
    /// transmit queues of all ports.
    func memory(queues: Int, descriptors: Int) -> UInt64 {
        // A descriptor and its entry in the driver's own ring, and what EAL and the devices
        // allocate.
        bytes + UInt64(queues) * UInt64(descriptors) * 64 + 16 << 20
    }

    /// One pool: objects, the ring of those that are free, and the caches of 128 lcores.
    private func pool(_ size: Int) -> UInt64 {
        let perBlock = Self.block / Self.object(size)
        let blocks = (count + perBlock - 1) / perBlock
        var ring = 1
        while ring <= count { ring *= 2 }
        return UInt64(blocks * Self.block + ring * 8 + 1 << 20)
    }

    /// An object is within one page; in the pages of 1 GiB less is lost than in those of 2 MiB.
    private static let block = 2 << 20

    /// An object: its header, `struct rte_mbuf` and the buffer in cache lines, of which an odd
    /// number spreads the objects over all memory channels (DPDK: lib/mempool/rte_mempool.c,
    /// arch_mem_object_align).
    private static func object(_ size: Int) -> Int { ((64 + 128 + size + 63) / 64 | 1) * 64 }
}
