import Linux
import TestSupport
import Testing

@Suite struct SHA2Tests {
    /// FIPS 180-4's examples, as NIST publishes them.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func examples(_ text: String, _ hash: String) { #expect(SHA256.hexadecimal(Array(text.utf8)) == hash) }

    /// Every length around the ends of blocks and of pieces, against coreutils.
    @Test(arguments: [64, 128, 1 << 18]) func lengths(_ size: Int) throws {
        let tree = try Tree()
        let lengths = Array(size - 20...size + 20)
        for length in lengths { try tree.root.replace("/\(length)", with: (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7) }) }
        func expected(_ program: String) throws -> [String] {
            try Command([program] + lengths.map { "\(tree.path)/\($0)" }).run().output
                .split(separator: "\n").map { String($0.prefix { $0 != " " }) }
        }
        let sha256 = try expected("sha256sum")
        #expect(try lengths.map { try tree.root.sha256("/\($0)") } == sha256)
        #expect(try lengths.map { SHA256.hexadecimal(try tree.root.bytes("/\($0)")) } == sha256)
        #expect(try lengths.map { try tree.root.sha512("/\($0)") } == expected("sha512sum"))
    }

    @Test func aFileThatCannotBeReadHasNoHash() throws {
        let tree = try Tree()
        #expect(throws: SystemError.self) { try tree.root.sha256("/missing") }
    }
}
