import Linux
import TestSupport
import Testing

/// A host in a tree of files, on which `pvp-image` runs as its unit would run it.
struct Host {
    static let guests = "/var/lib/pvpgen/guests"
    let tree: Tree

    /// With this in the `[Guest]` of its configuration.
    init(_ guest: String) throws {
        tree = try Tree()
        try configure(guest)
    }

    func configure(_ guest: String) throws { try tree.write("/etc/pvpgen/pvp.conf", "[Guest]\n\(guest)\n") }

    @discardableResult
    func run(_ guest: String = "guest", tools: Tree? = nil) throws -> Program.Result {
        try Program(name: "pvp-image", tools: tools).run([guest, "--root=\(tree.path)"])
    }

    /// A disk image that firmware would boot, with nothing else in it than a pattern.
    static func image(_ megabytes: Int = 1) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: megabytes << 20)
        for place in stride(from: 512, to: bytes.count, by: 512) {
            bytes[place] = UInt8(truncatingIfNeeded: place >> 9)
            bytes[place + 1] = UInt8(truncatingIfNeeded: place >> 17)
        }
        (bytes[510], bytes[511]) = (0x55, 0xaa)
        return bytes
    }

    func place(_ path: String, _ bytes: [UInt8] = image()) throws { try tree.root.replace(path, with: bytes) }

    /// The whole of what a guest sees on its disk.
    func content(_ guest: String = "guest") throws -> [UInt8] {
        let raw = tree.root.path("/raw-\(guest)")
        let disk = tree.root.path("\(Self.guests)/\(guest)/disk.qcow2")
        let result = try Command(["qemu-img", "convert", "-O", "raw", disk, raw]).run()
        #expect(result.status == 0, "\(result.output)")
        return try tree.root.bytes("/raw-\(guest)")
    }

    func sum(_ path: String) throws -> String {
        let output = try Command(["sha256sum", tree.root.path(path)]).run().output
        return "sha256:\(output.prefix(64))"
    }

    func has(_ path: String) -> Bool { tree.root.exists(path) }
}
