import Config
import Diagnostics
import Testing
import Values

@Suite struct ParsingTests {
    static func parse(_ text: String) -> (config: Config, problems: [Problem]) {
        Config.parse([ConfigFiles.File(path: "pvp.conf", content: Array(text.utf8))])
    }

    @Test func readsEveryKind() {
        let (config, problems) = Self.parse(
            """
            [Host]
            IsolatedCPUs=2-7
            KernelArguments=a=1 b
            Autostart=TRUE
            [Hugepages]
            PageSize=2M
            Pages=0:4 1:2
            [NIC]
            Name=left
            PCIAddress=17:00.0
            [Guest]
            Memory=512M
            Image=
            """)
        #expect(problems.isEmpty)
        #expect(config.host.isolatedCPUs == .given(CPUSet(Array(2...7))))
        #expect(config.host.kernelArguments == ["a=1", "b"])
        #expect(config.host.autostart)
        #expect(config.hugepages.pageSize == .megabytes)
        #expect(config.hugepages.pages == .given(.perNode([0: 4, 1: 2])))
        #expect(config.nics.map(\.name) == ["left"])
        #expect(config.guests.map(\.name) == ["guest"])
        #expect(config.guests.first?.memory == 512 << 20)
    }

    @Test func anEmptyValueTakesTheDefaultBack() {
        #expect(Self.parse("[Guest]\nMemory=1G\nMemory=\n").config.guests.first?.memory == 4 << 30)
    }

    @Test func aWrongSectionIsLeftOutAndTheRestStays() {
        let (config, problems) = Self.parse(
            "[Testpmd]\nQueues=0\n[Guest]\nImage=/a\n[Host]\nAutostart=yes\nCrystal=1\n")
        #expect(problems.map(\.code) == [.value, .unknownKey])
        #expect(
            config.testpmds.map(\.isWrong) == [true] && config.guests.map(\.isWrong) == [false] && config.host.autostart
        )
    }

    @Test func aSyntaxErrorBreaksItsSection() {
        let (config, problems) = Self.parse("[Guest]\nImage=/a\noops\n[Testpmd]\n")
        #expect(problems.map(\.code) == [.syntax])
        #expect(config.guests.map(\.isWrong) == [true] && config.testpmds.map(\.isWrong) == [false])
    }

    @Test func aLaterFileAddsToASectionByName() {
        let files = [
            "[Guest]\nName=a\nMemory=1G\nImage=/a\n", "[Guest]\nName=a\nMemory=2G\n[Guest]\nName=b\nImage=/b\n",
        ]
        let (config, problems) = Config.parse(
            files.enumerated().map { ConfigFiles.File(path: "\($0.offset).conf", content: Array($0.element.utf8)) })
        #expect(problems.isEmpty)
        #expect(config.guests.map(\.name) == ["a", "b"])
        #expect(config.guests.first?.memory == 2 << 30 && config.guests.first?.image == "/a")
    }

    @Test func oneNameTwiceInOneFile() {
        let (config, problems) = Self.parse("[Guest]\nName=a\nImage=/a\n[Guest]\nName=a\nImage=/b\n")
        #expect(problems.map(\.code) == [.nameTwice])
        #expect(config.guests.map(\.image) == ["/a"])
    }

    @Test func messagesPointAtTheSpot() throws {
        let problem = try #require(Self.parse("[Host]\n  Autostart = maybe\n").problems.first)
        #expect(
            problem.rendered == """
                pvp.conf:2:15: error: Autostart= in [Host] is 'maybe', expected yes or no
                    Autostart = maybe
                                ^
                  correct the value, or remove the line for the default: no

                """)
    }

    @Test(arguments: [
        "\u{0}", "[", "[]", "=", "[NIC]\n=", "\u{FEFF}[NIC]\r\nPCIAddress=17:00.0\r\n",
        String(repeating: "x", count: 2 << 20),
        "[Guest]\nName=\u{202e}",
    ])
    func survivesNoise(_ text: String) {
        let (config, problems) = Self.parse(text)
        for problem in problems { #expect(problem.rendered.hasPrefix("pvp.conf:")) }
        #expect(config.guests.allSatisfy { $0.isWrong })
    }

    /// A list grows with each assignment, in one file or in several, and is reset by an empty one.
    @Test(arguments: [
        ("CPUs=2-3\nCPUs=7, 9\t11\n", "2-3,7,9,11"), ("CPUs=2-3\nCPUs=\nCPUs=5\n", "5"),
        ("CPUs=2-3\nCPUs=auto\nCPUs=5\n", "5"),
        ("CPUs=2\n[Testpmd]\nName=testpmd-b\n", "2"),
    ])
    func listsAdd(_ text: String, _ cpus: String) {
        let (config, problems) = Self.parse("[Testpmd]\n" + text)
        #expect(problems.isEmpty && config.testpmds.first?.cpus.value?.description == cpus)
    }

    @Test func argumentsAdd() {
        #expect(
            Self.parse("[Host]\nKernelArguments=a b\nKernelArguments=c\n").config.host.kernelArguments == [
                "a", "b", "c",
            ])
        #expect(Self.parse("[Host]\nKernelArguments=a b\nKernelArguments=\n").config.host.kernelArguments == [])
    }

    private static let sizeTexts: [(String, UInt64?)] = [
        ("1", 1), ("1B", 1), ("2K", 2048), ("512M", 536_870_912), ("1.5G", 1_610_612_736), ("0.1K", 102),
        ("1G512M", 1_610_612_736),
        ("1G 512M 7", 1_610_612_743), ("1 G", 1_073_741_824), ("256T", 281_474_976_710_656), ("0.0000000001T", 109),
        ("0", nil),
        ("-1", nil),
        ("+1", nil), ("1.G", nil), (".5G", nil), ("512M1G", nil), ("1G1G", nil), ("1 2", nil), ("1k", nil),
        ("1GiB", nil), ("257T", nil),
        ("1P", nil), ("16E", nil), ("99999999999999999999", nil), ("1.5.5G", nil), ("G", nil),
    ]

    /// As `parse_size()` of systemd with base 1024, but for 0 and what no machine has.
    @Test(arguments: sizeTexts)
    func sizes(_ text: String, _ bytes: UInt64?) {
        let config = Self.parse("[Guest]\nMemory=\(text)\n").config
        #expect(config.guests.first { !$0.isWrong }?.memory == bytes)
    }

    /// What a section's keys are called and where they stand, for what is found out later.
    @Test func aSectionKnowsWhereItsValuesAre() throws {
        let files = ["[Guest]\nMemory=1G\nCPUs=1\n", "[Guest]\n  CPUs = 2\nMemory=\n"]
        let (config, _) = Config.parse(
            files.enumerated().map { ConfigFiles.File(path: "\($0.offset).conf", content: Array($0.element.utf8)) })
        let guest = try #require(config.guests.first)
        #expect(guest.location(of: "CPUs") == SourceLocation(file: "1.conf", line: 2, column: 10, text: "  CPUs = 2"))
        #expect(guest.source.assignments(of: "CPUs").map(\.value) == ["1", "2"])
        #expect(guest.location(of: "Memory") == SourceLocation(file: "0.conf", line: 1, column: 1, text: "[Guest]"))
        #expect(guest.location == guest.location(of: "Image"))
    }

    /// A file of noise is reported once, and its valid parts are read.
    @Test func aHundredThousandMistakesAreCounted() {
        let (config, problems) = Self.parse(
            "[Host]\nAutostart=yes\n" + String(repeating: "Noise=1\n", count: 100_000) + "[Guest]\nVCPUs=0\n")
        #expect(problems.count == 501 && problems.last?.code == .tooMany)
        #expect(problems.last?.message.hasPrefix("99501 ") == true)
        #expect(config.host.autostart && config.guests.map(\.isWrong) == [true] && !config.isComplete)
    }

    @Test func anEmptyNameIsNone() {
        #expect(
            Self.parse("[NIC]\nName=\n[NIC]\n[Guest]\nName=a\nName=\n").config.nics.map(\.name) == ["nic0", "nic1"])
        #expect(Self.parse("[Guest]\nName=a\nName=\n").config.guests.map(\.name) == ["guest"])
    }

    @Test func aWrongNameIsReportedOnce() {
        let (config, problems) = Self.parse("[Guest]\nName=-a\n[Guest]\nImage=/a\n[Guest]\nName=-a\nVCPUs=0\n")
        #expect(problems.map(\.code) == [.value, .value, .value])
        #expect(config.guests.filter { !$0.isWrong }.map(\.name) == ["guest"] && !config.isComplete)
    }

    @Test func furtherErrorsInASecondOfOneNameAreReported() {
        let (config, problems) = Self.parse("[Guest]\nName=a\nImage=/a\n[Guest]\nName=a\nVCPUs=0\n")
        #expect(problems.map(\.code) == [.nameTwice, .value])
        #expect(problems.map { $0.location?.line } == [5, 6])
        #expect(config.guests.map(\.image) == ["/a"])
    }

    /// As systemd-analyze timespan reads them, in whole seconds.
    @Test(arguments: [
        ("90s", 90), ("90", 90), ("1min 30s", 90), ("1min30", 90), ("2 min", 120), ("1h", 3600), ("30sec", 30),
        ("1 hour", 3600), ("", 60),
    ])
    func timeSpans(_ text: String, _ seconds: Int) {
        let (config, problems) = Self.parse("[Guest]\nStopTimeout=\(text)\n")
        #expect(problems.isEmpty && config.guests.first?.stopTimeout == seconds)
    }

    @Test(arguments: ["0", "-1s", "2h", "1x", "s", "1.5min", "9999999999", "1min x", "500ms"]) func noTimeSpans(
        _ text: String
    ) {
        #expect(Self.parse("[Guest]\nStopTimeout=\(text)\n").problems.map(\.code) == [.value])
    }

    @Test func interfacesAreRead() {
        let (config, problems) = Self.parse(
            "[Interface]\nGuest=a\nPeer=nic0\nQueues=2\nRingSize=512\nMACAddress=52:54:00:AA:bb:01\n[Interface]\n"
                + "Guest=a\n"
        )
        #expect(problems.isEmpty)
        #expect(
            config.interfaces.map(\.name) == ["interface0", "interface1"]
                && config.interfaces.map(\.guest) == ["a", "a"])
        let first = config.interfaces.first
        #expect(first?.peer == "nic0" && first?.queues.value == 2 && first?.ringSize.value == 512)
        #expect(first?.macAddress.value?.description == "52:54:00:aa:bb:01")
    }
}
