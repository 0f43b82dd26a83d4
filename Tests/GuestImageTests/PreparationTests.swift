import Foundation
import Import
import Linux
import TestSupport
import Testing
import Values

@testable import GuestImage

/// How a key gets into a guest, with the real ssh-keygen, systemd-tmpfiles and xorriso.
@Suite struct PreparationTests {
    static let directory = "\(Host.guests)/guest"
    static let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0m4wrOZ1e4m2qgnbJSCyD5VGb0YOWHTQmAhKkVd0eH me@\"here\""

    private func host(_ more: String = "", key: String = key) throws -> Host {
        let host = try Host("Image=/srv/image.raw\nSSHKey=/srv/key.pub\n\(more)")
        try host.place("/srv/image.raw")
        try host.tree.write("/srv/key.pub", key + "\n")
        return host
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    /// What systemd in the guest makes of the credential.
    private func boot(_ host: Host, _ guest: Tree) throws {
        let create = try Command([
            "unshare", "--map-root-user", "systemd-tmpfiles", "--create", "--root=\(guest.path)",
            host.tree.root.path("\(Self.directory)/credentials"),
        ]).run()
        #expect(create.status == 0 && create.output == "", "\(create.output)")
    }

    @Test(
        "A disk or host key that cannot be looked up is not replaced by a new one",
        arguments: ["disk.qcow2", "ssh_host_ed25519_key", "ssh_host_ed25519_key.pub"])
    func unknown(_ name: String) throws {
        let host = try host()
        try host.run()
        let before = try host.tree.root.list(Self.directory)
        try #require(before.contains(name), "\(before)")
        // A loop.
        try host.tree.link("\(Self.directory)/\(name)", name)
        let result = try host.run()
        let loop = "\(Self.directory)/\(name): stat: Too many levels of symbolic links"
        #expect(result.status == 1 && result.error.contains(loop), "\(result)")
        #expect(
            try host.tree.root.link("\(Self.directory)/\(name)") == name
                && host.tree.root.list(Self.directory) == before)
    }

    @Test func aCredentialPutsTheKeysWhereTheyBelong() throws {
        let host = try host()
        let result = try host.run()
        #expect(result.status == 0, "\(result.error)")
        #expect(try mode(host.tree.root.path("\(Self.directory)/credentials")) == 0o600)
        let guest = try Tree(["/etc/ssh/ssh_host_ed25519_key": "the image's own\n"])
        try guest.directory("/root")
        try boot(host, guest)
        #expect(try guest.text("/root/.ssh/authorized_keys") == Self.key)
        #expect(
            try mode(guest.path + "/root/.ssh") == 0o700 && mode(guest.path + "/root/.ssh/authorized_keys") == 0o600)
        // The key that the guest shows is the one in known_hosts.
        let secret = guest.path + "/etc/ssh/ssh_host_ed25519_key"
        #expect(try mode(secret) == 0o600)
        let shown = try Command(["ssh-keygen", "-y", "-f", secret]).run()
        #expect(shown.status == 0, "\(shown.output)")
        let words = shown.output.split(separator: " ").prefix(2).joined(separator: " ")
        #expect(try host.tree.text("\(Self.directory)/known_hosts") == "guest \(words)")
        let found = try Command([
            "ssh-keygen", "-F", "guest", "-f", host.tree.root.path("\(Self.directory)/known_hosts"),
        ]).run()
        #expect(found.status == 0)
    }

    @Test func anotherKeyIsThereAfterTheNextBoot() throws {
        let host = try host()
        try host.run()
        let guest = try Tree()
        try guest.directory("/root")
        try boot(host, guest)
        let known = try host.tree.text("\(Self.directory)/known_hosts")
        let other = Self.key.replacingOccurrences(of: "AAAAIJ0m", with: "AAAAIJ0n")
        try host.tree.write("/srv/key.pub", "# two keys\n\(other)\n\n\(Self.key)\n")
        // The disk has nothing of it, so there is nothing to report.
        #expect(try host.run().error == "")
        try boot(host, guest)
        #expect(try guest.text("/root/.ssh/authorized_keys") == "\(other)\n\(Self.key)")
        #expect(try host.tree.text("\(Self.directory)/known_hosts") == known)
    }

    @Test func aResetGuestIsKnownByTheSameKey() throws {
        let host = try host()
        try host.run()
        let known = try host.tree.text("\(Self.directory)/known_hosts")
        _ = try DiskReset.reset("guest", in: host.tree.root)
        try host.run()
        #expect(try host.tree.text("\(Self.directory)/known_hosts") == known)
    }

    @Test func halfAHostKeyIsNone() throws {
        let host = try host()
        try host.tree.write("\(Self.directory)/ssh_host_ed25519_key", "half")
        try host.tree.write("\(Self.directory)/ssh_host_ed25519_key.part", "half")
        #expect(try host.run().status == 0)
        #expect(
            try host.tree.text("\(Self.directory)/ssh_host_ed25519_key").hasSuffix("-----END OPENSSH PRIVATE KEY-----"))
    }

    @Test func anotherPreparationIsReported() throws {
        let host = try host()
        try host.run()
        try host.configure("Image=/srv/image.raw")
        #expect(try host.run().error.contains("it was prepared in another way, or with another key"))
    }

    @Test func cloudInitReadsASeed() throws {
        let host = try host("Prepare=cloud-init")
        let result = try host.run()
        #expect(result.status == 0, "\(result.error)")
        let seed = host.tree.root.path("\(Self.directory)/seed.iso")
        #expect(try mode(seed) == 0o600)
        // The volume's name is in the first descriptor (ECMA-119, 8.4).
        #expect(
            try host.tree.root.bytes("\(Self.directory)/seed.iso", limit: 8, from: 32768 + 40) == Array("CIDATA  ".utf8)
        )
        let files = host.tree.root.path("/seed")
        _ = try Command(["xorriso", "-osirrox", "on", "-indev", seed, "-extract", "/", files]).run()
        let data = try #require(try YAMLNode.documents(try host.tree.text("/seed/user-data")).first)
        let user = try #require(data["users"]?.items.first)
        #expect(user["ssh_authorized_keys"]?.items.map(\.text) == [Self.key] && user["name"]?.text == "root")
        #expect(data["disable_root"]?.text == "false" && data["ssh_pwauth"]?.text == "false")
        let keys = try #require(data["ssh_keys"])
        #expect(keys["ed25519_private"]?.text == (try host.tree.text("\(Self.directory)/ssh_host_ed25519_key")) + "\n")
        #expect(keys["ed25519_public"]?.text == (try host.tree.text("\(Self.directory)/ssh_host_ed25519_key.pub")))
        #expect(try host.tree.text("/seed/user-data").hasPrefix("#cloud-config\n"))
    }

    @Test func anotherKeyIsAnotherInstance() throws {
        let host = try host("Prepare=cloud-init")
        try host.run()
        let first = try host.tree.text("\(Self.directory)/meta-data")
        try host.run()
        #expect(try host.tree.text("\(Self.directory)/meta-data") == first)
        try host.tree.write("/srv/key.pub", Self.key + "2\n")
        try host.run()
        #expect(try host.tree.text("\(Self.directory)/meta-data") != first)
        #expect(first.hasPrefix("instance-id: guest-") && first.hasSuffix("local-hostname: guest"))
    }

    @Test(arguments: [
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n", "a private key was found"),
        ("hello", "something else was found"),
        ("", "one in each line"),
        ("ssh-ed25519 AAAA\u{1b}[2J", "something else was found"), ("\(key)\nhello", "something else was found"),
    ])
    func whatIsNoPublicKeyIsRefused(_ key: String, _ message: String) throws {
        let host = try host(key: key)
        let result = try host.run()
        #expect(result.status == 1 && result.error.contains("SSHKey=/srv/key.pub: "))
        #expect(result.error.contains(message) && result.error.contains(".pub"), "\(result.error)")
        #expect(!host.has("\(Self.directory)/disk.qcow2"))
    }

    @Test(arguments: ["", "a", "ab", "abc", "abcd", "\u{ff}é\n\u{0}"]) func base64(_ text: String) {
        #expect(Base64.encode(Array(text.utf8)) == Data(text.utf8).base64EncodedString())
    }
}
