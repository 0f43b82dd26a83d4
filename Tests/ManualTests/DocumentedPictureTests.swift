import Foundation
import Linux
import TestSupport
import Testing

/// The pictures of the documentation are what the programs print.
@Suite struct DocumentedPictureTests {
    private static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func path(_ name: String) -> String { Self.project.appending(path: name).path }

    @Test func thePlanIsThatOfTheExample() throws {
        let name = "docs/pictures/plan.svg"
        let host = try HostCase("01-example").tree
        let svg = try Program(name: "pvpgen").run(["plan", "--svg", "--root=\(host.path)"]).output
        if Golden.isRewritten(name) { try svg.write(toFile: path(name), atomically: true, encoding: .utf8) }
        #expect(
            try String(contentsOfFile: path(name), encoding: .utf8) == svg,
            "\(name) is not what pvpgen plan --svg draws")
    }

    /// What `Tests/terminal-picture` makes of a program's output.
    private func picture(_ output: String) throws -> (status: Int32, text: String) {
        let tree = try Tree(["/output": output])
        let command = "exec \"$0\" 'pvpgen x' <\"$1\""
        let result = try Command(["sh", "-c", command, path("Tests/terminal-picture"), "\(tree.path)/output"]).run()
        return (result.status, result.output)
    }

    @Test func colorsBecomeClasses() throws {
        let (status, text) = try picture("plain \u{1b}[1;32mup & <on>\u{1b}[0m\n\u{1b}[1mhead\u{1b}[0m\n")
        #expect(status == 0)
        #expect(text.contains(">plain <tspan class='green'>up &amp; &lt;on&gt;</tspan></text>\n"), "\(text)")
        #expect(
            text.contains("><tspan class='bold'>head</tspan></text>\n")
                && text.contains("<tspan class='bold'>pvpgen x</tspan>"))
        // Three lines, of which the longest has 15 columns.
        #expect(text.contains("viewBox='0 0 149 86'"), "\(text)")
        let tree = try Tree(["/picture.svg": text])
        #expect(try Command(["xmllint", "--noout", "\(tree.path)/picture.svg"]).run().status == 0)
    }

    @Test(arguments: ["", "\n", "\u{1b}[5mblink\u{1b}[0m", "\u{1b}[2J"]) func nothingIsLost(_ output: String) throws {
        #expect(try picture(output).status == 1)
    }
}
