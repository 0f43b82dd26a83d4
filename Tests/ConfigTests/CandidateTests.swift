import Config
import Linux
import TestSupport
import Testing

/// A file that is not in place yet counts as if it were.
@Suite struct CandidateTests {
    private static let content = Array("[candidate]\n".utf8)

    /// Trees of files that the candidate joins or replaces.
    private static let trees: [PrecedenceTests.Case] = [
        .init("no files", [:]),
        .init("main file in each directory", PrecedenceTests.everywhere()),
        .init("main file in later directories", PrecedenceTests.everywhere(from: 1)),
        .init(
            "drop-ins before and after",
            PrecedenceTests.with(
                PrecedenceTests.everywhere(), PrecedenceTests.everywhere(".d/40-a.conf", from: 2),
                PrecedenceTests.everywhere(".d/60-b.conf"))),
        .init(
            "drop-in of the same name",
            PrecedenceTests.with(PrecedenceTests.everywhere(), PrecedenceTests.everywhere(".d/50-x.conf"))),
        .init(
            "drop-in of the same name is masked",
            PrecedenceTests.with(PrecedenceTests.everywhere(), [PrecedenceTests.etc + ".d/50-x.conf": "-> /dev/null"])),
        .init("main file is masked", PrecedenceTests.with([PrecedenceTests.etc: "-> /dev/null"])),
    ]

    @Test(arguments: trees, [nil, "50-x.conf"]) func aCandidateCountsAsTheFileInPlace(
        _ precedence: PrecedenceTests.Case, _ dropIn: String?
    ) throws {
        let tree = try precedence.tree()
        let path = PrecedenceTests.etc + (dropIn.map { ".d/\($0)" } ?? "")
        let file = ConfigFiles.File(path: path, content: Self.content)
        let before = ConfigFiles(in: tree.root, with: .init(dropIn: dropIn, file))
        try tree.root.replace(path, with: Self.content)
        let after = ConfigFiles(in: tree.root)
        #expect(before.files == after.files && before.paths == after.paths && before.problems.isEmpty)
        #expect(before.files.contains(file))
    }

    @Test(arguments: [("a.conf", true), ("a", false), (".a.conf", false), ("b/a.conf", false), ("a.CONF", false)])
    func dropInsHaveNames(_ name: String, _ isDropIn: Bool) { #expect(ConfigFiles.isDropIn(name) == isDropIn) }
}
