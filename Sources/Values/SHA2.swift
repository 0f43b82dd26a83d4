/// A hash of FIPS 180-4, 6.2 and 6.4, over bytes that arrive in pieces. SHA-256 has words of 32
/// bits, SHA-512 of 64.
package struct SHA2<Word: SHA2Word> {
    private var state: InlineArray<8, Word>
    /// Bytes that are no whole block yet.
    private var rest: [UInt8] = []
    private var count = 0
    private let constants: [Word]

    private static var blockSize: Int { Word.bitWidth * 2 }

    fileprivate init() {
        state = InlineArray { Word(leading: SHA2Constants.initial[$0]) }
        constants = SHA2Constants.rounds.prefix(Word.rounds).map(Word.init(leading:))
    }

    fileprivate mutating func update(_ bytes: UnsafeRawBufferPointer) {
        count += bytes.count
        var bytes = bytes[...]
        if !rest.isEmpty {
            let missing = bytes.prefix(Self.blockSize - rest.count)
            rest += missing
            bytes = bytes[missing.endIndex...]
            if rest.count < Self.blockSize { return }
            let block = rest
            block.withUnsafeBytes { compress($0) }
        }
        let tail = bytes.count % Self.blockSize
        compress(UnsafeRawBufferPointer(rebasing: bytes.dropLast(tail)))
        rest = Array(bytes.suffix(tail))
    }

    /// The hash in hexadecimal digits.
    fileprivate consuming func hexadecimal() -> String {
        finish().map { Hexadecimal.padded($0, Word.bitWidth / 4) }.joined()
    }

    /// The words of the hash.
    fileprivate consuming func finish() -> [Word] {
        let lengthSize = Word.bitWidth / 4
        let zeros = (2 * Self.blockSize - 1 - lengthSize - rest.count) % Self.blockSize
        let end = [0x80] + [UInt8](repeating: 0, count: zeros + lengthSize - 8)
        let bits = UInt64(count) * 8
        (end + stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> $0) }).withUnsafeBytes {
            update($0)
        }
        return state.indices.map { state[$0] }
    }

    /// Takes whole blocks.
    private mutating func compress(_ blocks: UnsafeRawBufferPointer) {
        var words = InlineArray<16, Word>(repeating: 0)
        let size = Word.bitWidth / 8
        for block in stride(from: 0, to: blocks.count, by: Self.blockSize) {
            for index in 0..<16 {
                words[index] = Word(
                    bigEndian: blocks.loadUnaligned(fromByteOffset: block + index * size, as: Word.self))
            }
            var (a, b, c, d) = (state[0], state[1], state[2], state[3])
            var (e, f, g, h) = (state[4], state[5], state[6], state[7])
            for round in stride(from: 0, to: Word.rounds, by: 16) {
                for index in 0..<16 {
                    let first = h &+ e.mixedHigh &+ (e & f ^ ~e & g) &+ constants[round + index] &+ words[index]
                    let second = a.mixedLow &+ (a & b ^ a & c ^ b & c)
                    (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
                    // The word of the round that is 16 later.
                    words[index] &+=
                        words[(index + 1) & 15].expandedLow &+ words[(index + 9) & 15]
                        &+ words[(index + 14) & 15].expandedHigh
                }
            }
            let turned: InlineArray<8, Word> = [a, b, c, d, e, f, g, h]
            for index in 0..<8 { state[index] &+= turned[index] }
        }
    }
}

/// What differs between the two hashes (4.1.2, 4.1.3).
package protocol SHA2Word: FixedWidthInteger, UnsignedInteger {
    static var rounds: Int { get }
    /// Sigma 0 and 1 of the state, sigma 0 and 1 of the message's expansion.
    var mixedLow: Self { get }
    var mixedHigh: Self { get }
    var expandedLow: Self { get }
    var expandedHigh: Self { get }
}

extension SHA2Word {
    fileprivate init(leading bits: UInt64) { self.init(truncatingIfNeeded: bits >> UInt64(64 - Self.bitWidth)) }

    @inline(__always) fileprivate func turned(_ count: Self) -> Self {
        self &>> count | self &<< (Self(Self.bitWidth) &- count)
    }
}

extension UInt32: SHA2Word {
    package static var rounds: Int { 64 }
    package var mixedLow: UInt32 { turned(2) ^ turned(13) ^ turned(22) }
    package var mixedHigh: UInt32 { turned(6) ^ turned(11) ^ turned(25) }
    package var expandedLow: UInt32 { turned(7) ^ turned(18) ^ self &>> 3 }
    package var expandedHigh: UInt32 { turned(17) ^ turned(19) ^ self &>> 10 }
}

extension UInt64: SHA2Word {
    package static var rounds: Int { 80 }
    package var mixedLow: UInt64 { turned(28) ^ turned(34) ^ turned(39) }
    package var mixedHigh: UInt64 { turned(14) ^ turned(18) ^ turned(41) }
    package var expandedLow: UInt64 { turned(1) ^ turned(8) ^ self &>> 7 }
    package var expandedHigh: UInt64 { turned(19) ^ turned(61) ^ self &>> 6 }
}

package typealias SHA256 = SHA2<UInt32>
package typealias SHA512 = SHA2<UInt64>

extension SHA2<UInt32> {
    /// Returns the SHA-256 of a message, which arrives in pieces, as 64 hexadecimal digits.
    package static func hexadecimal<E>(ofPieces pieces: ((UnsafeRawBufferPointer) -> Void) throws(E) -> Void) throws(E)
        -> String
    {
        var hash = SHA256()
        try pieces { hash.update($0) }
        return hash.hexadecimal()
    }

    /// Returns the SHA-256 of a message as 64 hexadecimal digits.
    package static func hexadecimal(_ message: [UInt8]) -> String {
        var hash = SHA256()
        message.withUnsafeBytes { hash.update($0) }
        return hash.hexadecimal()
    }

    /// Returns the 32 bytes of a message's authentication code (RFC 2104), which discloses nothing
    /// about the key. A key has 64 bytes at most.
    package static func authenticationCode(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        let padded = key + [UInt8](repeating: 0, count: max(0, 64 - key.count))
        return bytes(padded.map { $0 ^ 0x5c } + bytes(padded.map { $0 ^ 0x36 } + message))
    }

    private static func bytes(_ message: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        message.withUnsafeBytes { hash.update($0) }
        return hash.finish().flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
    }
}

extension SHA2<UInt64> {
    /// Returns the SHA-512 of a message, which arrives in pieces, as 128 hexadecimal digits.
    package static func hexadecimal<E>(ofPieces pieces: ((UnsafeRawBufferPointer) -> Void) throws(E) -> Void) throws(E)
        -> String
    {
        var hash = SHA512()
        try pieces { hash.update($0) }
        return hash.hexadecimal()
    }
}
