import CLinux
import Glibc

/// A terminal that hands on every key as it is (`cfmakeraw(3)`), for as long as this object lives;
/// also when this process is killed it is as before.
package final class RawTerminal {
    private let number: Int32
    private var before = termios()
    private var isRaw = false
    /// The process that does what a killed one cannot.
    private var guardian: Int32 = -1

    /// `nil` when the descriptor is no terminal.
    package init?(_ number: Int32) {
        self.number = number
        guard enter() else { return nil }
    }

    deinit { leave() }

    /// Sets raw mode, again if need be: a shell sets it as it likes while this process is stopped.
    /// False when that is not possible.
    @discardableResult package func enter() -> Bool {
        guard isRaw || tcgetattr(number, &before) == 0 else { return false }
        var raw = before
        cfmakeraw(&raw)
        // Before the terminal is raw, so that at no moment its settings would not be restored.
        if !isRaw { guardian = clinux_guard_terminal(number, &before, &raw) }
        isRaw = tcsetattr(number, TCSANOW, &raw) == 0
        if !isRaw { dismiss() }
        return isRaw
    }

    /// Restores the settings.
    package func leave() {
        guard isRaw else { return }
        // Not TCSADRAIN: it would never return for a terminal that accepts no output.
        tcsetattr(number, TCSANOW, &before)
        isRaw = false
        dismiss()
    }

    /// Forgets what was typed and not read.
    package func dropInput() { tcflush(number, TCIFLUSH) }

    private func dismiss() {
        guard guardian > 0 else { return }
        kill(guardian, SIGKILL)
        _ = clinux_wait(guardian)
        guardian = -1
    }
}
