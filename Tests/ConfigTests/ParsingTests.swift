import Config
import Diagnostics
import HostTopology
import Testing

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
        let (config, problems) = Self.parse("[Testpmd]\nQueues=0\n[Guest]\nImage=/a\n[Host]\nAutostart=yes\nCrystal=1\n")
        #expect(problems.map(\.code) == ["value", "unknown-key"])
        #expect(config.testpmds.isEmpty && config.guests.count == 1 && config.host.autostart)
    }

    @Test func aSyntaxErrorBreaksItsSection() {
        let (config, problems) = Self.parse("[Guest]\nImage=/a\noops\n[Testpmd]\n")
        #expect(problems.map(\.code) == ["syntax"])
        #expect(config.guests.isEmpty && config.testpmds.count == 1)
    }

    @Test func aLaterFileAddsToASectionByName() {
        let files = ["[Guest]\nName=a\nMemory=1G\nImage=/a\n", "[Guest]\nName=a\nMemory=2G\n[Guest]\nName=b\nImage=/b\n"]
        let (config, problems) = Config.parse(
            files.enumerated().map { ConfigFiles.File(path: "\($0.offset).conf", content: Array($0.element.utf8)) })
        #expect(problems.isEmpty)
        #expect(config.guests.map(\.name) == ["a", "b"])
        #expect(config.guests.first?.memory == 2 << 30 && config.guests.first?.image == "/a")
    }

    @Test func oneNameTwiceInOneFile() {
        let (config, problems) = Self.parse("[Guest]\nName=a\nImage=/a\n[Guest]\nName=a\nImage=/b\n")
        #expect(problems.map(\.code) == ["name-twice"])
        #expect(config.guests.map(\.image) == ["/a"])
    }

    @Test func messagesPointAtTheSpot() throws {
        let problem = try #require(Self.parse("[Host]\n  Autostart = maybe\n").problems.first)
        #expect(
            problem.rendered == """
                pvp.conf:2:15: error: Autostart= in [Host] is 'maybe', expected yes or no
                    Autostart = maybe
                                ^
                  correct it, or remove it for the default: no

                """)
    }

    @Test(arguments: [
        "\u{0}", "[", "[]", "=", "[NIC]\n=", "\u{FEFF}[NIC]\r\nPCIAddress=17:00.0\r\n", String(repeating: "x", count: 2 << 20),
        "[Guest]\nName=\u{202e}",
    ])
    func survivesNoise(_ text: String) {
        let (config, problems) = Self.parse(text)
        for problem in problems { #expect(problem.rendered.hasPrefix("pvp.conf:")) }
        #expect(config.guests.isEmpty)
    }
}
