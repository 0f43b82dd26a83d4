import Diagnostics
import Testing

@testable import Config

@Suite("Settings that need no planning")
struct OptionTests {
    @Test(
        "The name in JSON is the key in words, with the unit of a time or a size",
        arguments: [
            ("StopTimeout", "seconds", "stop_timeout_seconds"), ("MbufSize", "bytes", "mbuf_size_bytes"),
            ("IOMMU", "", "iommu"),
            ("EALArguments", "", "eal_arguments"), ("Queues", "queues", "queues"),
            ("KernelCommandLine", "", "kernel_command_line"),
        ])
    func names(_ key: String, _ unit: String, _ name: String) {
        #expect(OptionValue(key: key, value: .none, unit: unit, isDefault: true).jsonName == name)
    }

    @Test("Each option of a section is shown once, and one that was set is not the default")
    func values() throws {
        let config = ParsingTests.parse(
            "[Testpmd]\nBurstSize=64\nMbufSize=2176, 9216\nRSS=udp\nEALArguments=-n 4 'a b'\nStopTimeout=1min\n"
        ).config
        let values = TestpmdSection.values(of: try #require(config.testpmds.first).options)
        let options = TestpmdSection.settings.filter { $0.option != nil }
        let keys = options.map(\.key)
        #expect(values.map(\.key) == keys && Set(keys).count == keys.count)
        #expect(
            values.filter { !$0.isDefault }.map { "\($0.key)=\($0.text)" } == [
                "BurstSize=64", "RSS=udp", "MbufSize=2176 9216 bytes", "EALArguments=-n 4 a b",
                "StopTimeout=60 seconds",
            ])
        #expect(values.first { $0.key == "EALArguments" }?.value == .list([.text("-n"), .text("4"), .text("a b")]))
        let defaults = TestpmdSection.values(of: TestpmdOptions()).filter(\.isDefault)
        #expect(defaults.count == keys.count)
        #expect(values.first { $0.key == "ReadOnlyGroup" }?.text == "not set")
    }

    @Test("An option that was set takes its default back by an empty value")
    func empty() {
        let config = ParsingTests.parse(
            "[Testpmd]\nBurstSize=64\nBurstSize=\nExtraArguments=-a\nExtraArguments=\nQueues=2\nQueues=\n"
        )
        .config
        #expect(config.testpmds.first?.options == TestpmdOptions())
    }

    @Test(
        "A value that testpmd would not take is refused",
        arguments: [
            "BurstSize=0", "BurstSize=513", "BurstSize=all", "MbufCount=1024", "MbufCount=-1", "MbufSize=255",
            "MbufSize=65536",
            "MbufSize=2176,,x", "MbufSize=256 257 258 259 260 261 262 263 264", "RSS=tcp", "ExtraArguments='a",
            "EALArguments=a\\q",
        ])
    func refused(_ line: String) {
        #expect(ParsingTests.parse("[Testpmd]\n\(line)\n").problems.map(\.code) == [.value], "\(line)")
    }

    @Test(arguments: [
        ("mprq_en=1,rxq_cqe_comp_en=0", true), ("representor_matching=1", true), ("a=[0-3]", true), ("a b", false),
        ("a=1,", false),
        (",a=1", false),
        ("a=\"1\"", false), ("a=1,,b=2", false), ("=1", false), ("a=ä", false),
    ])
    func deviceArguments(_ text: String, _ isRight: Bool) {
        #expect(
            ParsingTests.parse("[NIC]\nDeviceArguments=\(text)\n").problems.map(\.code) == (isRight ? [] : [.value]),
            "\(text)")
    }
}
