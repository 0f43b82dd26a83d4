import Foundation
import Linux
import TestSupport
import Testing

/// Boot loaders as distributions set them up, in trees of files: what install does to each, and
/// that uninstall leaves nothing of it. `Tests/Distributions/NAME/expected` has the files that are
/// not as before and what was printed; `UPDATE_GOLDEN=1` rewrites them.
@Suite struct InstallGoldenTests {
    static let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
        path: "Distributions")
    static let distributions = [
        "debian-12", "debian-13", "ubuntu-24.04", "fedora-41", "rhel-9", "arch-systemd-boot", "arch-uki", "arch-grub",
        "debian-systemd-boot",
    ]

    /// The machine of case 01 with that distribution's boot loader.
    static func machine(_ distribution: String) throws -> Tree {
        let tree = try InstallTests.host()
        let source = directory.appending(path: "\(distribution)/tree").path
        for name in try FileManager.default.subpathsOfDirectory(atPath: source) {
            guard let content = FileManager.default.contents(atPath: "\(source)/\(name)") else { continue }
            try tree.root.replace("/\(name)", with: Array(content))
        }
        return tree
    }

    @Test func allOfThemAreHere() throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: Self.directory.path)
        #expect(found.sorted() == Self.distributions.sorted())
    }

    @Test(arguments: distributions) func installDoesItsPartAndUninstallTakesItBack(_ distribution: String) throws {
        let tree = try Self.machine(distribution)
        let before = try Snapshot(tree)
        let installed = try InstallTests.pvpgen("install", tree)
        #expect(installed.status == 3 && installed.error == "", "\(installed)")
        let after = try Snapshot(tree)
        try compare(after, before, printed: installed.output.replacing(tree.path, with: "ROOT"), distribution)

        let again = try InstallTests.pvpgen("install", tree)
        #expect(
            again.status == 3 && !again.output.contains(": written") && !again.output.contains(": changed"), "\(again)")
        #expect(try Snapshot(tree) == after)

        let removed = try InstallTests.pvpgen("uninstall", tree)
        #expect(removed.status == 0 && removed.error == "", "\(removed)")
        #expect(try Snapshot(tree).difference(from: before) == [])
    }

    @Test(arguments: distributions) func aDryRunChangesNothingAndShowsAll(_ distribution: String) throws {
        let tree = try Self.machine(distribution)
        let before = try Snapshot(tree)
        let dry = try Program(name: "pvpgen").run(["install", "--dry-run", "--root=\(tree.path)"])
        #expect(dry.status == 0 && dry.output.contains("isolcpus=managed_irq,domain,1-7"), "\(dry)")
        #expect(try Snapshot(tree) == before)
        _ = try InstallTests.pvpgen("install", tree)
        let after = try Snapshot(tree)
        for name in after.difference(from: before) where after.files[name] != nil && !name.hasPrefix("var/lib/pvpgen/")
        {
            #expect(dry.output.contains("/\(name): would be "), "\(name) in \(dry.output)")
        }
        let undone = try Program(name: "pvpgen").run(["uninstall", "--dry-run", "--root=\(tree.path)"])
        #expect(
            undone.status == 0 && undone.output.contains(distribution == "arch-uki" ? "addon.efi" : ": would be "),
            "\(undone)")
        #expect(try Snapshot(tree) == after)
    }

    private func compare(_ after: Snapshot, _ before: Snapshot, printed: String, _ distribution: String) throws {
        let expected = Self.directory.appending(path: "\(distribution)/expected")
        var wanted = ["stdout": Data(printed.utf8)]
        for name in after.difference(from: before) {
            if let content = after.files[name] { wanted["tree/\(name)"] = content }
        }
        // A removed file is named in the output.
        #expect(after.difference(from: before).allSatisfy { after.files[$0] != nil || before.files[$0] == nil })
        if Golden.isRewritten(expected.path) {
            try? FileManager.default.removeItem(at: expected)
            for (name, content) in wanted {
                let file = expected.appending(path: name)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try content.write(to: file)
            }
        }
        var found: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: expected.path) {
            var isDirectory: ObjCBool = false
            let path = expected.appending(path: name).path
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue else {
                continue
            }
            found[name] = FileManager.default.contents(atPath: path)
        }
        #expect(Set(found.keys) == Set(wanted.keys))
        for (name, content) in wanted {
            #expect(
                found[name].map { String(decoding: $0, as: UTF8.self) } == String(decoding: content, as: UTF8.self),
                "\(name)")
        }
    }
}
