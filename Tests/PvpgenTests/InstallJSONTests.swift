import Foundation
import JSON
import Linux
import TestSupport
import Testing

/// `install`, `uninstall` and `apply` for programs.
@Suite struct InstallJSONTests {
    private static func run(_ verb: String, _ tree: Tree, _ more: String...) throws -> (status: Int32, json: JSON) {
        let result = try ShowTests.run([verb, "--json"] + more, tree)
        #expect(result.error == "", "\(result)")
        return (result.status, try ShowTests.json(result))
    }

    private static func files(_ json: JSON) -> [[String?]] {
        (json["files"]?.array ?? []).map { [$0["path"]?.string, $0["action"]?.string] }
    }

    @Test func whatChangedAndThatARebootIsRequired() throws {
        let tree = try InstallTests.machine()
        let file = "/etc/default/grub.d/60-pvpgen.cfg"
        let dry = try Self.run("install", tree, "--dry-run")
        #expect(dry.status == 0 && dry.json["changed"] == false && Self.files(dry.json) == [[file, "written"]])
        let first = try Self.run("install", tree)
        #expect(first.status == 3 && first.json["changed"] == true && Self.files(first.json) == [[file, "written"]])
        #expect(first.json["commands"]?.array == [["arguments": ["update-grub"], "run": false]])
        #expect(first.json["reboot_required"] == true)
        #expect(
            first.json["reboot_reasons"]?.array?.last == [
                "argument": "iommu=pt", "state": "not_booted", "running": [], "message": "not booted yet",
            ])
        let again = try Self.run("install", tree)
        #expect(again.status == 3 && again.json["changed"] == false && Self.files(again.json) == [[file, "unchanged"]])
        #expect(again.json["commands"]?.array == [])
    }

    @Test func theRebootIsAskedOfTheRunningKernel() throws {
        let tree = try InstallTests.machine()
        try tree.write("/etc/debian_version", "12.9\n")
        try tree.root.makeDirectory("/run")
        #expect(try Self.run("install", tree).json["reboot_required"] == true)
        #expect(try tree.text("/run/reboot-required.pkgs") == "pvpgen")
        let check = try Self.run("check", tree, "--config-only")
        #expect(check.json["reboot_required"] == true)
        let planned = try ShowTests.json(ShowTests.run(["plan", "--json"], tree))["kernel_arguments"]?.array ?? []
        try tree.write("/proc/cmdline", planned.compactMap { $0["text"]?.string }.joined(separator: " ") + "\n")
        let booted = try Self.run("install", tree)
        #expect(booted.status == 0 && booted.json["reboot_required"] == false)
        #expect(!tree.root.exists("/run/reboot-required.pkgs") && !tree.root.exists("/run/reboot-required"))
        let removed = try Self.run("uninstall", tree)
        #expect(removed.status == 0 && removed.json["changed"] == true && removed.json["reboot_required"] == true)
        #expect(removed.json["reboot_reasons"]?.array?.first?["state"] == "removed")
        #expect(try tree.text("/run/reboot-required.pkgs") == "pvpgen")
        // Now nothing is known of the arguments, and the kernel still has them.
        let again = try Self.run("uninstall", tree)
        #expect(again.status == 0 && again.json["changed"] == false && again.json["reboot_required"] == .null)
        #expect(try tree.text("/run/reboot-required.pkgs") == "pvpgen")
    }

    @Test func anArgumentThatIsRemovedRequiresAReboot() throws {
        let tree = try InstallTests.machine()
        try tree.write("/proc/sys/kernel/random/boot_id", "one\n")
        let drop = "/etc/pvpgen/pvp.conf.d/a.conf"
        try tree.write(drop, "[Host]\nKernelArguments=mitigations=off\n")
        _ = try Self.run("install", tree)
        try tree.write("/proc/sys/kernel/random/boot_id", "two\n")
        let planned = try ShowTests.json(ShowTests.run(["plan", "--json"], tree))["kernel_arguments"]?.array ?? []
        try tree.write("/proc/cmdline", planned.compactMap { $0["text"]?.string }.joined(separator: " ") + "\n")
        #expect(try Self.run("install", tree).status == 0)
        try tree.root.remove(drop)
        for verb in ["install", "install", "apply"] {
            let result = try Self.run(verb, tree)
            #expect(result.status == 3, "\(verb)")
            #expect(
                result.json["reboot_reasons"]?.array?.map { [$0["argument"], $0["state"]] } == [
                    ["mitigations=off", "removed"]
                ], "\(verb): \(result.json.text)")
        }
        try tree.write("/proc/sys/kernel/random/boot_id", "three\n")
        try tree.write("/proc/cmdline", try tree.text("/proc/cmdline").replacing(" mitigations=off", with: "") + "\n")
        #expect(try Self.run("install", tree).status == 0)
    }

    @Test func filesThatWereNotWrittenAreNotReported() throws {
        let tree = try InstallTests.machine()
        // Another user may not write the counts of lines that are run.
        let command = ["env", "LLVM_PROFILE_FILE=/dev/null", "setpriv", "--reuid=65534", "--clear-groups"]
        try #require(try Command(["chmod", "-R", "go+rX", tree.path]).run().status == 0)
        let program = try Program.path("pvpgen")
        let result = try Command(command + [program, "install", "--json", "--root=\(tree.path)"]).run()
        let json = try JSON(Array(result.output.utf8))
        #expect(result.status == 1 && json["changed"] == false && Self.files(json) == [], "\(json.text)")
    }

    @Test func anErrorIsInTheDocument() throws {
        let tree = try InstallTests.machine()
        try tree.write("/etc/default/grub.d/60-pvpgen.cfg", "mine\n")
        let refused = try Self.run("install", tree)
        #expect(refused.status == 1 && refused.json["changed"] == false)
        #expect(refused.json["problems"]?.array?.first?["code"] == "file-changed")
        try ShowTests.withMistake(tree)
        for verb in ["install", "apply", "diff", "plan", "generate"] {
            let wrong = try Self.run(verb, tree)
            #expect(wrong.status == 78, "\(verb)")
            #expect(wrong.json["problems"]?.array?.first?["code"] == "unknown-key", "\(verb)")
        }
    }

    @Test func applyNamesCommandsAndReasons() throws {
        let tree = try InstallTests.machine()
        let result = try Self.run("apply", tree, "--dry-run")
        #expect(result.status == 3 && result.json["changed"] == false && result.json["running"]?.array == [])
        #expect(
            result.json["commands"]?.array?.first == ["arguments": ["systemctl", "daemon-reload"], "run": false],
            "\(result.json.text)")
        #expect(result.json["reboot_reasons"]?.array?.first?["state"] == "missing")
    }

    @Test func guestsWithTheirDisks() throws {
        let tree = try InstallTests.machine()
        try tree.write("/var/lib/pvpgen/guests/old/disk.qcow2", "")
        let json = try ShowTests.json(ShowTests.run(["guest", "list", "--json"], tree))
        let guests = (json["guests"]?.array ?? []).map { [$0["guest"], $0["exists"], $0["configured"]] }
        #expect(guests == [["guest", false, true], ["old", true, false]])
        // A section that cannot be read may be the guest's.
        try ShowTests.withMistake(tree)
        let wrong = try ShowTests.run(["guest", "list", "--json"], tree)
        #expect(wrong.status == 78)
        #expect(try ShowTests.json(wrong)["guests"]?.array?.last?["configured"] == .null)
    }
}
