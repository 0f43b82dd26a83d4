import Foundation
import Linux
import TestSupport
import Testing

@testable import GuestImage

/// What virt-sysprep is asked to do; a script stands for it, because a real run takes minutes and a whole system.
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
    private func sysprep(_ status: Int = 0) throws -> Tree {
        let tree = try Tree()
        let script = """
            #!/bin/sh
            printf '%s\\n' "$LIBGUESTFS_BACKEND" "$@" > \(tree.path)/argv
            for file; do case $file in */commands) cat "$file" > \(tree.path)/commands;; esac; done
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
                "direct", "--quiet", "--format", "qcow2", "--add", "\(own)/disk.qcow2.part", "--uninstall", "cloud-init", "--ssh-inject",
                "root:file:\(own)/authorized_keys", "--mkdir", "/etc/ssh", "--upload",
                "\(own)/ssh_host_ed25519_key:/etc/ssh/ssh_host_ed25519_key", "--chmod", "0600:/etc/ssh/ssh_host_ed25519_key", "--upload",
                "\(own)/ssh_host_ed25519_key.pub:/etc/ssh/ssh_host_ed25519_key.pub", "--commands-from-file", "\(own)/commands",
                "--selinux-relabel",
            ])
        #expect(try tools.text("/commands") == "edit /etc/shadow:s|^root:[^:]*:|root:\\$6\\$salt\\$Ab/.9:|")
        // The hash is in no file of ours, and no argument.
        #expect(try !host.tree.root.list(Self.directory).contains("commands") && !tools.text("/argv").contains("Ab/.9"))
        #expect(try !host.tree.text("\(Self.directory)/disk.origin").contains("Ab/.9"))
        #expect(try host.tree.text("\(Self.directory)/known_hosts").hasPrefix("guest ssh-ed25519 "))
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

    @Test func anotherKeyIsToldBecauseTheDiskHasTheOld() throws {
        let host = try host()
        try host.run(tools: try sysprep())
        let broken = try sysprep(1)
        #expect(try host.run(tools: broken).error == "")
        try host.tree.write("/srv/key.pub", PreparationTests.key + "2\n")
        #expect(try host.run(tools: broken).error.contains("with another key; `pvpgen guest reset guest`"))
    }

    @Test(arguments: ["secret", "$6$salt$a|b", "$6$a b$c", "$6only", "", "$6$salt$a\n$6$salt$b", "$6$salt$@x"])
    func whatIsNoHashIsRefused(_ text: String) throws {
        let host = try host(hash: text)
        let result = try host.run(tools: try sysprep())
        #expect(result.status == 1 && result.error.contains("RootPasswordFile=/srv/hash: one line with a hash"), "\(result.error)")
        #expect(text.isEmpty || !result.error.contains(text))
    }
}
