import Linux
import TestSupport
import Testing
import Units
import Views

@Suite struct ReadingTests {
    @Test func onlyWhatIsOursIsRead() throws {
        let mark = "# \(UnitTree.mark) from /etc/pvpgen/pvp.conf\n"
        let tree = try Tree([
            "/gen/testpmd.service": mark, "/gen/a.service.d/50-pvpgen.conf": mark,
            "/gen/pvp.target.d/50-pvpgen.conf": mark + "[Unit]\nWants=testpmd.service pvp-guest@a.service\n",
            "/gen/a.service.d/other.conf": "# other\n",
            "/gen/zram.service": "[Unit]\n", "/gen/.#testpmd.service1": "half",
        ])
        try tree.link("/gen/pvp.target.requires/testpmd.service", "../testpmd.service")
        try tree.link("/gen/multi-user.target.wants/zram.service", "../zram.service")
        try tree.link("/gen/sysinit.target.wants/dev-hugepages.mount", "/lib/systemd/system/dev-hugepages.mount")
        try tree.link(
            "/gen/sysinit.target.wants/dev-hugepages1G.mount", "/usr/lib/systemd/system/dev-hugepages1G.mount")
        let read = UnitTree(reading: tree.root, "/gen", layout: Layout(prefix: "/usr"))
        #expect(
            read.files.keys.sorted() == [
                "a.service.d/50-pvpgen.conf", "pvp.target.d/50-pvpgen.conf", "testpmd.service",
            ])
        #expect(
            read.links.keys.sorted() == [
                "pvp.target.requires/testpmd.service", "sysinit.target.wants/dev-hugepages1G.mount",
            ])
        #expect(read.members == ["testpmd.service", "pvp-guest@a.service"])
    }

    @Test func whatWasWrittenIsReadBack() throws {
        let tree = try Tree()
        var units = UnitTree()
        units.files["testpmd.service"] = Array("# \(UnitTree.mark)\n[Unit]\n".utf8)
        units.files[UnitTree.target] = Array("# \(UnitTree.mark)\n[Unit]\nWants=testpmd.service\n".utf8)
        units.links["pvp.target.requires/testpmd.service"] = "../testpmd.service"
        units.members = ["testpmd.service"]
        for (name, content) in units.files { try OpenDirectory(tree.root).replace(name, with: content) }
        for (name, target) in units.links { try OpenDirectory(tree.root).makeLink(name, to: target) }
        #expect(UnitTree(reading: tree.root, "", layout: Layout(prefix: "/usr")) == units)
    }

    @Test func noDirectoryIsAnEmptyTree() throws {
        #expect(UnitTree(reading: try Tree().root, "/gen", layout: Layout(prefix: "/usr")) == UnitTree())
    }
}
