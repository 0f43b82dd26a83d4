import Foundation
import TestSupport
import Testing

/// `mistakes.txt` shows what `pvpgen check` prints about thirty configurations with a mistake each.
@Suite struct PlantedMistakesTests {
    private static let right = """
        [Host]
        SMT=idle
        [NIC]
        PCIAddress=0000:17:00.0
        [NIC]
        PCIAddress=0000:17:00.1
        [Testpmd]
        ForwardingLcores=1
        [Guest]
        Name=vm
        Image=/var/lib/libvirt/images/guest.qcow2

        """

    /// What is wrong, and the text that stands in the place of another.
    private static let mistakes: [(title: String, old: String, new: String)] = [
        ("An assignment before the first section", "[Host]", "Autostart=yes\n[Host]"),
        ("A section header without its end", "[Testpmd]", "[Testpmd"),
        ("A line without an equals sign", "ForwardingLcores=1", "ForwardingLcores 1"),
        ("A misspelled section", "[Host]", "[Hots]"),
        ("A misspelled key", "Name=vm", "Name=vm\nMemroy=8G"),
        ("A key of another section", "ForwardingLcores=1", "VCPUs=3"),
        ("A number out of range", "Name=vm", "Name=vm\nVCPUs=200"),
        ("An invalid boolean", "SMT=idle", "Autostart=perhaps"),
        ("An invalid word", "SMT=idle", "SMT=maybe"),
        ("An invalid size", "Name=vm", "Name=vm\nMemory=lots"),
        ("An invalid CPU list", "SMT=idle", "IsolatedCPUs=2-x"),
        ("An incomplete PCI address", "0000:17:00.1", "17:00"),
        ("A relative path", "/var/lib/libvirt/images/guest.qcow2", "guest.qcow2"),
        ("A blank in a name", "Name=vm", "Name=big vm"),
        ("Quotes that are not closed", "SMT=idle", "KernelArguments=a\"b"),
        ("Two guests with one name", "[Testpmd]", "[Guest]\nName=vm\nImage=/srv/other.qcow2\n[Testpmd]"),
        ("A PCI device that does not exist", "0000:17:00.1", "0000:99:00.0"),
        ("A NIC that is configured twice", "0000:17:00.1", "0000:17:00.0"),
        ("A NIC without a partner", "[NIC]\nPCIAddress=0000:17:00.1\n", ""),
        ("A NIC with two addresses", "0000:17:00.1", "0000:17:00.1\nMACAddress=68:05:ca:12:34:56"),
        ("A CPU that does not exist", "ForwardingLcores=1", "CPUs=40"),
        ("The core of CPU 0", "ForwardingLcores=1", "CPUs=0"),
        ("Two settings that contradict each other", "ForwardingLcores=1", "ForwardingLcores=1\nCPUs=2,3"),
        ("More lcores than cores", "ForwardingLcores=1", "ForwardingLcores=20"),
        ("A CPU that is used twice", "ForwardingLcores=1\n[Guest]", "CPUs=3\n[Guest]\nCPUs=3-5"),
        ("Memory that is not a multiple of the page size", "Name=vm", "Name=vm\nMemory=1536M"),
        ("More memory than the machine has", "Name=vm", "Name=vm\nMemory=64G"),
        ("A NUMA node that does not exist", "Name=vm", "Name=vm\nNUMANode=7"),
        ("A peer that does not exist", "[Testpmd]", "[Interface]\nGuest=vm\nPeer=nic7\n[Testpmd]"),
        ("A preparation without a key", "Name=vm", "Name=vm\nPrepare=cloud-init"),
    ]

    @Test func eachHasAPlaceAndARemedy() throws {
        var shown = ""
        for (number, mistake) in Self.mistakes.enumerated() {
            let tree = try InstallTests.machine()
            try tree.write(
                "/etc/pvpgen/pvp.conf", Self.right.replacing(mistake.old, with: mistake.new, maxReplacements: 1))
            let result = try Program(name: "pvpgen").run(["check", "--config-only", "--root=\(tree.path)"])
            #expect(result.status == 78, "\(mistake.title)")
            // File, line and column; the line; the caret; the remedy.
            let problem = /(\/etc\/pvpgen\/pvp\.conf:\d+:\d+: (error|warning): .+\n  .+\n[ \t]+\^\n  .+\n)+/
            #expect(result.error.wholeMatch(of: problem) != nil, "\(mistake.title): \(result.error)")
            shown += "\(number + 1). \(mistake.title)\n\n\(result.error)\n"
        }
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "mistakes.txt")
        if Golden.isRewritten("mistakes.txt") { try shown.write(to: file, atomically: true, encoding: .utf8) }
        #expect(try String(contentsOf: file, encoding: .utf8) == shown)
    }

    @Test func thereAreThirty() { #expect(Self.mistakes.count == 30) }
}
