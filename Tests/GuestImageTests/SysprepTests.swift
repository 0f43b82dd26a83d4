import Foundation
import Linux
import TestSupport
import Testing

@testable import GuestImage

/// What virt-sysprep is asked to do; a script stands for it, because a real run takes minutes and a
/// whole system.
@Suite struct SysprepTests {
    static let directory = "\(Host.guests)/guest"
    static let more = "SSHKey=/srv/key.pub\nPrepare=sysprep\nUninstall=cloud-init\nRootPasswordFile=/srv/hash"

    private func host(_ more: String = more, hash: String = "$6$salt$Ab/.9") throws -> Host {
        let host = try Host("Image=/srv/image.raw\n\(more)")
        try host.place("/srv/image.raw")
        try host.tree.write("/srv/key.pub", PreparationTests.key + "\n")
        try host.tree.write("/srv/hash", hash + "\n")
        return host
    }

    /// Keeps its arguments and the commands that it is given, and ends with a status.
    private func sysprep(_ status: Int = 0, _ last: String = "") throws -> Tree {
        let tree = try Tree()
        let script = """
            #!/bin/sh
            printf '%s\\n' "$LIBGUESTFS_BACKEND" "$@" > \(tree.path)/argv
            for file; do case $file in */commands) cat "$file" > \(tree.path)/commands;; esac; done
            for file; do case $file in */disk.qcow2.part) disk=$file;; esac; done
            stat -c '%a %n' "${disk%/*}" "${disk%/*}"/* > \(tree.path)/modes
            \(last)
            echo 'virt-sysprep: warning: random seed could not be set' >&2
            echo 'virt-sysprep: error: no operating systems were found' >&2
            exit \(status)
            """
        try tree.root.replace("/virt-sysprep", with: Array(script.utf8), mode: 0o755)
        return tree
    }

    @Test func theDiskIsPreparedBeforeItHasItsName() throws {
        let host = try host()
        let tools = try sysprep()
        let result = try host.run(tools: tools)
        #expect(result.status == 0, "\(result.error)")
        let own = host.tree.root.path(Self.directory)
        #expect(
            try tools.text("/argv").split(separator: "\n").map(String.init) == [
                "direct", "--quiet", "--format", "qcow2", "--add", "\(own)/disk.qcow2.part", "--uninstall",
                "cloud-init", "--ssh-inject",
                "root:file:\(own)/authorized_keys", "--mkdir", "/etc/ssh", "--upload",
                "\(own)/ssh_host_ed25519_key:/etc/ssh/ssh_host_ed25519_key", "--chmod",
                "0600:/etc/ssh/ssh_host_ed25519_key", "--upload",
                "\(own)/ssh_host_ed25519_key.pub:/etc/ssh/ssh_host_ed25519_key.pub", "--commands-from-file",
                "\(own)/commands",
                "--selinux-relabel",
            ])
        #expect(try tools.text("/commands") == "edit /etc/shadow:s|^root:[^:]*:|root:\\$6\\$salt\\$Ab/.9:|")
        // The hash is in no file of ours, and no argument.
        #expect(try !host.tree.root.list(Self.directory).contains("commands") && !tools.text("/argv").contains("Ab/.9"))
        #expect(try !host.tree.text("\(Self.directory)/disk.origin").contains("Ab/.9"))
        #expect(try host.tree.text("\(Self.directory)/known_hosts").hasPrefix("guest ssh-ed25519 "))
    }

    /// Names in a guest's directory, with modes, of what others may read or write.
    private func openFiles(_ modes: String) -> [String] {
        modes.split(separator: "\n").filter { line in
            guard let mode = UInt32(line.prefix { $0 != " " }, radix: 8) else { return true }
            return mode & 0o066 != 0
        }.map { String($0[($0.lastIndex(of: "/") ?? $0.startIndex)...].dropFirst()) }
    }

    private func modes(_ host: Host) throws -> String {
        let directory = host.tree.root.path("/var/lib/pvpgen")
        return try Command(["find", directory, "-mindepth", "1", "-printf", "%m %p\n"]).run().output
    }

    @Test func nothingIsOpenToOthersWhileTheDiskIsPrepared() throws {
        let host = try host()
        let tools = try sysprep()
        #expect(try host.run(tools: tools).status == 0)
        let during = try tools.text("/modes")
        #expect(
            during.contains("600 ") && during.contains("disk.qcow2.part") && during.contains("/commands"), "\(during)")
        // It has public keys, and `pvpgen ssh` needs no root.
        #expect(openFiles(during) == ["known_hosts"], "\(during)")
        let after = try modes(host)
        #expect(openFiles(after) == ["known_hosts"], "\(after)")
    }

    @Test func aKillInTheMiddleLeavesNothingOpen() throws {
        let host = try host()
        #expect(try host.run(tools: try sysprep(0, "kill -KILL $PPID; sleep 0.2")).status != 0)
        let left = try modes(host)
        #expect(
            left.contains("disk.qcow2.part") && left.contains("/commands") && openFiles(left) == ["known_hosts"],
            "\(left)")
        #expect(try host.run(tools: try sysprep()).status == 0)
        #expect(!host.has("\(Self.directory)/commands"))
    }

    /// Modes of an earlier release, which a crash may have left as well. A descriptor of the old
    /// draft gets nothing of the new.
    @Test func whatIsOpenIsClosed() throws {
        let host = try host()
        let draft = "\(Self.directory)/disk.qcow2.part"
        try host.tree.write(draft, "old")
        try host.tree.write("\(Self.directory)/disk.origin", "")
        try host.tree.root.setMode(Host.guests, 0o755)
        let old = try FileHandle(forReadingFrom: URL(filePath: host.tree.root.path(draft)))
        let tools = try sysprep()
        #expect(try host.run(tools: tools).status == 0)
        for files in [try tools.text("/modes"), try modes(host)] {
            #expect(openFiles(files) == ["known_hosts"], "\(files)")
        }
        #expect(try old.readToEnd() == Data("old".utf8))
        #expect(try host.tree.root.status(Host.guests).mode == 0o711)
    }

    /// systemd makes the directory, and runs the programs that pvp-image starts, with this mask.
    @Test func theUnitHasTheMask() throws {
        let unit = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .appending(path: "units/pvp-image@.service")
        #expect(try String(contentsOf: unit, encoding: .utf8).contains("\nUMask=0066\n"))
    }

    /// What Perl makes of the command that the script was given.
    @Test func theHashIsPutIntoItsPlace() throws {
        let tree = try Tree(["/shadow": "root:*:19000:0:99999:7:::\ntoor:x:1::::::\n"])
        let expression = Sysprep.setPassword("$6$salt$Ab/.9").dropFirst("edit /etc/shadow:".count)
        let perl = try Command(["perl", "-pi", "-e", String(expression.dropLast()), tree.root.path("/shadow")]).run()
        #expect(perl.status == 0, "\(perl.output)")
        #expect(try tree.text("/shadow") == "root:$6$salt$Ab/.9:19000:0:99999:7:::\ntoor:x:1::::::")
    }

    @Test func aFailureLeavesNoDisk() throws {
        let host = try host()
        let result = try host.run(tools: try sysprep(1))
        #expect(result.status == 1 && result.error.contains("no operating systems were found"), "\(result.error)")
        #expect(!host.has("\(Self.directory)/disk.qcow2") && !host.has("\(Self.directory)/commands"))
        #expect(try host.run(tools: try sysprep()).status == 0)
    }

    @Test func anotherKeyIsReportedBecauseTheDiskHasTheOld() throws {
        let host = try host()
        try host.run(tools: try sysprep())
        let broken = try sysprep(1)
        #expect(try host.run(tools: broken).error == "")
        try host.tree.write("/srv/key.pub", PreparationTests.key + "2\n")
        #expect(try host.run(tools: broken).error.contains("with another key"))
    }

    @Test(arguments: ["secret", "$6$salt$a|b", "$6$a b$c", "$6only", "", "$6$salt$a\n$6$salt$b", "$6$salt$@x"])
    func whatIsNoHashIsRefused(_ text: String) throws {
        let host = try host(hash: text)
        let result = try host.run(tools: try sysprep())
        #expect(
            result.status == 1 && result.error.contains("RootPasswordFile=/srv/hash: expected one line with a hash"),
            "\(result.error)")
        #expect(text.isEmpty || !result.error.contains(text))
    }
}
