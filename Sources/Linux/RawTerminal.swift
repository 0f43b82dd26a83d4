import Glibc

/// A terminal that hands on every key as it is (`cfmakeraw(3)`), for as long as this object lives.
public final class RawTerminal {
    private let number: Int32
    private var before: termios

    /// `nil` when the descriptor is no terminal.
    public init?(_ number: Int32) {
        var settings = termios()
        guard tcgetattr(number, &settings) == 0 else { return nil }
        self.number = number
        before = settings
        cfmakeraw(&settings)
        guard tcsetattr(number, TCSANOW, &settings) == 0 else { return nil }
    }

    // Not TCSADRAIN: it would wait for ever for a terminal that takes no output.
    deinit { tcsetattr(number, TCSANOW, &before) }
}
