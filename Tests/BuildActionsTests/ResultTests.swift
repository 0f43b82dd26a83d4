import Builds
import Config
import Diagnostics
import JSON
import Linux
import Plan
import TestSupport
import Testing
import Values

@testable import BuildActions

/// Results on a host, and on their way to another one.
@Suite("Results of builds") struct ResultTests {
    private func built() throws -> (host: BuildHost, result: BuildResult) {
        let host = try BuildHost(archiveOf: try Toy.project(), tools: try Toy.tools())
        #expect(try host.build().status == 0)
        return (host, try host.onlyResult())
    }

    @Test("A dry run prints source, hash, commands and estimate, and does nothing")
    func dryRun() throws {
        let host = try BuildHost(archiveOf: try Toy.project(), settings: "Drivers=net/ice", tools: try Toy.tools())
        let result = try host.pvpgen("build", "--dry-run")
        #expect(result.status == 0, "\(result.error)")
        for text in [
            "dpdk-a: dpdk, not built\n", "source       \(BuildHost.archive) (sha256:", ", on this host\n",
            "hash         \(try host.hash().prefix(8))\n", "drivers      net/ice\n", "of CPU time",
        ] { #expect(result.output.contains(text), "\(text): \(result.output)") }
        host.expectNothing()
        let json = try host.pvpgen("build", "--dry-run", "--json")
        let document = try JSON(Array(json.output.utf8))
        #expect(document["builds"]?.array?.first?["hash"]?.string == (try host.hash()))
        #expect(document["changed"] == false && document["builds"]?.array?.first?["record"] == .null)
        #expect(try host.pvpgen("build").error.contains("builds are services of this machine"))
        #expect(try host.pvpgen("build", "dpdk-x").error.contains("name one of: dpdk-a"))
        try host.root.remove("/etc/pvpgen/pvp.conf")
        let none = try JSON(Array(host.pvpgen("build", "--json").output.utf8))
        #expect(none["builds"]?.array?.isEmpty == true && none["changed"] == false)
        let list = try JSON(Array(host.pvpgen("build", "list", "--json").output.utf8))
        #expect(list["results"]?.array?.isEmpty == true)
    }

    @Test("A result is listed and shown, and removed unless the configuration or a process uses it")
    func remove() throws {
        let (host, result) = try built()
        try host.tree.write("/proc/77/status", "")
        try host.tree.link("/proc/77/exe", result.program)
        try host.tree.write("/proc/78/status", "")
        try host.tree.link("/proc/78/exe", "/usr/bin/dpdk-testpmd")
        let list = try host.pvpgen("build", "list")
        #expect(list.output.contains("\(result.name)  dpdk-a  -        77         0"), "\(list.output)")
        let json = try JSON(Array(host.pvpgen("build", "list", "--json").output.utf8))["results"]?.array?.first
        #expect(json?["names"]?.array == ["dpdk-a"] && json?["processes"]?.array == [77])
        #expect(json?["record"]?["hash"]?.string?.hasPrefix(result.hash) == true)
        try host.root.remove("/etc/pvpgen/pvp.conf")
        let refused = try host.pvpgen("build", "remove", "dpdk-a")
        #expect(refused.status != 0 && refused.error.contains("\(result.name): process 77 runs it"), "\(refused)")
        #expect(try host.pvpgen("build", "remove", "--unused").output == "nothing to remove\n")
        #expect(try host.onlyResult() == result)
        try host.root.remove("/proc/77/exe")
        #expect(
            try host.pvpgen("build", "remove", "dpdk-x").error.contains("'dpdk-x': no build or result has this name"))
        #expect(try host.pvpgen("build", "remove", result.name).output == "\(result.path): removed\n")
        host.expectNothing()
        #expect(try host.pvpgen("build", "list").output == "no results in /opt/pvpgen/builds\n")
    }

    @Test("An exported result is the same on another host, under its name or another")
    func export() throws {
        let (host, result) = try built()
        try host.tree.write("\(result.path)/extra", "no part of the result")
        let file = host.root.path("/srv/dpdk.tar.zst")
        let second = host.root.path("/srv/again.tar.zst")
        #expect(try host.export(to: file) == 0 && host.export(to: second, result.name) == 0)
        #expect(try host.sum("/srv/dpdk.tar.zst") == host.sum("/srv/again.tar.zst"))
        let other = try BuildHost(tools: host.tools)
        try other.root.remove("/etc/pvpgen/pvp.conf")
        let imported = try other.pvpgen("build", "import", file)
        #expect(imported.status == 0 && imported.output.contains("dpdk-a: \(result.path)\n"), "\(imported)")
        #expect(try other.onlyResult() == result)
        #expect(try other.root.bytes(result.program) == host.root.bytes(result.program))
        #expect(try other.pvpgen("build", "import", file, "--name=dpdk-b").status == 0)
        #expect(try other.results().map(\.names) == [["dpdk-a", "dpdk-b"]])
        #expect(try other.pvpgen("build", "import", file, "--name=../x").status != 0)
        #expect(try host.export(to: "/dev/full") != 0)
    }

    /// Another archive in the place of the exported one, and what the message has.
    static let tricks = [
        ("echo > R/extra", "expected what 'pvpgen build export' writes"),
        ("mkdir S; echo > S/file", "expected what 'pvpgen build export' writes"),
        ("rm R/build.json", "expected what 'pvpgen build export' writes"),
        ("mv R/bin b; ln -s ../b R/bin", "expected what 'pvpgen build export' writes"),
        ("mv R dpdk-1", "expected what 'pvpgen build export' writes"),
        ("ln -sf /usr/bin/true R/bin/dpdk-testpmd", "its program has another checksum"),
        ("rm R/bin/dpdk-testpmd; mkfifo R/bin/dpdk-testpmd", "its program has another checksum"),
        ("echo >> R/bin/dpdk-testpmd", "its program has another checksum"),
        ("ln -sf /etc/passwd R/build.json", "its build.json cannot be read"),
        ("echo x > R/build.json", "its build.json is not that of"),
        ("sed -i 's/generic/native/' R/build.json", "its build.json is not that of"),
        ("sed -i 's/24.11.1/24.11.2/' R/build.json", "its build.json is not that of"),
    ]

    @Test("An archive with anything else is refused, and nothing of it is left", arguments: tricks)
    func tricked(_ trick: String, _ message: String) throws {
        let (host, result) = try built()
        let script = "cd \(host.root.path(BuildResult.directory)) && mv \(result.name) R; \(trick); mv R \(result.name)"
        _ = try Command(["sh", "-c", "\(script); tar --create --zstd --file=\(host.tree.path)/x.tar.zst *"]).run()
        try refuse("\(host.tree.path)/x.tar.zst", message)
    }

    private func refuse(_ file: String, _ message: String) throws {
        let other = try BuildHost()
        try other.root.remove("/etc/pvpgen/pvp.conf")
        let imported = try other.pvpgen("build", "import", file)
        #expect(imported.status != 0 && imported.error.contains(message), "\(imported.error)")
        other.expectNothing()
    }

    @Test("An archive that is cut off or none is refused, and one with names that lead out of it")
    func damaged() throws {
        let (host, result) = try built()
        let file = host.root.path("/srv/dpdk.tar.zst")
        #expect(try host.export(to: file) == 0)
        let cut = "head -c 3000 \(file) > \(file).cut; echo x > \(file).text; cd \(host.root.path(result.path)); "
        let names = "tar --create --absolute-names --file=\(file).names ../\(result.name)"
        #expect(try Command(["sh", "-c", cut + names]).run().status == 0)
        try refuse("\(file).cut", "tar ended with 2: ")
        try refuse("\(file).text", "tar ended with 2: tar: This does not look like a tar archive")
        try refuse("\(file).names", "expected what 'pvpgen build export' writes")
        try refuse("\(file).none", "No such file")
    }
}
