import Foundation
import TestSupport
import Testing

@testable import Console

/// The tables in `docs/development/command-multiplexer.md`, compared with the code.
@Suite("Table of the command multiplexer's states")
struct CommandMultiplexerTableTests {
    private typealias State = CommandMultiplexer.State
    private typealias Event = CommandMultiplexer.Event

    private static let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/development/command-multiplexer.md")

    /// The page, a section for each heading.
    private static func sections() throws -> [[String]] {
        try String(contentsOf: page, encoding: .utf8).components(separatedBy: "\n").reduce(into: [[]]) {
            sections, line in
            if line.hasPrefix("## ") { sections.append([line]) } else { sections[sections.count - 1].append(line) }
        }
    }

    private static func isRow(_ line: String) -> Bool { line.hasPrefix("| `") }

    /// The cells of a section's table.
    private static func table(_ title: String) throws -> [[String]] {
        let section = try #require(try sections().first(where: { $0.first == "## \(title)" }), "\(title) is missing")
        return section.filter(isRow).map {
            $0.split(separator: "|").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " `")) }
        }
    }

    private static func list(_ names: [String]) -> String {
        names.isEmpty ? "none" : names.map { "`\($0)`" }.joined(separator: ", ")
    }

    /// One line for all events of a state that have the same consequence.
    private static func line(_ state: State, _ events: [Event], _ transition: CommandMultiplexer.Transition) -> String {
        let begin = "| `\(state.rawValue)` | \(list(events.map(\.rawValue))) | "
        switch transition {
        case .go(let next, let actions): return begin + "`\(next.rawValue)` | \(list(actions.map(\.rawValue))) |"
        case .stay(let actions): return begin + "`\(state.rawValue)` | \(list(actions.map(\.rawValue))) |"
        case .impossible: return begin + "cannot occur | |"
        }
    }

    private static var transitions: [String] {
        State.allCases.flatMap { state in
            let all = Event.allCases.map(state.after)
            let different = all.indices.filter { all.firstIndex(of: all[$0]) == $0 }.map { all[$0] }
            let sorted = different.filter { $0 != .impossible } + different.filter { $0 == .impossible }
            return sorted.map { transition in
                line(state, Event.allCases.filter { state.after($0) == transition }, transition)
            }
        }
    }

    @Test(
        "The page has each state with the clients that are shown the terminal, each event and each action, and no other"
    )
    func names() throws {
        let views: [CommandMultiplexer.View: String] = [
            .open: "all", .hidden: "none", .undecided: "all, up to the saved line",
        ]
        #expect(
            try Self.table("States").map { [$0[0], $0[2]] }
                == State.allCases.map { [$0.rawValue, views[$0.view] ?? ""] })
        #expect(try Self.table("Events").map { $0[0] } == Event.allCases.map(\.rawValue))
        #expect(try Self.table("Actions").map { $0[0] } == CommandMultiplexer.Action.allCases.map(\.rawValue))
    }

    @Test("The page has each transition")
    func table() throws {
        if Golden.isRewritten("docs/development/command-multiplexer.md") {
            let lines = try Self.sections().flatMap { section -> [String] in
                guard section.first == "## Transitions", let first = section.firstIndex(where: Self.isRow) else {
                    return section
                }
                return Array(section[..<first]) + Self.transitions + Array(section[first...].drop(while: Self.isRow))
            }
            try lines.joined(separator: "\n").write(to: Self.page, atomically: true, encoding: .utf8)
        }
        let section = try #require(try Self.sections().first(where: { $0.first == "## Transitions" }))
        #expect(
            section.filter(Self.isRow) == Self.transitions,
            "UPDATE_GOLDEN=1 swift test --filter DialogueTableTests rewrites the table")
    }

    @Test("Each state can be reached from the first one")
    func reachable() {
        var reached: Set<State> = [.busy]
        for _ in State.allCases {
            for state in reached {
                for event in Event.allCases { if case .go(let next, _) = state.after(event) { reached.insert(next) } }
            }
        }
        #expect(reached == Set(State.allCases))
    }

    @Test("A question begins with one action and ends with one; keys are held in between and not before or after")
    func questions() {
        let ends: Set<CommandMultiplexer.Action> = [.answer, .lose, .expire, .abandon]
        for state in State.allCases {
            for event in Event.allCases {
                let (next, actions) = result(state, event)
                #expect(actions.contains(.ask) == (!state.hasQuestion && next.hasQuestion), "\(state) \(event)")
                // The end of testpmd ends the questions that wait as well.
                let isEnd = state.hasQuestion && !next.hasQuestion || next == .ended && state != .ended
                #expect(actions.count { ends.contains($0) } == (isEnd ? 1 : 0), "\(state) \(event)")
            }
            #expect((result(state, .input).actions == [.hold]) == state.hasQuestion, "\(state)")
        }
    }

    private func result(_ state: State, _ event: Event) -> (next: State, actions: [CommandMultiplexer.Action]) {
        switch state.after(event) {
        case .go(let next, let actions): (next, actions)
        case .stay(let actions): (state, actions)
        case .impossible: (state, [])
        }
    }
}
