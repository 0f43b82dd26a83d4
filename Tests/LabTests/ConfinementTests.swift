import Lab
import LabTools
import Testing

/// Guests under the confinement that a distribution has. It is off in the lab elsewhere: AppArmor
/// loads each guest's profile ten times, 6 s each.
extension SoakTests {
    /// libvirt's choice of QEMU, and one with its own modules and firmware outside of /usr/bin.
    @Test(arguments: [nil, "/opt/qemu/bin/qemu-system-x86_64"])
    func aGuestIsConfinedByAppArmor(emulator: String?) async throws {
        let host = try await SharedHost.shared.rebooted()
        try host.idle(with: PVPHost.configuration)
        let before = try host.localRules()
        try host.shell.run(["systemctl", "unmask", "apparmor.service"])
        try host.shell.run(["systemctl", "restart", "apparmor.service"], within: Limit.start)
        try host.shell.run(["systemctl", "restart", "libvirtd.service"])
        if let emulator {
            try host.installQEMU()
            try host.idle(with: PVPHost.configuration + "Emulator=\(emulator)\n")
            let check = try host.shell.attempt(["pvpgen", "check"])
            #expect(
                check.status != 0 && check.output.contains("rule missing: libvirt's profile 'libvirtd'"), "\(check)")
        }
        let since = try host.shell.run(["date", "+%s"]).trimmingNewline
        try host.pvpgenInstall()
        try host.start()
        let process = try host.shell.run(["pgrep", "qemu-system"]).trimmingNewline
        let program = try host.shell.run(["readlink", "/proc/\(process)/exe"]).trimmingNewline
        #expect(program == emulator ?? "/usr/bin/qemu-system-x86_64")
        let profile = try host.shell.run(["cat", "/proc/\(process)/attr/current"])
        #expect(profile.hasPrefix("libvirt-") && profile.contains("(enforce)"), "\(profile)")
        for end in [Wires.End.nic0, .nic1] { #expect(try host.cross(1000, from: end).isWhole) }
        try host.stop()
        let denials = try host.shell.attempt(
            ["journalctl", "--boot", "--dmesg", "--output=cat", "--since=@\(since)", "--grep=apparmor=.DENIED"])
        #expect(!denials.output.contains("DENIED"), "\(denials.output)")
        if emulator != nil {
            try host.idle(with: PVPHost.configuration)
            try host.pvpgenInstall()
            try host.shell.run(["rm", "-r", "/opt/qemu"])
        }
        #expect(try host.localRules() == before)
        try host.shell.run(["systemctl", "mask", "apparmor.service"])
        try host.shell.run(["aa-teardown"], within: Limit.start)
        try host.shell.run(["systemctl", "restart", "libvirtd.service"])
    }

    /// On a machine of its own: a kernel has one of the two.
    @Test func aGuestIsConfinedBySELinux() async throws {
        let progress = Progress()
        let host = try PVPHost(progress, images: LabImages.withSELinux(progress))
        defer { host.end() }
        try host.install()
        // Debian's policy denies some of what Debian's own services and apt do.
        let before = try host.denials()
        try host.pvpgenInstall()
        try host.reboot()
        #expect(try host.shell.run(["getenforce"]) == "Enforcing\n")
        do {
            try host.start(within: Limit.server)
        } catch {
            Issue.record("\(error)\ndenied: \(try host.denials().subtracting(before).sorted().joined(separator: "\n"))")
            return
        }
        let process = try host.shell.run(["pgrep", "qemu-system"]).trimmingNewline
        let context = try host.shell.run(["cat", "/proc/\(process)/attr/current"])
        #expect(context.hasPrefix("system_u:system_r:svirt_t:s0:c"), "\(context)")
        for end in [Wires.End.nic0, .nic1] { #expect(try host.cross(1000, from: end).isWhole) }
        try host.stop()
        #expect(try host.labelsOfTheRPM() == "", "labels that restorecon would change")
        try host.start(within: Limit.server)
        for end in [Wires.End.nic0, .nic1] { #expect(try host.cross(1000, from: end).isWhole) }
        try host.stop()
        let denials = try host.denials().subtracting(before)
        #expect(denials.isEmpty, "\(denials.sorted().joined(separator: "\n"))")
    }
}

extension PVPHost {
    /// What SELinux has denied since the installation, such as `svirt_t hugetlbfs_t:file map`.
    fileprivate func denials() throws -> Set<String> {
        let log = try shell.run(
            ["sh", "-c", "cat /var/log/audit/audit.log*; journalctl --dmesg"], within: Limit.package)
        let pattern = /denied  { ([^}]+) }.* scontext=\S+?:\S+?:(\S+?):\S+ tcontext=\S+?:\S+?:(\S+?):\S+ tclass=(\S+)/
        return Set(
            log.split(separator: "\n").flatMap { line -> [String] in
                guard let match = line.firstMatch(of: pattern)?.output else { return [] }
                return match.1.split(separator: " ").map { "\(match.2) \(match.3):\(match.4) \($0)" }
            })
    }

    /// Puts the files of the RPM in place of those of the Debian package as rpm would: each gets
    /// the label that the policy has for it, then the package's script runs. Returns what
    /// restorecon(8) would change after that.
    fileprivate func labelsOfTheRPM() throws -> String {
        progress("the files of the RPM")
        let archive = try Project.rpmPayload()
        defer { Cache.remove(archive.folder) }
        try shell.copy(archive.folder + "/payload.tar", to: "/run/rpm/payload.tar")
        try shell.write(archive.files, to: "/run/rpm/files")
        try shell.write(archive.script, to: "/run/rpm/post")
        let install = """
            set -eu
            semodule -X 200 -r pvpgen
            rm -r /usr/lib/pvpgen /usr/bin/pvpgen
            tar --extract --overwrite --directory=/ --file=/run/rpm/payload.tar
            xargs --delimiter='\\n' restorecon -F </run/rpm/files
            sh /run/rpm/post
            """
        try shell.run(["sh", "-c", install], within: Limit.package)
        // restorecon itself may not read a list in /run.
        return try shell.run(["sh", "-c", "xargs --delimiter='\\n' restorecon -n -v -F </run/rpm/files"])
    }

    /// The machine's own rules for libvirt's profiles.
    fileprivate func localRules() throws -> String {
        try shell.run([
            "sh", "-c",
            "cd /etc/apparmor.d && find local abstractions -path '*libvirt*' -type f -exec sha256sum '{}' + | sort",
        ])
    }

    /// Copies the distribution's QEMU as one that was built with another prefix would be.
    fileprivate func installQEMU() throws {
        let script = """
            set -eu
            mkdir -p /opt/qemu/bin /opt/qemu/share /opt/qemu/lib/x86_64-linux-gnu
            cp -L /usr/bin/qemu-system-x86_64 /opt/qemu/bin/
            cp -rL /usr/share/qemu /opt/qemu/share/
            cp /usr/share/seabios/*.bin /usr/lib/ipxe/qemu/*.rom /opt/qemu/share/qemu/
            cp -r /usr/lib/x86_64-linux-gnu/qemu /opt/qemu/lib/x86_64-linux-gnu/
            """
        try shell.run(["sh", "-c", script], within: Limit.start)
    }
}
