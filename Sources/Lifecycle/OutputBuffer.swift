package import Linux

/// Text on its way to a terminal, a pipe or a file that may be slower than its writer.
package struct OutputBuffer {
    private let descriptor: Int32
    private var pending: [UInt8] = []
    /// Whether the reader is gone.
    package private(set) var isClosed = false

    /// Writes to a descriptor, which stays the caller's.
    package init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Whether all text was taken.
    package var isEmpty: Bool { pending.isEmpty || isClosed }

    /// Writes the text, as far as it is taken without waiting, after what is pending.
    package mutating func write(_ text: String) {
        pending += text.utf8
        flush()
    }

    /// Writes what is pending, as far as it is taken.
    package mutating func flush() {
        guard !pending.isEmpty, !isClosed else { return }
        guard let count = Descriptor.write(pending, to: descriptor) else { return isClosed = true }
        pending.removeFirst(count)
    }

    /// Waits until all is taken, at most `timeout` milliseconds for each part.
    package mutating func drain(timeout: Int) {
        while !isEmpty, Descriptor.poll(descriptor, .output, timeout: timeout) { flush() }
    }

    /// What to poll to go on.
    package var pollEntry: PollEntry { PollEntry(isEmpty ? nil : descriptor, .output) }
}
