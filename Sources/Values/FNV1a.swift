/// A short hash: for names that must not change, not for secrets (FNV-1a).
package enum FNV1a {
    /// The hash in 32 bits.
    package static func hash32(_ bytes: [UInt8]) -> UInt32 {
        bytes.reduce(0x811c_9dc5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    }

    /// The hash in 64 bits; `basis` is the hash of no bytes: another basis gives another hash.
    package static func hash64(_ bytes: [UInt8], basis: UInt64 = 0xcbf2_9ce4_8422_2325) -> UInt64 {
        bytes.reduce(basis) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
