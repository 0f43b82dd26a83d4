import Testing
import Values

@Suite struct ChecksumTests {
    @Test func checksums() {
        let sum = String(repeating: "aB", count: 32)
        #expect(Checksum("sha256:\(sum)") == Checksum(.sha256, sum.lowercased()))
        #expect(Checksum("sha512:\(sum)\(sum)")?.description == "sha512:\(sum.lowercased())\(sum.lowercased())")
        for wrong in ["", sum, "sha256:", "sha256:\(sum)0", "sha512:\(sum)", "md5:\(sum)", "sha256:\(sum.dropLast())g"]
        {
            #expect(Checksum(wrong) == nil, "\(wrong)")
        }
    }
}
