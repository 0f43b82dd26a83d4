import Config
import Linux
import TestSupport
import Testing
import Values

@testable import Builds
@testable import Plan

@Suite struct RequirementTests {
    static func missing(
        _ plan: BuildPlan, _ version: String, drivers: [String]? = [], in tree: Tree
    ) throws -> [String] {
        try BuildRequirement.missing(
            for: plan, version: #require(ReleaseNumber(version)), drivers: drivers, in: tree.root
        ).map(\.description)
    }

    @Test func filesOfADebianHostMeetTheRequirements() throws {
        let plan = RecipeTests.plan(.dpdk, source: .file("/dpdk.tar.xz", Checksum(.sha256, "")), patches: ["/p"])
        let tree = try Tree()
        #expect(
            try Self.missing(plan, "24.11", drivers: ["net/mlx5"], in: tree) == [
                "program tar", "program xz", "program patch", "program gcc", "header stdio.h", "program pkg-config",
                "program python3", "program ninja", "header numa.h", "program meson", "Python module elftools",
                "library libibverbs",
            ])
        for name in ["tar", "xz", "patch", "gcc", "pkg-config", "python3", "ninja"] {
            try tree.write("/usr/bin/\(name)", "")
        }
        try tree.write("/usr/local/bin/meson", "")
        try tree.write("/usr/include/stdio.h", "")
        try tree.write("/usr/include/numa.h", "")
        try tree.write("/usr/lib/python3/dist-packages/elftools/__init__.py", "")
        try tree.write("/usr/lib/x86_64-linux-gnu/pkgconfig/libibverbs.pc", "")
        #expect(try Self.missing(plan, "24.11", drivers: ["net/mlx5"], in: tree).isEmpty)
    }

    @Test func qemuNeedsMesonOrAnEnvironmentOfPython() throws {
        let tree = try Tree()
        let plan = RecipeTests.plan(.qemu)
        let old = try Self.missing(plan, "7.2", in: tree)
        let new = try Self.missing(plan, "8.1", in: tree)
        #expect(old.contains("program meson") && !old.contains("Python module ensurepip"))
        #expect(!new.contains("program meson") && new.contains("Python module ensurepip"))
        try tree.write("/usr/lib64/python3.12/ensurepip/__init__.py", "")
        #expect(try !Self.missing(plan, "8.1", in: tree).contains("Python module ensurepip"))
    }

    @Test(arguments: [
        ("https://x/a.tar.gz?raw=1", "program gzip"), ("https://x/a.tar.bz2", "program bzip2"),
        ("https://x/a.tar.zst", "program zstd"), ("https://x/a.txz", "program xz"),
    ]) func anArchiveNeedsItsDecompressor(_ url: String, _ program: String) throws {
        let plan = RecipeTests.plan(.dpdk, source: .url(url, Checksum(.sha256, "")))
        #expect(try Self.missing(plan, "24.11", in: Tree()).contains(program))
    }

    @Test func otherSourcesNeedNoTar() throws {
        let git = RecipeTests.plan(.dpdk, source: .git("https://x", revision: "0"))
        #expect(try Self.missing(git, "24.11", in: Tree()).first == "program git")
        #expect(try Self.missing(RecipeTests.plan(.dpdk), "24.11", in: Tree()).first == "program gcc")
        #expect(try Self.missing(git, "24.11", drivers: nil, in: Tree()).last == "Python module elftools")
    }

    @Test func optionalLibrariesAreFound() throws {
        let tree = try Tree()
        #expect(QEMULibrary.found(in: tree.root).isEmpty)
        try tree.write("/usr/lib64/pkgconfig/liburing.pc", "")
        try tree.write("/usr/share/pkgconfig/libzstd.pc", "")
        #expect(QEMULibrary.found(in: tree.root) == [.ioUring, .zstd])
        #expect(DPDKLibrary.found(in: tree.root).isEmpty)
        try tree.write("/usr/include/libfdt.h", "")
        #expect(DPDKLibrary.found(in: tree.root) == [.fdt])
    }

    @Test(arguments: [
        ("ID=debian\n", "apt-get install libnuma-dev meson"),
        ("NAME=x\nID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", "apt-get install libnuma-dev meson"),
        ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", "dnf install meson numactl-devel"),
        ("ID='fedora'\n", "dnf install meson numactl-devel"), ("ID=arch\n", nil), (nil, nil),
    ]) func theCommandIsThatOfTheDistribution(_ release: String?, _ expected: String?) throws {
        let tree = try Tree()
        if let release { try tree.write("/usr/lib/os-release", release) }
        let missing = [
            BuildRequirement(.header("numa.h"), debian: "libnuma-dev", rpm: "numactl-devel"),
            BuildRequirement(.program("meson"), package: "meson"),
            BuildRequirement(.program("meson"), package: "meson"),
        ]
        let manager = PackageManager(in: tree.root)
        #expect(manager?.command(for: missing) == expected)
        #expect(manager?.command(for: []) == nil)
    }
}
