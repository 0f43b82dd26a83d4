import Glibc
public import Linux

extension Terminal {
    /// Everything that a program shows, until the terminal has no user any more, or nothing comes for 20 s.
    public func readToEnd() -> [UInt8] {
        var shown: [UInt8] = []
        while Descriptor.poll(descriptor.number, POLLIN, timeout: 20_000) {
            let input = descriptor.read()
            if case .bytes(let bytes) = input { shown += bytes }
            if input == .end { break }
        }
        return shown
    }
}
