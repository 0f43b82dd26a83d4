package import Values

extension Root {
    /// Returns the SHA-256 of a file, which is read in pieces, as 64 hexadecimal digits.
    package func sha256(_ path: String) throws(SystemError) -> String {
        try SHA256.hexadecimal(ofPieces: { take throws(SystemError) in try readPieces(path, take) })
    }

    /// Returns the SHA-512 of a file, which is read in pieces, as 128 hexadecimal digits.
    package func sha512(_ path: String) throws(SystemError) -> String {
        try SHA512.hexadecimal(ofPieces: { take throws(SystemError) in try readPieces(path, take) })
    }

    /// Returns the checksum of a file, which is read in pieces.
    package func checksum(of path: String, by algorithm: Checksum.Algorithm) throws(SystemError) -> Checksum {
        switch algorithm {
        case .sha256: Checksum(algorithm, try sha256(path))
        case .sha512: Checksum(algorithm, try sha512(path))
        }
    }
}
