import Foundation
import Linux
import TestSupport
import Testing

/// `install` and `uninstall` on a machine's own root, where commands are run: the trees of a tree
/// are mounted over it in a namespace (`Tests/as-machine`), the boot loader's program is a script,
/// and systemd is a ``FakeSystemd``.
@Suite struct MachineInstallTests {
    private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(
            path: "as-machine"
        ).path

    /// A machine with GRUB whose configuration is written from the existing files.
    private final class Machine {
        let tree: Tree
        let systemd: FakeSystemd
        private let libvirt: Descriptor

        init() throws {
            tree = try InstallTests.machine()
            for directory in ["/boot/grub", "/run/libvirt", "/run/systemd/system", "/tools", "/var/lib"] {
                try tree.directory(directory)
            }
            libvirt = try UnixSocket.listen(tree.root.path("/run/libvirt/libvirt-sock"), .stream, mode: 0o600)
            try tree.write("/tools/log", "")
            systemd = try FakeSystemd(at: tree.root.path("/run/systemd/private"), log: tree.root.path("/tools/log"))
            for tool in ["udevadm", "systemd-tmpfiles", "virsh"] { try self.tool(tool, "") }
            try tool("update-grub", "cat /etc/default/grub.d/*.cfg > /boot/grub/grub.cfg")
            try tree.write("/boot/grub/grub.cfg", "# other\n")
        }

        /// A program that notes that it was called, and then does that.
        func tool(_ name: String, _ body: String) throws {
            let text = "#!/bin/bash\ntools=${0%/*}\necho \"\(name) $*\" >> $tools/log\n\(body)\n"
            try tree.root.replace("/tools/\(name)", with: Array(text.utf8), mode: 0o755)
        }

        func pvpgen(_ arguments: String...) throws -> Command.Result {
            try tree.write("/tools/log", "")
            return try Command([MachineInstallTests.script, tree.path, Program.path("pvpgen")] + arguments).run()
        }

        /// What was run by the last call, and what systemd was called for, without questions.
        var log: [String] {
            ((try? tree.text("/tools/log")) ?? "").split(separator: "\n").map(String.init).filter {
                !$0.hasPrefix("virsh ")
            }
        }

        /// Has systemd know units.
        func units(_ text: String) { systemd.change { $0.units = FakeSystemd.units(text) } }

        /// All that counts.
        var files: [String: Data] {
            get throws {
                try Snapshot(tree).files.filter { ["etc", "boot", "var"].contains($0.key.prefix { $0 != "/" }) }
            }
        }
    }

    private static let load = [
        "systemd-tmpfiles --create pvpgen.conf", "udevadm control --reload",
        "udevadm trigger --subsystem-match=pci --action=change",
        "Reload",
    ]

    @Test func commandsFollowTheFiles() throws {
        let machine = try Machine()
        let before = try machine.files
        let installed = try machine.pvpgen("install")
        #expect(installed.status == 3 && machine.log == ["update-grub "] + Self.load, "\(installed)")
        #expect(try machine.tree.text("/boot/grub/grub.cfg").contains("isolcpus=managed_irq,domain,1-7"))
        let again = try machine.pvpgen("install")
        #expect(again.status == 3 && machine.log == Self.load, "\(again)")
        let removed = try machine.pvpgen("uninstall")
        #expect(removed.status == 0 && machine.log == ["update-grub ", "Reload"], "\(removed)")
        #expect(try machine.files == before)
    }

    /// As in a chroot in which a package is removed.
    @Test func withoutSystemdThereIsNothingToStop() throws {
        let machine = try Machine()
        try machine.tree.root.removeTree("/run/systemd")
        #expect(try machine.pvpgen("install").status == 3 && machine.log == ["update-grub"])
        #expect(try machine.pvpgen("uninstall").status == 0 && machine.log == ["update-grub"])
    }

    @Test func aDryRunRunsNothing() throws {
        let machine = try Machine()
        let before = try machine.files
        let shown = try machine.pvpgen("install", "--dry-run")
        #expect(
            shown.status == 0 && shown.output.contains("would run: update-grub\nwould run: systemd-tmpfiles "),
            "\(shown)")
        #expect(try machine.log == [] && machine.files == before)
    }

    @Test(arguments: ["update-grub", "udevadm"]) func aProgramThatFailsTakesAllBack(_ program: String) throws {
        let machine = try Machine()
        let before = try machine.files
        try machine.tool(program, "echo no space left >&2; exit 1")
        let failed = try machine.pvpgen("install")
        #expect(failed.status == 1 && failed.output.contains("': failed with status 1: no space left\n"), "\(failed)")
        #expect(!failed.output.contains(": written"))
        #expect(try machine.files == before)
    }

    /// The boot loader's program has made half of its file, and pvpgen is no more.
    @Test(arguments: ["install", "uninstall"]) func killedWhileTheBootLoadersProgramRuns(_ verb: String) throws {
        let machine = try Machine()
        let before = try machine.files
        let sound = try machine.tree.text("/tools/update-grub")
        if verb == "uninstall" { _ = try machine.pvpgen("install") }
        try machine.tool("update-grub", "echo half > /boot/grub/grub.cfg; kill -KILL $PPID")
        #expect(try machine.pvpgen(verb).status == 137)
        #expect(try machine.tree.text("/boot/grub/grub.cfg") == "half")
        try machine.tree.root.replace("/tools/update-grub", with: Array((sound + "\n").utf8), mode: 0o755)
        let completed = try machine.pvpgen("install")
        #expect(completed.status == 3 && machine.log.contains("update-grub "), "\(completed)")
        #expect(try machine.tree.text("/boot/grub/grub.cfg").contains("isolcpus=managed_irq,domain,1-7"))
        #expect(try machine.pvpgen("uninstall").status == 0)
        #expect(try machine.files == before)
    }

    /// The addon is made once for a plan, by a program, and is ours.
    @Test func anAddonForUnifiedKernelImages() throws {
        let machine = try Machine()
        // The real update-grub is installed.
        try machine.tree.root.removeTree("/etc/default/grub.d")
        try machine.tree.write("/boot/EFI/Linux/linux.efi", "MZ\n")
        let addon = "/boot/loader/addons/pvpgen.addon.efi"
        let ukify =
            "#!/bin/bash\ncase ${@: -1} in --output=*) date +%N > /boot/made; printf 'MZ\\0%s' \"$2\" > \"${@: "
            + "-1:1}\" ;; esac\n"
        try machine.tree.root.replace(
            "/usr/bin/ukify", with: Array(ukify.replacing("\"${@: -1:1}\"", with: "${3#--output=}").utf8), mode: 0o755)
        try machine.tree.write("/boot/made", "")
        let before = try machine.files
        #expect(try machine.pvpgen("install").status == 3)
        #expect(
            try String(decoding: machine.tree.root.bytes(addon), as: UTF8.self).hasPrefix(
                "MZ\0--cmdline=default_hugepagesz=1G "))
        #expect(machine.log == Self.load && !machine.tree.root.exists("/run/pvpgen-addon.efi"))
        let made = try machine.tree.text("/boot/made")
        #expect(try machine.pvpgen("install").output.contains("\(addon): unchanged\n"))
        #expect(try machine.tree.text("/boot/made") == made)
        let config = try machine.tree.text("/etc/pvpgen/pvp.conf")
        try machine.tree.write("/etc/pvpgen/pvp.conf", config + "\n[Host]\nKernelArguments=x=1\n")
        #expect(try machine.pvpgen("install").output.contains("\(addon): written\n"))
        #expect(try String(decoding: machine.tree.root.bytes(addon), as: UTF8.self).hasSuffix(" x=1"))
        try machine.tree.write("/etc/pvpgen/pvp.conf", config + "\n")
        try machine.tree.write("/boot/made", "")
        #expect(try machine.pvpgen("uninstall").status == 0)
        #expect(try machine.files == before && !machine.tree.root.exists("/boot/loader"))
    }

    @Test func whatRunsIsStoppedFirst() throws {
        let machine = try Machine()
        _ = try machine.pvpgen("install")
        machine.units(
            """
            Id=testpmd.service\nLoadState=loaded\nActiveState=active\nSlice=pvp.slice

            Id=cron.service\nLoadState=loaded\nActiveState=active\nSlice=system.slice
            """)
        machine.systemd.change { $0.afterStop["testpmd.service"] = "failed" }
        let installed = try machine.files
        let stuck = try machine.pvpgen("uninstall")
        #expect(
            stuck.status == 1
                && stuck.output.contains("testpmd.service: expected inactive, got failed; nothing was removed"),
            "\(stuck)")
        let stops = ["StopUnit pvp.target", "StopUnit testpmd.service"]
        #expect(try machine.log == stops && machine.files == installed)
        machine.systemd.change {
            $0.afterStop = [:]
            $0.units["testpmd.service"]?["ActiveState"] = "active"
        }
        let removed = try machine.pvpgen("uninstall")
        #expect(removed.status == 0 && removed.output.hasPrefix("testpmd.service: stopped\n"), "\(removed)")
        #expect(machine.log == stops + ["update-grub ", "Reload"])
    }

    @Test func socketsAreStoppedToo() throws {
        let machine = try Machine()
        machine.units("Id=pvp-ssh@guest.socket\nActiveState=active\n\nId=pvp-metrics.socket\nActiveState=inactive\n")
        let removed = try machine.pvpgen("uninstall")
        #expect(
            removed.status == 0 && removed.output == "pvp-ssh@guest.socket: stopped\nnothing is installed\n",
            "\(removed)")
        #expect(machine.log == ["StopUnit pvp.target", "StopUnit pvp-ssh@guest.socket"])
    }

    @Test func applyStopsOrphansAndReloads() throws {
        let machine = try Machine()
        let orphan = "Id=pvp-guest@gone.service\nLoadState=loaded\nActiveState=active\nSlice=pvp.slice\n"
        machine.units(orphan)
        let shown = try machine.pvpgen("apply", "--dry-run").output
        #expect(
            shown.contains("would run: systemctl stop -- pvp-guest@gone.service\nwould run: systemctl daemon-reload\n"),
            "\(shown)")
        #expect(machine.log == [])
        let applied = try machine.pvpgen("apply")
        #expect(
            applied.status == 3 && applied.output.hasPrefix("pvp-guest@gone.service: orphan, to be stopped\n"),
            "\(applied)")
        #expect(machine.log == ["StopUnit pvp-guest@gone.service", "Reload"])
    }

    @Test("A unit whose job fails fails apply")
    func applyReportsAFailedJob() throws {
        let machine = try Machine()
        machine.units("Id=pvp-guest@gone.service\nLoadState=loaded\nActiveState=active\nSlice=pvp.slice\n")
        machine.systemd.change { $0.results["pvp-guest@gone.service"] = "timeout" }
        let applied = try machine.pvpgen("apply")
        #expect(
            applied.status == 1 && applied.output.contains("pvp-guest@gone.service: StopUnit: timeout"), "\(applied)")
        #expect(machine.log == ["StopUnit pvp-guest@gone.service"])
    }

    /// The processes that pvpgen starts, as strace sees them: a line each; threads are none.
    @Test(arguments: [["status"], ["verify"], ["diff"], ["apply"]]) func noProcessIsStarted(_ arguments: [String])
        throws
    {
        let machine = try Machine()
        machine.units("Id=testpmd.service\nLoadState=loaded\nActiveState=failed\nResult=exit-code\n")
        let trace = ["strace", "-f", "-qq", "-e", "trace=execve,fork,vfork,clone,clone3", "-e", "signal=none"]
        let output = machine.tree.path + "/tools/trace"
        let script =
            [MachineInstallTests.script, machine.tree.path] + trace + ["-o", output, try Program.path("pvpgen")]
        let result = try Command(script + arguments).run()
        #expect(!machine.systemd.calls.isEmpty, "\(result)")
        let lines = try machine.tree.text("/tools/trace").split(separator: "\n")
        #expect(lines.filter { !$0.contains("CLONE_THREAD") && !$0.contains("resumed") }.count == 1, "\(lines)")
    }
}
