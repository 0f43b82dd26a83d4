import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Manual

@Suite struct ErrorReferenceTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let entries = CodeGroup.all.flatMap(\.codes)

    /// A code as it is declared in `Sources/Diagnostics/Codes`.
    private struct Declaration {
        var name: String
        var rawValue: String
        var comment: String
    }

    private static func declarations() throws -> [Declaration] {
        let codes = folder.appending(path: "Sources/Diagnostics/Codes")
        return try FileManager.default.contentsOfDirectory(atPath: codes.path).sorted().flatMap { file in
            let text = try String(contentsOf: codes.appending(path: file), encoding: .utf8)
            let declarations = text.matches(
                of: /\/\/\/ (.*)\.\n +package static let (\w+) = Problem\.Code\("([a-z0-9-]+)"\)\n/)
            #expect(declarations.count == text.matches(of: /static let/).count, "\(file): a code without a comment")
            return declarations.map { Declaration(name: "\($0.2)", rawValue: "\($0.3)", comment: "\($0.1)") }
        }
    }

    @Test func everyCodeHasOneEntry() throws {
        let declared = try Self.declarations().map(\.rawValue)
        #expect(Set(declared).count == declared.count)
        #expect(Self.entries.map(\.code.rawValue).sorted() == declared.sorted())
    }

    @Test(arguments: entries) func anEntryIsComplete(_ entry: CodeDocumentation) {
        #expect((1...72).contains(entry.title.count) && !entry.title.hasSuffix("."), "\(entry.title)")
        for text in [entry.meaning, entry.causes, entry.action] {
            #expect(text.hasSuffix(".") && text.count <= 300, "\(entry.code.rawValue): \(text)")
        }
        // Markdown would take them for its own.
        for character in "*`<>|#" {
            #expect(
                ![entry.meaning, entry.causes, entry.action].joined().contains(character), "\(entry.code.rawValue)")
        }
    }

    /// The comment of a code and the title of its entry are the same text.
    @Test func titlesAreTheCommentsOfTheCodes() throws {
        let titles = Dictionary(uniqueKeysWithValues: Self.entries.map { ($0.code.rawValue, $0.title) })
        for code in try Self.declarations() { #expect(titles[code.rawValue] == code.comment) }
    }

    @Test func everyCodeIsReported() throws {
        let sources = Self.folder.appending(path: "Sources")
        let files = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String } ?? []
        var text = ""
        for file in files
        where file.hasSuffix(".swift") && !file.hasPrefix("Manual/") && !file.hasPrefix("Diagnostics/Codes/") {
            text += try String(contentsOf: sources.appending(path: file), encoding: .utf8)
        }
        let members = Set(text.matches(of: /\.([a-z][A-Za-z]*)\b/).map { String($0.output.1) })
        for code in try Self.declarations() { #expect(members.contains(code.name), "\(code.rawValue) is not reported") }
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
