import Glibc

/// Writes text to a descriptor in one `write(2)`. What cannot be written is lost, because there is
/// no other place to report it.
package func put(_ text: String, to descriptor: Int32) {
    _ = Array(text.utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
}
