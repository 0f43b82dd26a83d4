import Testing

@testable import UnitFile

@Suite struct ParserTests {
    @Test func readsTheExampleOfTheManPage() {
        let text = """
            [Section A]
            KeyOne=value 1
            KeyTwo=value 2

            # a comment

            [Section B]
            Setting="something" "some thing" "..."
            KeyTwo=value 2 \\
                   value 2 continued

            [Section C]
            KeyThree=value 3\\
            # this line is ignored
            ; this line is ignored too
                   value 3 continued

            """
        let file = parse(text)
        #expect(file.errors.isEmpty)
        #expect(file.text == text && isLossless(file))
        #expect(file.sections.map(\.name) == ["Section A", "Section B", "Section C"])
        #expect(file.value(section: "Section A", key: "KeyTwo") == "value 2")
        #expect(file.value(section: "Section B", key: "Setting") == #""something" "some thing" "...""#)
        #expect(file.value(section: "Section B", key: "KeyTwo") == "value 2         value 2 continued")
        #expect(file.value(section: "Section C", key: "KeyThree") == "value 3        value 3 continued")
        #expect(
            file.lines.map(\.kind) == [
                .section, .entry, .entry, .blank, .comment, .blank, .section, .entry, .entry, .blank, .section, .entry,
            ])
    }

    @Test func keepsRepeatedSectionsApart() throws {
        let file = parse("[NIC]\nName=a\nName=b\n[Host]\nName=h\n[NIC]\n\tName = c\n")
        #expect(
            file.sections.filter { $0.name == "NIC" }.map { $0.entries("Name").map(\.value) } == [["a", "b"], ["c"]])
        #expect(file.sections.map(\.position.line) == [1, 4, 6])
        #expect(file.entries(section: "NIC", key: "Name").map(\.value) == ["a", "b", "c"])
        #expect(file.value(section: "NIC", key: "Name") == "c")
        #expect(file.value(section: "NIC", key: "Nix") == nil)
        let entry = try #require(file.sections.last?.entry("Name"))
        #expect(entry.position == UnitFile.Position(line: 7, column: 2, text: "\tName = c"))
        #expect(entry.valuePosition.column == 9)
        #expect(file.bytes[entry.range].elementsEqual("\tName = c\n".utf8))
    }

    @Test func placesTheWordsOfAContinuedValue() throws {
        let file = parse("[A]\n  Key = one \\\n# no\n  two three\nLast=\n")
        let entry = try #require(file.sections.first?.entries.first)
        #expect(entry.value == "one    two three")
        let words = try ExecCommandLine.words(entry.value, isCommand: false)
        #expect(words.map { entry.position(ofValueByte: $0.offset).line } == [2, 4, 4])
        #expect(words.map { entry.position(ofValueByte: $0.offset).column } == [9, 3, 7])
        #expect(entry.position(ofValueByte: 7).text == "  two three")
        #expect(
            file.sections.first?.entries.last?.valuePosition == UnitFile.Position(line: 5, column: 6, text: "Last="))
    }

    @Test func endsLinesAsSystemdDoes() {
        let file = parse("[A]\r\nB=1\rC=2\n\r\nD=3 \\\r\n4\r\nE=5")
        #expect(file.errors.isEmpty && isLossless(file))
        #expect(file.sections.first?.entries.map(\.value) == ["1", "2", "3  4", "5"])
        #expect(file.sections.first?.entries.map(\.line) == [2, 3, 5, 7])
    }

    @Test func continuesOnlyAfterAnOddNumberOfBackslashes() {
        let file = parse("[A]\nB=1\\\\\nC=2\\\\\\\n3\nD=4\\ \nE=5\\\n\nF=6\n\\\nG=7\\")
        #expect(file.sections.first?.entries.map(\.key) == ["B", "C", "D", "E", "F", "G"])
        #expect(file.sections.first?.entries.map(\.value) == ["1\\\\", "2\\\\ 3", "4\\", "5", "6", "7"])
        #expect(file.errors.isEmpty && isLossless(file))
        #expect(file.sections.first?.entries.last?.line == 10)
    }

    @Test func acceptsAByteOrderMarkAtTheStartOnly() {
        let file = parse("\u{FEFF}[A]\nB=1\n")
        #expect(file.errors.isEmpty && isLossless(file))
        #expect(file.lines.first == UnitFile.Line(kind: .byteOrderMark, range: 0..<3))
        #expect(file.sections.first?.position == UnitFile.Position(line: 1, column: 1, text: "[A]"))
        #expect(parse("\n\u{FEFF}[A]\n").errors.map(\.kind) == [.outsideSection])
    }

    static let broken: [(text: String, kind: UnitFile.SyntaxError.Kind, line: Int, column: Int)] = [
        ("\n Key=1\nOther=2\n[A]\nB=1\n", .outsideSection, 2, 2),
        ("garbage\n[A]\nB=1\n", .outsideSection, 1, 1),
        ("[A]\nB=1\n[Open\nC=2\n", .unclosedSection, 3, 1),
        ("[A]\nB=1\n[C] # why\n", .unclosedSection, 3, 1),
        ("[A]\nB=1\n[\n", .unclosedSection, 3, 1),
        ("[A]\nB=1\n[]\n", .sectionName, 3, 1),
        ("[A]\nB=1\n[a\"b]\n", .sectionName, 3, 1),
        ("[A]\nB=1\n  garbage\n", .missingEquals, 3, 3),
        ("[A]\nB=1\n\t=2\n", .missingKey, 3, 2),
        ("[A]\nB=1\nC=\0D=2\n", .nul, 3, 3),
        ("[A]\n# a\0b\nB=1\n", .nul, 2, 4),
        ("[A]\nB=1\nC=1 \\\n#\0\n 2\n", .nul, 4, 2),
    ]

    @Test(arguments: broken) func reportsErrorsAndReadsTheRest(
        _ sample: (text: String, kind: UnitFile.SyntaxError.Kind, line: Int, column: Int)
    ) throws {
        let file = parse(sample.text)
        let error = try #require(file.errors.first)
        #expect(file.errors.count == 1)
        #expect((error.kind, error.line, error.column) == (sample.kind, sample.line, sample.column))
        #expect(error.text == sample.text.split(separator: "\n", omittingEmptySubsequences: false)[sample.line - 1])
        #expect(!error.message.isEmpty && !error.remedy.isEmpty && !(error.message + error.remedy).contains("\n"))
        #expect(file.sections.first?.entries.map(\.key) == ["B"])
        #expect(isLossless(file))
    }

    static let notText: [(bytes: [UInt8], column: Int)] = [
        ([0xFF], 3), ([0x41, 0xC3], 4), ([0xC0, 0x80], 3), ([0xE0, 0x80, 0x80], 3), ([0xED, 0xA0, 0x80], 3),
        ([0xF4, 0x90, 0x80, 0x80], 3),
        ([0xC3, 0xA9, 0xEF, 0xBF, 0xBE], 5), ([0xEF, 0xB7, 0x90], 3), ([0xF8, 0x88, 0x80, 0x80, 0x80], 3),
        ([0xE2, 0x82], 3),
    ]

    @Test(arguments: notText) func refusesWhatIsNotUTF8(_ sample: (bytes: [UInt8], column: Int)) {
        let file = UnitFile(name: "t", bytes: Array("[A]\nB=".utf8) + sample.bytes + Array("\nC=é€🐧\n".utf8))
        #expect(file.errors.map(\.kind) == [.encoding])
        #expect(file.errors.map(\.line) == [2])
        #expect(file.errors.map(\.column) == [sample.column])
        #expect(file.sections.first?.entries.map(\.value) == ["é€🐧"])
        #expect(isLossless(file))
    }

    @Test func limitsTheLengthOfALine() {
        let limit = UnitFile.lineLimit
        let most = [UInt8](repeating: UInt8(ascii: "x"), count: limit - 2)
        let start = Array("[A]\nB=".utf8)
        #expect(UnitFile(name: "t", bytes: start + most).errors.isEmpty)
        let long = UnitFile(name: "t", bytes: start + most + Array("x\nC=1\n".utf8))
        #expect(long.errors.map(\.kind) == [.lineTooLong])
        #expect(long.errors.map(\.line) == [2])
        #expect(long.sections.first?.entries.map(\.key) == ["C"])
        let joined = UnitFile(name: "t", bytes: start + most + Array("\\\nx\n".utf8))
        #expect(joined.errors.map(\.kind) == [.lineTooLong])
    }

    @Test func agreesWithSystemdOnContinuations() throws {
        let text = """
            [Unit]
            DefaultDependencies=no
            Description=one \\
            # left out
               two\\
              ; left out \\
            \tthree \\\\\\
            four \\

            [Service]
            Type=oneshot
            ExecStart=/bin/true

            """
        let file = parse(text)
        let output = try asSystemdReads(file)
        #expect(output.values("Description") == file.entries(section: "Unit", key: "Description").map(\.value))
        #expect(file.value(section: "Unit", key: "Description") == "one     two \tthree \\\\ four")
    }

    @Test func joinsLinesAsSystemd() throws {
        var generator = SeededGenerator(state: 7)
        let pieces = [
            "a", "b c", " ", "\t", "\"d e\"", "\\\\", "\\\n", "\\\n", "\\\n  # f\n", "\\\r\n; g \\\n", "\\\r", "=",
            "[h]",
        ]
        var text = "[Unit]\nDefaultDependencies=no\n[Service]\nType=oneshot\n"
        for _ in 0..<400 {
            text += "ExecStart = /bin/true i" + generator.text(10, from: pieces) + "\n\n"
        }
        let file = parse(text)
        let entries = file.entries(section: "Service", key: "ExecStart")
        #expect(file.errors.isEmpty && isLossless(file) && entries.count == 400)
        let output = try asSystemdReads(file)
        #expect(output.warnings == [])
        #expect(try output.commandLines == entries.map { try ExecCommandLine.split($0.value) })
    }
}
