import Foundation
import Import
import TestSupport
import Testing

/// The documentation's tables about the Ansible role.
@Suite struct RoleTableTests {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    private static let docs = tests.deletingLastPathComponent().appending(path: "docs")
    private static let variables = docs.appending(path: "reference/ansible-variables.md")

    private static func steps(of page: String) -> [[String]] {
        let text = (try? String(contentsOf: docs.appending(path: page), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter {
            $0.hasPrefix("| Role") || $0.hasPrefix("| Howto") || $0.hasPrefix("| Fork")
        }
        .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
    }

    /// The steps of the role and the howto, each with the name of a test.
    static let steps = steps(of: "development/testing.md")

    private static let functions: Set<String> = {
        var names: Set<String> = []
        for case let file as URL in FileManager.default.enumerator(at: tests, includingPropertiesForKeys: nil)
            ?? .init()
        where file.pathExtension == "swift" {
            let source = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
            // The attribute is on the same line, or on the one before.
            for match in source.matches(of: /@Test[^{]*?func ([A-Za-z0-9]+)\(/) { names.insert(String(match.output.1)) }
        }
        return names
    }()

    @Test func theGuideHasTheSameSteps() {
        #expect(Self.steps.count >= 20)
        #expect(Self.steps(of: "guides/migrate-from-ansible.md").map(\.first) == Self.steps.map(\.first))
    }

    @Test(arguments: steps) func eachStepHasATest(_ row: [String]) throws {
        let name = try #require(row.last).trimmingCharacters(in: ["`"])
        #expect(row.count == 2 && Self.functions.contains(name), "\(row)")
    }

    @Test func theReferenceHasEveryVariableAndNoOther() throws {
        let expected = ImportTarget.all.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { role, targets in
            targets.sorted { $0.key < $1.key }.map {
                "| Role variable `\($0.key)` of \(role.rawValue) | \($0.value.text) |"
            }
        }
        func isVariable(_ line: Substring) -> Bool { line.hasPrefix("| Role variable") }
        let lines = try String(contentsOf: Self.variables, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        if Golden.isRewritten("docs/reference/ansible-variables.md"), let first = lines.firstIndex(where: isVariable) {
            try (lines[..<first] + expected.map { $0[...] } + lines[first...].drop(while: isVariable)).joined(
                separator: "\n"
            )
            .write(to: Self.variables, atomically: true, encoding: .utf8)
        }
        let found = try String(contentsOf: Self.variables, encoding: .utf8).split(separator: "\n").filter(isVariable)
            .map(String.init)
        #expect(found == expected, "UPDATE_GOLDEN=1 swift test --filter RoleTableTests rewrites the table")
    }
}

extension ImportTarget {
    fileprivate var text: String {
        switch self {
        case .nics: "`PCIAddress=` of a `[NIC]` each"
        case .setting(let section, let key): "`\(key)=` in `[\(section)]`"
        case .kernelArguments: "the plan's; `Pages=`, `PageSize=`, `IsolatedCPUs=`, and `KernelArguments=` for the rest"
        case .nowhere(let why, let instead): "nowhere: \(why); \(instead)"
        }
    }
}
