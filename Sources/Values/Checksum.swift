/// A checksum that a file must have.
package struct Checksum: Hashable, Sendable, CustomStringConvertible {
    /// How it is worked out.
    package enum Algorithm: String, CaseIterable, Hashable, Sendable {
        case sha256
        case sha512

        /// Hexadecimal digits of a sum.
        var digits: Int { self == .sha256 ? 64 : 128 }
    }

    /// How it is worked out.
    package var algorithm: Algorithm
    /// The sum in lower-case hexadecimal digits.
    package var sum: String

    /// A sum by one of the algorithms.
    package init(_ algorithm: Algorithm, _ sum: String) {
        self.algorithm = algorithm
        self.sum = sum
    }

    /// Reads `sha256:` or `sha512:` and as many digits as such a sum has.
    package init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), let algorithm = Algorithm(rawValue: String(text[..<colon])) else {
            return nil
        }
        let sum = text[text.index(after: colon)...].lowercased()
        let digits = Set("0123456789abcdef".utf8)
        guard sum.utf8.count == algorithm.digits, sum.utf8.allSatisfy(digits.contains) else { return nil }
        self.init(algorithm, sum)
    }

    /// As it is written in a configuration.
    package var description: String { "\(algorithm.rawValue):\(sum)" }
}
