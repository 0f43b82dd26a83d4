import Linux
import TestSupport
import Testing
import Values

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
    @Test(arguments: [(64, 20), (128, 20), (1 << 18, 1)]) func lengths(_ size: Int, _ spread: Int) throws {
        let tree = try Tree()
        let lengths = Array(size - spread...size + spread)
        for length in lengths {
            try tree.root.replace("/\(length)", with: (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7) })
        }
        func expected(_ program: String) throws -> [String] {
            try Command([program] + lengths.map { "\(tree.path)/\($0)" }).run().output
                .split(separator: "\n").map { String($0.prefix { $0 != " " }) }
        }
        let sha256 = try expected("sha256sum")
        #expect(try lengths.map { try tree.root.sha256("/\($0)") } == sha256)
        #expect(try lengths.map { SHA256.hexadecimal(try tree.root.bytes("/\($0)")) } == sha256)
        #expect(try lengths.map { try tree.root.sha512("/\($0)") } == expected("sha512sum"))
    }

    /// RFC 4231, test cases 1 and 2.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0b, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
    ])
    func authenticationCodes(_ key: [UInt8], _ message: String, _ code: String) {
        let digits = SHA256.authenticationCode(Array(message.utf8), key: key).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        #expect(digits.joined() == code)
    }

    @Test func aFileThatCannotBeReadHasNoHash() throws {
        let tree = try Tree()
        #expect(throws: SystemError.self) { try tree.root.sha256("/missing") }
    }
}
