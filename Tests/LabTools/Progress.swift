import Foundation
import Linux

/// Says on standard output what the lab is doing, with the seconds since it began.
package struct Progress: Sendable {
    private let start = MonotonicClock.now

    /// Begins now.
    package init() {}

    /// Seconds since it began.
    package var elapsed: Double { Double(MonotonicClock.now - start) / 1000 }

    /// One line: what is being done now.
    package func callAsFunction(_ text: String) {
        print(String(format: "[%6.1f s] ", elapsed) + text)
    }

    /// A line without the time. It is on its way at once, also through a pipe.
    package func print(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }
}
