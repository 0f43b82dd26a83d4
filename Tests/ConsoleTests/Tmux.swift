import Foundation
import Linux
import TestSupport
import Testing

/// Terminals of a tmux server of its own: keys go in, and what a person sees comes out.
final class Tmux {
    /// What a terminal has shown, from the oldest line that one can scroll back to down to the last
    /// one that has anything.
    struct Screen: Hashable, CustomStringConvertible {
        /// Without white space at their ends.
        var rows: [String]
        /// Where the caret is, in all of them.
        var row: Int
        var column: Int

        /// The row with the caret.
        var current: String { rows[row] }

        static func trimmed(_ row: some StringProtocol) -> String {
            String(row.reversed().drop { $0 == " " }.reversed())
        }

        var description: String { "caret \(row), \(column) of\n" + rows.joined(separator: "\n") + "\n" }
    }

    private let directory: Tree

    init() throws { directory = try Tree() }

    deinit { _ = try? Command(command(["kill-server"])).run() }

    /// Opens a terminal in which a command runs.
    func open(_ name: String, _ program: [String], environment: [String], rows: Int, columns: Int) throws {
        let size = ["-x", "\(columns)", "-y", "\(rows)"]
        try run(["new-session", "-d", "-s", name] + size + environment.flatMap { ["-e", $0] } + program)
    }

    /// Types text, and keys by tmux's names for them.
    func type(_ keys: [String], in name: String) throws { try run(["send-keys", "-t", name, "--"] + keys) }

    /// Gives a terminal another size.
    func resize(_ name: String, rows: Int, columns: Int) throws {
        try run(["resize-window", "-t", name, "-x", "\(columns)", "-y", "\(rows)"])
    }

    /// Empties a terminal, and forgets what one could scroll back to.
    func reset(_ name: String) throws { try run(["send-keys", "-R", "-t", name, ";", "clear-history", "-t", name]) }

    /// What a terminal shows.
    func screen(_ name: String) throws -> Screen {
        let place = ["display-message", "-p", "-t", name, "#{history_size} #{cursor_y} #{cursor_x}"]
        // Both in one go: nothing is shown between them.
        let output = try run(["capture-pane", "-p", "-S", "-", "-t", name, ";"] + place)
        var rows = output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(Screen.trimmed)
        let numbers = rows.removeLast().split(separator: " ").compactMap { Int($0) }
        try #require(numbers.count == 3 && numbers[0] + numbers[1] < rows.count, "\(output)")
        let row = numbers[0] + numbers[1]
        while rows.count > row + 1, rows.last?.isEmpty == true { rows.removeLast() }
        return Screen(rows: rows, row: row, column: numbers[2])
    }

    /// Waits until a terminal shows what it should.
    @discardableResult
    func wait(
        _ name: String, for what: String, sourceLocation: SourceLocation = #_sourceLocation,
        until isShown: (Screen) throws -> Bool
    )
        throws -> Screen
    {
        let end = MonotonicClock.now + Service.limit
        while true {
            let screen = try screen(name)
            if try isShown(screen) { return screen }
            let isInTime = MonotonicClock.now < end
            try #require(isInTime, "\(name) does not show \(what): \(screen)", sourceLocation: sourceLocation)
            usleep(20_000)
        }
    }

    private func command(_ arguments: [String]) -> [String] {
        ["tmux", "-S", "\(directory.path)/sock", "-f", "/dev/null"] + arguments
    }

    @discardableResult
    private func run(_ arguments: [String]) throws -> String {
        let result = try Command(command(arguments)).run()
        try #require(result.status == 0, "tmux \(arguments): \(result.output)")
        return result.output
    }
}
