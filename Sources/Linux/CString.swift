import Glibc

extension String {
    /// Copies a C string that the caller has to free, and frees it (`free(3)`).
    package init(owning text: UnsafeMutablePointer<CChar>) {
        defer { free(text) }
        self.init(cString: text)
    }
}

/// Frees what a C library has allocated for the caller (`free(3)`).
package func freeMemory(_ pointer: UnsafeMutableRawPointer?) { free(pointer) }
