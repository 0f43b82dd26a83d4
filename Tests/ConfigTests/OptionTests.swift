import Diagnostics
import Testing

@testable import Config

@Suite("Settings that need no planning")
struct OptionTests {
    @Test(
        "The name in JSON is the key in words, with the unit of a time or a size",
        arguments: [
            ("StopTimeout", "seconds", "stop_timeout_seconds"), ("MbufSize", "bytes", "mbuf_size_bytes"), ("IOMMU", "", "iommu"),
            ("EALArguments", "", "eal_arguments"), ("Queues", "queues", "queues"), ("KernelCommandLine", "", "kernel_command_line"),
        ])
    func names(_ key: String, _ unit: String, _ name: String) {
        #expect(OptionValue(key: key, value: .none, unit: unit, isDefault: true).jsonName == name)
    }

    @Test("Each option of a section is shown once, and one that was set is not the default")
    func values() throws {
        let config = ParsingTests.parse("[Testpmd]\nQueues=2\nStopTimeout=1min\n").config
        let values = TestpmdSection.values(of: try #require(config.testpmds.first).options)
        let keys = TestpmdSection.settings.filter { $0.option != nil }.map(\.key)
        #expect(values.map(\.key) == keys && Set(keys).count == keys.count)
        #expect(values.filter { !$0.isDefault }.map { "\($0.key)=\($0.text)" } == ["Queues=2", "StopTimeout=60 seconds"])
        #expect(values.first { $0.key == "ReadOnlyGroup" }?.text == "not set")
    }
}
