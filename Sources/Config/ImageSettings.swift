import Values

/// How a guest's disk gets what is the guest's own: the key for ssh above all.
package enum Preparation: String, CaseIterable, Hashable, Sendable {
    /// A systemd credential that each boot reads, for images with systemd 252 or later.
    case credentials
    /// A seed that cloud-init reads, for images that have it.
    case cloudInit = "cloud-init"
    /// virt-sysprep works on the disk itself before the first boot.
    case sysprep
    /// Nothing is changed in the image.
    case none
}

/// Software of an image that can be in the way.
package enum PackageToRemove: String, CaseIterable, Hashable, Sendable {
    case cloudInit = "cloud-init"
}

extension ValueType where Value == String {
    /// A disk image: `file:///PATH` is the path.
    static let image = ValueType("an absolute path, or a URL with http://, https:// or file:///") { text in
        if text.hasPrefix("file:///") { return path.read(String(text.dropFirst(7))) }
        if text.hasPrefix("/") { return path.read(text) }
        guard let scheme = ["http://", "https://"].first(where: text.hasPrefix),
            !text.dropFirst(scheme.count).hasPrefix("/")
        else {
            return nil
        }
        // A quote or a space has to be encoded in a URL, and is an error here.
        let isClean = text.utf8.allSatisfy {
            $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        return isClean && text.utf8.count > scheme.utf8.count ? text : nil
    }
}

extension ValueType where Value == Checksum {
    static let checksum = ValueType("sha256: and 64 hexadecimal digits, or sha512: and 128") { Checksum($0) }
}
