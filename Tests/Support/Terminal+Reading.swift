import Glibc
package import Linux
import Testing

extension Terminal {
    /// Everything that a program shows, until the terminal has no user any more, or nothing comes
    /// for 20 s.
    package func readToEnd() -> [UInt8] {
        var shown: [UInt8] = []
        while Descriptor.poll(descriptor.number, .input, timeout: 20_000) {
            let input = descriptor.read()
            if case .bytes(let bytes) = input { shown += bytes }
            if input == .end { break }
        }
        return shown
    }
}

extension Terminal {
    /// Reads until the text has been shown, for which there are 60 s; everything until then, also
    /// what was `seen` before.
    package func read(until text: String, after seen: String = "") throws -> String {
        let end = MonotonicClock.now + 60_000
        var shown = seen
        while !shown.contains(text) {
            try #require(
                Descriptor.poll(descriptor.number, .input, timeout: end - MonotonicClock.now), "no \(text) in \(shown)")
            switch descriptor.read() {
            case .bytes(let bytes): shown += String(decoding: bytes, as: UTF8.self)
            case .nothing: break
            case .end: try #require(shown.contains(text), "closed before \(text) came: \(shown)")
            }
        }
        return shown
    }

    /// Gives it another size; the program on it gets `SIGWINCH`.
    package func setSize(rows: UInt16, columns: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        #expect(ioctl(descriptor.number, UInt(TIOCSWINSZ), &size) == 0)
    }
}
