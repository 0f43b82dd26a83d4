import Config
import JSON
import Plan
import Testing
import Values

@testable import Builds

@Suite("Records of results") struct BuildRecordTests {
    static func inputs(_ change: (inout BuildInputs) -> Void = { _ in }) -> BuildInputs {
        var inputs = BuildInputs(
            project: "dpdk", source: "sha256:00", patches: ["11"], options: ["-Da=b c"], instructionSet: "generic",
            drivers: ["net/ice"], libraries: [], compiler: "cc 12.2.0")
        change(&inputs)
        return inputs
    }

    static func record(_ inputs: BuildInputs) throws -> BuildRecord {
        BuildRecord(
            name: "dpdk-a", project: .dpdk, version: try #require(ReleaseNumber("24.11.1")), inputs: inputs,
            checksum: "22", buildID: "33", libraries: ["libnuma.so.1"], features: ["sse4_2"], seconds: 75,
            system: "Debian", builder: "0.1.0")
    }

    @Test("Each input changes the hash")
    func hash() {
        let all = [
            Self.inputs(), Self.inputs { $0.project = "qemu" }, Self.inputs { $0.source = "sha256:01" },
            Self.inputs { $0.patches = [] }, Self.inputs { $0.patches = ["11", "11"] },
            Self.inputs { $0.options = ["-Da=b", "c"] }, Self.inputs { $0.instructionSet = "native" },
            Self.inputs { $0.drivers = ["all"] }, Self.inputs { $0.libraries = ["zstd"] },
            Self.inputs { $0.compiler = "cc 12.2.1" },
        ]
        #expect(Set(all.map(\.hash)).count == all.count)
        #expect(Self.inputs().hash == Self.inputs().hash)
    }

    @Test("A record is read as it was written")
    func roundTrip() throws {
        let record = try Self.record(Self.inputs())
        #expect(BuildRecord(try JSON(Array(record.json.text.utf8))) == record)
        #expect(record.result.name == "dpdk-24.11.1-\(record.inputs.hash.prefix(8))")
        #expect(record.summary == "DPDK 24.11.1 (build \(record.result.name), cc 12.2.0, generic, 1 patch)")
    }

    @Test("A record whose hash is not that of its inputs is refused")
    func changed() throws {
        let text = try Self.record(Self.inputs()).json.text
        #expect(BuildRecord(try JSON(Array(text.replacing("net/ice", with: "net/mlx5").utf8))) == nil)
        #expect(BuildRecord("text") == nil)
    }

    @Test("A record of a release with another recipe is read, and has another hash")
    func recipe() throws {
        var other = Self.inputs()
        other.recipe = 2
        let record = try Self.record(other)
        #expect(BuildRecord(try JSON(Array(record.json.text.utf8))) == record)
        #expect(other.hash != Self.inputs().hash)
    }

    @Test(
        "The reason among what tar and its programs print",
        arguments: [
            (
                "a/b\ntar: This does not look like a tar archive\ntar: Exiting with failure status due to it",
                "tar: This does not look like a tar archive"
            ),
            (
                "tar: This does not look like a tar archive\n\ngzip: stdin: not in gzip format\ntar: Child returned 1",
                "gzip: stdin: not in gzip format"
            ),
            (
                "tar: x: Cannot open: Permission denied\ntar: Exiting with failure status",
                "tar: x: Cannot open: Permission denied"
            ),
            ("env: 'tar': No such file", "env: 'tar': No such file"), ("", "no output"),
        ])
    func archiveFailure(_ output: String, _ reason: String) { #expect(ArchiveOutput.failure(in: output) == reason) }

    @Test("CPU features that a compiler uses")
    func features() {
        let output =
            "  -mavx2                      \t\t[enabled]\n  -mavx512f      [disabled]\n  -msse4.2   [enabled]\n"
        #expect(CPUFeatures.enabled(output) == ["avx2", "sse4_2"])
        #expect(CPUFeatures.missing(["avx2", "sse4_2"], from: "processor : 0\nflags\t\t: fpu sse4_2\n") == ["avx2"])
    }

    @Test(
        "What patch says of a patch that does not apply",
        arguments: [
            (
                "patching file lib/vhost/vhost.c\nHunk #2 FAILED at 40.\n1 out of 2 hunks FAILED",
                "lib/vhost/vhost.c, hunk 2 at line 40"
            ),
            ("can't find file to patch at input line 3", "its file does not exist in the source"),
            (
                "can't find file to patch at input line 4\n|--- a/lib/x.c\t2026\n|+++ b/lib/x.c\t2026-01-01 00:00\n",
                "lib/x.c: does not exist in the source"
            ), ("can't find file to patch\n|+++ b/../x\n", "its file is outside of the source: ../x"),
            ("Ignoring potentially dangerous file name ../x", "its file is outside of the source: ../x"),
            ("patch: **** Only garbage was found in the patch input.", "it is no file of changes"),
        ])
    func patch(_ output: String, _ expected: String) { #expect(PatchOutput.failure(in: output) == expected) }

    @Test("Names that lead out of an archive are refused")
    func archive() throws {
        #expect(try ArchiveListing("dpdk-24.11/\ndpdk-24.11/VERSION\n").directory == "dpdk-24.11")
        let removed = "tar: Removing leading `a/../' from member names\na/../x\n"
        #expect(throws: ArchiveListing.Mistake.escape("a/../x")) { try ArchiveListing(removed) }
        for text in ["a/../../x\n", "/etc/passwd\n", "../x\n"] {
            #expect(throws: ArchiveListing.Mistake.escape(text.dropLast().description)) { try ArchiveListing(text) }
        }
        #expect(throws: ArchiveListing.Mistake.directories(["a", "b"])) { try ArchiveListing("a/x\nb/y\n") }
        #expect(throws: ArchiveListing.Mistake.directories([])) { try ArchiveListing("") }
    }

    @Test(
        "Links that lead out of a source",
        arguments: [
            ("a/b", "/etc/passwd", true), ("a/b", "../c", false), ("a/b", "../../c", true), ("b", "a/../..", true),
        ])
    func link(_ path: String, _ target: String, _ leaves: Bool) {
        #expect(SourceLink.leaves(from: path, to: target) == leaves)
    }
}
