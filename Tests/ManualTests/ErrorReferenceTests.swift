import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Manual

@Suite struct ErrorReferenceTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let entries = CodeGroup.all.flatMap(\.codes)

    @Test func everyCodeHasOneEntryInTheOrderOfTheType() {
        #expect(Self.entries.map(\.code) == Problem.Code.allCases)
    }

    @Test(arguments: entries) func anEntryIsComplete(_ entry: CodeDocumentation) {
        #expect((1...72).contains(entry.title.count) && !entry.title.hasSuffix("."), "\(entry.title)")
        for text in [entry.meaning, entry.causes, entry.action] {
            #expect(text.hasSuffix(".") && text.count <= 300, "\(entry.code.rawValue): \(text)")
        }
        // Markdown would take them for its own.
        for character in "*`<>|#" {
            #expect(![entry.meaning, entry.causes, entry.action].joined().contains(character), "\(entry.code.rawValue)")
        }
    }

    /// The comment of a case and the title of its entry are the same text.
    @Test func titlesAreTheCommentsOfTheCases() throws {
        let source = try String(contentsOf: Self.folder.appending(path: "Sources/Diagnostics/Problem+Code.swift"), encoding: .utf8)
        let comments = source.matches(of: /\/\/\/ (.*)\.\n +case\b/).map { String($0.output.1) }
        #expect(comments == Self.entries.map(\.title))
    }

    @Test func everyCodeIsReported() throws {
        let sources = Self.folder.appending(path: "Sources")
        let files = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String } ?? []
        var text = ""
        for file in files where file.hasSuffix(".swift") && !file.hasPrefix("Manual/") && !file.hasSuffix("Problem+Code.swift") {
            text += try String(contentsOf: sources.appending(path: file), encoding: .utf8)
        }
        let members = Set(text.matches(of: /\.([a-z][A-Za-z]*)\b/).map { String($0.output.1) })
        for code in Problem.Code.allCases { #expect(members.contains("\(code)"), "\(code.rawValue) is not reported") }
    }

    @Test func thePageIsThatOfTheTable() throws {
        let name = "docs/reference/errors.md"
        let path = Self.folder.appending(path: name)
        if Golden.isRewritten(name) { try errorReference().write(to: path, atomically: true, encoding: .utf8) }
        #expect(
            try String(contentsOf: path, encoding: .utf8) == errorReference(),
            "UPDATE_GOLDEN=1 swift test --filter ErrorReferenceTests rewrites \(name)")
    }
}
