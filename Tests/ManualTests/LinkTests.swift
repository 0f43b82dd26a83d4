import Foundation
import Testing

/// Every relative link of the documentation leads to a file, and to a heading if it names one.
@Suite struct LinkTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let pages: [String] = {
        let top = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter {
            $0.hasSuffix(".md")
        }
        let docs =
            FileManager.default.enumerator(atPath: folder.appending(path: "docs").path)?.compactMap { $0 as? String }
            ?? []
        return (top + docs.filter { $0.hasSuffix(".md") }.map { "docs/\($0)" }).sorted()
    }()

    @Test(arguments: pages) func everyLinkHasATarget(_ page: String) throws {
        let file = Self.folder.appending(path: page)
        let text = try String(contentsOf: file, encoding: .utf8)
        for match in text.matches(of: /\]\(([^)#:]*)(#[^)]*)?\)/) {
            let target =
                match.output.1.isEmpty ? file : file.deletingLastPathComponent().appending(path: String(match.output.1))
            #expect(FileManager.default.fileExists(atPath: target.path), "\(page): \(match.output.0)")
            guard let anchor = match.output.2, let linked = try? String(contentsOf: target, encoding: .utf8) else {
                continue
            }
            let headings = linked.matches(of: /(?m)^#+ (.*)$/).map {
                "#" + $0.output.1.lowercased().replacing(" ", with: "-")
            }
            #expect(headings.contains(String(anchor)), "\(page): \(match.output.0)")
        }
    }

    /// The index has every page but itself.
    @Test func theIndexIsComplete() throws {
        let index = try String(contentsOf: Self.folder.appending(path: "docs/index.md"), encoding: .utf8)
        let linked = Set(index.matches(of: /\]\(([^)#:]*)\)/).map { String($0.output.1) })
        for page in Self.pages where page.hasPrefix("docs/") && page != "docs/index.md" {
            #expect(linked.contains(String(page.dropFirst("docs/".count))), "\(page) is not in docs/index.md")
        }
    }

    @Test func theREADMEIsShort() throws {
        let lines = try String(contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 150)
        #expect(lines.allSatisfy { $0.count <= 100 })
    }
}
