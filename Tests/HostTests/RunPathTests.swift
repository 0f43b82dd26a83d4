import Testing

@testable import HostActions

@Suite struct RunPathTests {
    static func bytes(_ number: UInt64, _ count: Int = 8) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
    }

    /// A program with one program header, at 64, and a dynamic segment, at 120.
    static func program(_ tags: [UInt64], kind: UInt64 = 2, length: UInt64? = nil) -> [UInt8] {
        let dynamic = tags.flatMap { bytes($0) + bytes($0 + 100) }
        let header =
            [0x7f, 0x45, 0x4c, 0x46, 2, 1] + [UInt8](repeating: 0, count: 26) + bytes(64)
            + [UInt8](repeating: 0, count: 14) + bytes(56, 2) + bytes(1, 2) + [UInt8](repeating: 0, count: 6)
        let segment =
            bytes(kind, 4) + bytes(0, 4) + bytes(120) + bytes(0) + bytes(0) + bytes(length ?? UInt64(dynamic.count))
            + bytes(0) + bytes(0)
        return header + segment + dynamic
    }

    @Test func bothPathsAreRemovedAndTheSizeStays() {
        var file = Self.program([1, 15, 5, 29, 6, 0])
        #expect(RunPath.remove(from: &file))
        // The value of DT_NULL has no meaning.
        var expected = Self.program([1, 5, 6, 0, 0, 0])
        for index in (120 + 4 * 16)..<expected.count { expected[index] = 0 }
        #expect(file == expected)
        #expect(!RunPath.remove(from: &file))
    }

    @Test(arguments: [
        program([1, 5, 0]), program([1, 29, 0], kind: 1), program([29], length: 1 << 40),
        program([29], length: .max), Array("#!/bin/sh\n".utf8), [], Array(program([29]).prefix(100)),
        Array(program([29]).prefix(50)),
    ]) func anotherFileIsNotChanged(_ file: [UInt8]) {
        var copy = file
        #expect(!RunPath.remove(from: &copy))
        #expect(copy == file)
    }
}
