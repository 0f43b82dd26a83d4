import Diagnostics
import JSON
import Linux
import TestSupport
import Testing

@testable import Installation

/// Whether a reboot is required, and how programs of the distribution know.
@Suite struct RebootStateTests {
    private static func state(_ reasons: ArgumentState.Reason...) -> RebootState {
        RebootState(reasons.map { ArgumentState(text: "iommu=pt", reason: $0, others: []) })
    }

    @Test func aBootedArgumentRequiresNothing() {
        let state = Self.state(.present)
        #expect(!state.isRequired && state.remedy() == "" && state.text == "")
        #expect(state.json == ["reboot_required": false, "reboot_reasons": []])
    }

    @Test(
        arguments: [
            ([.notBooted], "systemctl reboot"), ([.removed], "systemctl reboot"),
            ([.missing], "pvpgen install, then systemctl reboot"),
            ([.notBooted, .ignored], "pvpgen install, then systemctl reboot"),
        ] as [([ArgumentState.Reason], String)])
    func theRemedyDependsOnTheReasons(_ reasons: [ArgumentState.Reason], _ remedy: String) {
        let state = RebootState(reasons.map { ArgumentState(text: "iommu=pt", reason: $0, others: []) })
        #expect(state.isRequired && state.remedy() == remedy)
        #expect(state.json["reboot_reasons"]?.array?.count == reasons.count)
    }

    @Test func argumentsOfARemovedInstallationStayUntilTheBoot() {
        var manifest = Manifest()
        manifest.arguments = ["iommu=pt", "isolcpus=1-7"]
        let cmdline = "root=/dev/vda1 iommu=pt quiet\n"
        let states = ArgumentState.removed(from: manifest, cmdline: cmdline, boot: "b")
        #expect(states.map(\.text) == ["iommu=pt"])
        #expect(states.map(\.explanation) == ["in effect until the next boot"])
        #expect(ArgumentState.removed(from: manifest, besides: ["iommu=pt"], cmdline: cmdline, boot: "b").isEmpty)
        #expect(ArgumentState.removed(from: nil, cmdline: cmdline, boot: "b").isEmpty)
    }

    @Test func anArgumentThatWasRemovedIsRememberedForThisBoot() throws {
        var manifest = Manifest()
        manifest.arguments = ["quiet"]
        manifest.removed = ["mitigations=off"]
        manifest.boot = "b"
        let read = try #require(Manifest(try JSON(Array(manifest.text.utf8))))
        #expect(read == manifest)
        func removed(boot: String) -> [String] {
            ArgumentState.removed(from: read, besides: ["quiet"], cmdline: "quiet mitigations=off", boot: boot)
                .map(\.text)
        }
        #expect(removed(boot: "b") == ["mitigations=off"] && removed(boot: "c") == [])
    }

    /// A host of Debian with these files in /run.
    private static func host(_ files: [String: String]) throws -> Tree {
        let tree = try Tree(["/etc/debian_version": "12.9\n", "/proc/cmdline": "quiet\n", "/run/lock/x": ""])
        for (name, content) in files { try tree.write("/run/\(name)", content) }
        return tree
    }

    private static func files(_ tree: Tree) -> [String: String] {
        var found: [String: String] = [:]
        for name in ["reboot-required", "reboot-required.pkgs"] {
            if let content = try? tree.root.bytes("/run/\(name)") {
                found[name] = String(decoding: content, as: UTF8.self)
            }
        }
        return found
    }

    private static let other = "*** System restart required ***\n"

    /// Before, what another package does in between, and after.
    private static let law: [([String: String], [String: String], [String: String])] = [
        ([:], [:], [:]),
        // A kernel was installed before.
        (
            ["reboot-required": other, "reboot-required.pkgs": "linux-image\n"], [:],
            ["reboot-required": other, "reboot-required.pkgs": "linux-image\n"]
        ),
        // A kernel was installed between pvpgen's two calls.
        (
            [:], ["reboot-required": other, "reboot-required.pkgs": "pvpgen\nlinux-image\n"],
            ["reboot-required": other, "reboot-required.pkgs": "linux-image\n"]
        ),
        // Only a line was added: the file is still needed.
        (
            [:], ["reboot-required.pkgs": "pvpgen\nlibc6\n"],
            ["reboot-required": "*** System restart required by pvpgen ***\n", "reboot-required.pkgs": "libc6\n"]
        ),
        // The other file has no list.
        (["reboot-required": other], [:], ["reboot-required": other]),
    ]

    @Test(arguments: law.indices) func theMarkLeavesTheFilesOfOthers(_ index: Int) throws {
        let (before, between, after) = Self.law[index]
        let tree = try Self.host(before)
        #expect(Self.state(.notBooted).mark(in: tree.root) == nil)
        #expect(Self.files(tree)["reboot-required.pkgs"]?.hasSuffix("pvpgen\n") == true)
        #expect(Self.files(tree)["reboot-required"] != nil)
        let marked = Self.files(tree)
        #expect(Self.state(.notBooted).mark(in: tree.root) == nil)
        #expect(Self.files(tree) == marked)
        for (name, content) in between { try tree.write("/run/\(name)", content) }
        #expect(Self.state(.present).mark(in: tree.root) == nil)
        #expect(Self.files(tree) == after)
    }

    /// A reboot alone would not bring what the boot loader does not have.
    @Test(arguments: [.missing, .ignored] as [ArgumentState.Reason])
    func noMarkForWhatARebootDoesNotChange(_ reason: ArgumentState.Reason) throws {
        let tree = try Self.host([:])
        #expect(Self.state(reason).mark(in: tree.root) == nil)
        #expect(Self.files(tree) == [:])
    }

    @Test func aMarkThatCannotBeWrittenIsAWarning() throws {
        let tree = try Self.host([:])
        try tree.directory("/run/reboot-required.pkgs")
        let warning = Self.state(.notBooted).mark(in: tree.root)
        #expect(warning?.severity == .warning && warning?.code == .fileUnwritable)
    }

    @Test(arguments: ["/etc/debian_version", "/proc/cmdline"]) func noMarkElsewhere(_ missing: String) throws {
        let tree = try Self.host([:])
        try tree.root.remove(missing)
        #expect(Self.state(.notBooted).mark(in: tree.root) == nil)
        #expect(Self.files(tree) == [:])
    }
}
