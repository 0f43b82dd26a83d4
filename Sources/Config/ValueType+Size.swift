import Values

extension ValueType where Value == UInt64 {
    /// Bytes, base 1024, as systemd reads them (`parse_size()`, in `systemd.syntax(7)` the sizes of
    /// `MemoryMax=` and others): at most 256 TiB, and not 0.
    static let size = ValueType(
        "a size such as 512M or 4G", name: "size", unit: "bytes",
        syntax:
            "A number of bytes. K, M, G, T, P and E behind it multiply by powers of 1024, B by 1; "
            + "fractions such as 1.5G and sums such as 1G 512M, the largest first, may be written too"
    ) { ByteSize($0)?.bytes }
}
