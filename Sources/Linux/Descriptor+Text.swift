import Glibc

extension Descriptor {
    /// Writes text to a descriptor in one `write(2)`. What cannot be written is lost, because there
    /// is no other place to report it.
    package static func write(text: String, to number: Int32) {
        _ = Array(text.utf8).withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
    }
}
