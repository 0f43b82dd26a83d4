import Testing

@testable import UnitFile

@Suite struct CommandLineTests {
    static let vectors: [[String]] = {
        var generator = SeededGenerator(state: 5)
        let table = [
            ["/bin/echo"], ["echo", "a"], ["/bin/echo", "", " ", ";", "\\;", "\";\"", "&", ">"],
            ["/bin/echo", "$HOME", "${HOME}", "$$", "%n", "%%"],
            ["/bin/echo", "-x", "@y", "+z", "!", ":", "|"],
            ["/bin/echo", "\t\n\r\u{7F}\u{1}", "é 🐧", "'", "\"", "\\", "a\\"],
        ]
        return table
            + (0..<400).map { _ in
                ["/bin/true"]
                    + (0..<Int.random(in: 0...4, using: &generator)).map { _ in generator.text(6, from: Pieces.all) }
            }
    }()

    @Test(arguments: [
        (["/bin/echo", "one"], "/bin/echo one"), (["/bin/echo", "two two"], "/bin/echo \"two two\""),
        (["/bin/a b", ""], "\"/bin/a b\" \"\""),
        (["/bin/echo", "$HOME", "100%"], "/bin/echo $$HOME 100%%"),
        (["sh", "-c", "dmesg | tac"], "sh -c \"dmesg | tac\""),
        (["/bin/echo", ";", "a;b"], "/bin/echo \";\" a;b"), (["/bin/echo", "a\"b'c\\"], "/bin/echo \"a\\\"b'c\\\\\""),
        (["/bin/echo", "\t\n\u{1B}é"], "/bin/echo \"\\t\\n\\x1bé\""), (["/bin/a%b"], "/bin/a%%b"),
    ]) func quotes(_ arguments: [String], _ line: String) throws {
        #expect(try ExecCommandLine.quote(arguments) == line)
    }

    @Test func quotedIsSplitToTheSame() throws {
        for arguments in Self.vectors {
            let line = try ExecCommandLine.quote(arguments)
            #expect(try ExecCommandLine.split(line) == arguments)
            var unit = UnitWriter()
            try unit.section("Service")
            try unit.set("ExecStart", line)
            #expect(parse(unit.bytes).value(section: "Service", key: "ExecStart") == line)
        }
    }

    /// systemd reads the lines and prints what it has understood; only `$$` it leaves for later.
    @Test func systemdReadsTheSame() throws {
        var unit = UnitWriter()
        try unit.section("Unit")
        try unit.set("DefaultDependencies", "no")
        try unit.section("Service")
        try unit.set("Type", "oneshot")
        for arguments in Self.vectors {
            try unit.set("ExecStart", ExecCommandLine.quote(arguments))
        }
        let output = try asSystemdReads(parse(unit.bytes))
        #expect(output.warnings == [])
        let read = output.commandLines
        let expected = Self.vectors.map { [$0[0]] + $0.dropFirst().map { $0.replacing("$", with: "$$") } }
        #expect(read == expected)
    }

    @Test(arguments: [
        "", "-foo", "@foo", "+foo", "!foo", "!!foo", ":foo", "|foo", ";", "/opt/$x", "/opt/a'b", "/opt/a\"b",
        "/opt/a\\b", "/opt/a\n",
        "/opt/",
    ])
    func refusesProgramsThatNoQuotingSaves(_ program: String) {
        #expect(throws: ExecCommandLine.Failure.program(program)) { try ExecCommandLine.quote([program, "x"]) }
    }

    @Test func refusesWhatIsNoCommandLine() {
        #expect(throws: ExecCommandLine.Failure.empty) { try ExecCommandLine.quote([]) }
        #expect(throws: ExecCommandLine.Failure.nul("a\0")) { try ExecCommandLine.quote(["/bin/true", "a\0"]) }
    }

    @Test func splitsTheExamplesOfTheManPage() throws {
        #expect(try ExecCommandLine.split("echo / >/dev/null & \\; ls") == ["echo", "/", ">/dev/null", "&", ";", "ls"])
        #expect(try ExecCommandLine.split("sh -c 'dmesg | tac'") == ["sh", "-c", "dmesg | tac"])
        #expect(throws: ExecCommandLine.Failure.anotherCommand(9)) {
            try ExecCommandLine.split("echo one ; echo \"two two\"")
        }
        #expect(try ExecCommandLine.split("echo $ONE ${TWO} %n") == ["echo", "$ONE", "${TWO}", "%n"])
    }

    private func words(_ value: String) throws -> [ExecCommandLine.Word] {
        try ExecCommandLine.words(value, isCommand: false)
    }

    @Test func readsWordsAndTheirPlaces() throws {
        let words = try self.words("  a'b c'd\t\"e\\tf\" \\x41\\101\\u00e9\\U0001F427\\s \"\" ; \\\"")
        #expect(words.map(\.text) == ["ab cd", "e\tf", "AAé🐧 ", "", ";", "\""])
        #expect(words.map(\.offset) == [2, 10, 17, 44, 47, 49])
        #expect(try self.words(" \t").isEmpty)
    }

    @Test(arguments: [
        ("a \"b", ExecCommandLine.Failure.openQuote(2)), ("a 'b\"", .openQuote(2)), ("a \\", .escape(2)),
        ("\\q", .escape(0)),
        ("a\\x0", .escape(1)), ("\\x00", .escape(0)),
        ("\\400", .escape(0)), ("\\08", .escape(0)), ("\\ud800", .escape(0)), ("\\U00110000", .escape(0)),
        ("x \\xff", .encoding(2)),
        ("\\;", .escape(0)),
    ]) func reportsErrorsOfWords(_ text: String, _ failure: ExecCommandLine.Failure) {
        #expect(throws: failure) { try words(text) }
        #expect(!failure.message.isEmpty)
    }

    @Test("Arguments are words in which only quotes and escapes mean something")
    func argumentsOfAValue() throws {
        #expect(
            try ExecCommandLine.arguments("-n 4 --a='b c' \"d\\te\" $F %g ; ${h}") == [
                "-n", "4", "--a=b c", "d\te", "$F", "%g", ";", "${h}",
            ])
        #expect(throws: ExecCommandLine.Failure.openQuote(4)) { try ExecCommandLine.arguments("--a='b") }
    }

    @Test func escapesSpecifiers() {
        #expect(Specifier.escape("100% %n %%é") == "100%% %%n %%%%é")
        #expect(Specifier.escape("a") == "a")
    }
}
