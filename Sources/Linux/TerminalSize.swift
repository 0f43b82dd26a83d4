import CLinux
import Glibc

/// How large a terminal is, in characters (`TIOCGWINSZ`, `ioctl_tty(2)`).
package struct TerminalSize: Hashable, Sendable {
    /// Lines.
    package var rows: Int
    /// Characters in a line.
    package var columns: Int

    package init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
    }

    /// That of a terminal now; 24 lines of 80 characters where it does not know, or is none.
    package init(of descriptor: Int32) {
        var size = winsize()
        let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 0 && size.ws_col > 0
        self.init(rows: isKnown ? Int(size.ws_row) : 24, columns: isKnown ? Int(size.ws_col) : 80)
    }
}
