import Lab
import LabTools
import Testing

/// Own builds of DPDK and QEMU on a lab machine with two chains.
extension SoakTests {
    @Test("two releases of DPDK forward side by side; apply replaces them by two others under running guests")
    func releasesSideBySide() async throws {
        // Not 20.11: with --in-memory it has no directory for telemetry, and is never ready.
        let names = ["dpdk-22.11", "dpdk-24.11", "dpdk-25.11"]
        let archives = try LabBuilds.archives(names, Progress())
        let available = names.filter { archives[$0] != nil }
        try #require(available.count >= 2, "\(available)")
        // The newest beside the oldest; then the same the other way round, or with the third.
        let first = [available[0], available[available.count - 1]]
        let pairs = [first, available.count > 2 ? [available[1], available[0]] : first.reversed()]
        let host = try await SharedHost.twoChains.rebooted()
        try host.stop()
        for name in available { try host.importBuild(name, archives[name] ?? "") }

        try host.idle(with: PVPHost.twoChains(testpmds: pairs[0]))
        try host.start()
        try expectRunning(pairs[0], on: host)
        try host.shell.run(["sh", "-c", "pvpgen report --json > /root/before.json"])
        let domains = try host.domains()
        try host.configure(PVPHost.twoChains(testpmds: pairs[1]))
        let applied = try host.shell.attempt(["pvpgen", "apply"], within: Limit.start)
        #expect(applied.status == 0, "\(applied.output)")
        try expectRunning(pairs[1], on: host)
        #expect(try host.domains() == domains)
        try host.shell.run(["sh", "-c", "pvpgen report --json > /root/after.json"])
        let compared = try host.shell.attempt(
            ["pvpgen", "report", "--compare", "/root/before.json", "/root/after.json"])
        for name in pairs.joined() {
            #expect(compared.output.contains("build \(try host.result(of: name))"), "\(compared.output)")
        }
        print(compared.output)

        let used = try host.shell.attempt(["pvpgen", "build", "remove", pairs[1][0]])
        #expect(used.status == 1 && used.output.contains("used by testpmd testpmd"), "\(used.output)")
        print(try host.shell.run(["pvpgen", "build", "list"]))
        try host.stop()
    }

    @Test("a guest runs on a build of QEMU beside one on the distribution's, both confined by AppArmor")
    func emulatorsSideBySide() async throws {
        let archives = try LabBuilds.archives(["qemu-7.2"], Progress())
        let archive = try #require(archives["qemu-7.2"])
        let host = try await SharedHost.twoChains.rebooted()
        try host.stop()
        try host.shell.run(["systemctl", "unmask", "apparmor.service"])
        try host.shell.run(["systemctl", "restart", "apparmor.service"], within: Limit.start)
        try host.shell.run(["systemctl", "restart", "libvirtd.service"])
        try host.importBuild("qemu-7.2", archive)
        // The parser takes 60 s for a guest alone, and here it loads the profiles of two.
        let patient = PVPHost.twoChains.replacing("[Guest]\n", with: "[Guest]\nStartTimeout=15min\n")
        try host.idle(with: patient + "Build=qemu-7.2\n")
        try host.pvpgenInstall()
        let since = try host.shell.run(["date", "+%s"]).trimmingNewline
        try host.start(within: 2 * Limit.server)
        let built = "/opt/pvpgen/builds/\(try host.result(of: "qemu-7.2"))/bin/qemu-system-x86_64"
        for (guest, program) in [("west", "/usr/bin/qemu-system-x86_64"), ("east", built)] {
            let process = try host.shell.run(["cat", "/run/libvirt/qemu/\(guest).pid"]).trimmingNewline
            #expect(try host.shell.run(["readlink", "/proc/\(process)/exe"]).trimmingNewline == program)
            let profile = try host.shell.run(["cat", "/proc/\(process)/attr/current"])
            #expect(profile.hasPrefix("libvirt-") && profile.contains("(enforce)"), "\(profile)")
        }
        try expectFramesOfBothChains(1000, on: host)
        let verified = try host.shell.attempt(["pvpgen", "verify"])
        #expect(verified.status == 0 && verified.output.contains("0 deviations"), "\(verified.output)")
        print(try host.shell.run(["pvpgen", "report"]).split(separator: "\n").filter { $0.contains("QEMU") })
        try host.stop()
        let denials = try host.shell.attempt(
            ["journalctl", "--boot", "--dmesg", "--output=cat", "--since=@\(since)", "--grep=apparmor=.DENIED"])
        #expect(!denials.output.contains("DENIED"), "\(denials.output)")
        try host.idle(with: PVPHost.twoChains)
        try host.pvpgenInstall()
        try host.shell.run(["pvpgen", "build", "remove", "qemu-7.2"])
        try host.shell.run(["systemctl", "mask", "apparmor.service"])
        try host.shell.run(["aa-teardown"], within: Limit.start)
        try host.shell.run(["systemctl", "restart", "libvirtd.service"])
    }

    /// Each testpmd runs the program of its build, frames cross both, and nothing differs from the
    /// plan.
    private func expectRunning(_ builds: [String], on host: PVPHost) throws {
        for (testpmd, build) in zip(["testpmd", "testpmd-east"], builds) {
            let control = try host.mainProcess(of: "\(testpmd).service")
            let process = try host.shell.run(["pgrep", "--parent", control, "--exact", "dpdk-testpmd"])
            let program = try host.shell.run(["readlink", "/proc/\(process.trimmingNewline)/exe"]).trimmingNewline
            #expect(program == "/opt/pvpgen/builds/\(try host.result(of: build))/bin/dpdk-testpmd")
        }
        try expectFramesOfBothChains(1000, on: host)
        let verified = try host.shell.attempt(["pvpgen", "verify"])
        #expect(verified.status == 0 && verified.output.contains("0 deviations"), "\(verified.output)")
    }

    private func expectFramesOfBothChains(_ count: Int, on host: PVPHost) throws {
        for pair in host.lab.pairs.indices {
            for end in [Wires.End.nic0, .nic1] {
                let crossing = try host.cross(count, from: end, pair: pair)
                #expect(crossing.isWhole, "chain \(pair): \(crossing)")
            }
        }
    }
}

extension PVPHost {
    /// Two chains whose testpmds are of these builds.
    fileprivate static func twoChains(testpmds builds: [String]) -> String {
        let first = "[Testpmd]\nForwardingLcores=1\n"
        return twoChains.replacing("\(first)[", with: "\(first)Build=\(builds[0])\n[").replacing(
            "Name=testpmd-east\n", with: "Name=testpmd-east\nBuild=\(builds[1])\n")
    }

    /// Adds the result of a build.
    fileprivate func importBuild(_ name: String, _ archive: String) throws {
        let file = "/root/\(name).tar.gz"
        try shell.copy(archive, to: file)
        let output = try shell.run(["pvpgen", "build", "import", file])
        progress(output.trimmingNewline)
    }

    /// The name of a build's result.
    fileprivate func result(of build: String) throws -> String {
        let path = try shell.run(["readlink", "/etc/pvpgen/builds/\(build)"]).trimmingNewline
        return path.split(separator: "/").last.map(String.init) ?? path
    }

    fileprivate func domains() throws -> [String] {
        try ["west", "east"].map { try shell.run(["virsh", "domid", $0]) }
    }
}
