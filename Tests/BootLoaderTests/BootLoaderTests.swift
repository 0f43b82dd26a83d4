import BootLoader
import Diagnostics
import Linux
import TestSupport
import Testing

@Suite struct BootLoaderTests {
    static let debian = ["/etc/default/grub.d/a.cfg": "", "/usr/sbin/update-grub": "", "/etc/default/grub": ""]
    static let fedora = [
        "/boot/grub2/grub.cfg": "", "/boot/loader/entries/a.conf": "linux /v\n",
        "/etc/default/grub": "GRUB_ENABLE_BLSCFG=true\n",
        "/usr/sbin/grub2-mkconfig": "",
    ]
    static let systemdBoot = ["/efi/EFI/systemd/systemd-bootx64.efi": "", "/efi/loader/entries/a.conf": "linux /v\n"]
    static let unified = ["/boot/EFI/Linux/a.efi": "", "/usr/bin/ukify": ""]
    static let info = "/sys/firmware/efi/efivars/LoaderInfo-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"

    private func code(_ body: () throws -> Void) -> Problem.Code? {
        do { try body() } catch { return (error as? Problem)?.code }
        return nil
    }

    @Test(
        arguments: [
            (debian, BootLoader.grub), (fedora, .grubBLS), (systemdBoot, .systemdBoot), (unified, .uki), ([:], nil),
            (["/etc/default/grub": "", "/boot/grub/grub.cfg": "", "/usr/bin/grub-mkconfig": ""], .grubMkconfig),
            (fedora.merging(["/etc/default/grub": "GRUB_ENABLE_BLSCFG=false\n"]) { $1 }, .grubMkconfig),
            (fedora.merging(["/ostree/repo/config": ""]) { $1 }.filter { $0.key != "/usr/sbin/grub2-mkconfig" }, nil),
            // An entry that starts no Linux, and one without a boot loader that reads it.
            (["/efi/EFI/systemd/systemd-bootx64.efi": "", "/efi/loader/entries/a.conf": "efi /x\n"], nil),
            (["/boot/loader/entries/a.conf": "linux /v\n"], nil),
        ] as [([String: String], BootLoader?)])
    func itIsFoundByItsFiles(_ files: [String: String], _ loader: BootLoader?) throws {
        let tree = try Tree(files)
        #expect(try BootLoader.find(in: tree.root) == loader)
    }

    /// As for a user: the partition is mounted for root alone.
    @Test(
        "A directory of a boot loader that cannot be read is an error, not a missing boot loader",
        arguments: [
            ([:], "/boot"), (fedora, "/boot/loader/entries"), (fedora, "/boot/grub2"),
            (systemdBoot, "/efi/EFI/systemd"),
            (systemdBoot, "/efi/loader/entries"), (unified, "/boot/EFI/Linux"), (debian, "/boot"),
            (["/etc/default/grub": "", "/usr/bin/grub-mkconfig": ""], "/boot/grub"),
        ] as [([String: String], String)])
    func unreadableDirectories(_ files: [String: String], _ directory: String) throws {
        let tree = try Tree(files)
        try tree.root.removeTree(directory)
        try tree.link(directory, String(directory.split(separator: "/").last ?? ""))
        #expect(code { _ = try BootLoader.find(in: tree.root) } == .fileUnreadable)
    }

    @Test func ofTwoTheOneThatHasStartedTheMachine() throws {
        let tree = try Tree(Self.debian.merging(Self.systemdBoot) { $1 })
        #expect(code { _ = try BootLoader.find(in: tree.root) } == .bootLoaderAmbiguous)
        for (text, loader) in [("systemd-boot 257", BootLoader.systemdBoot), ("GRUB 2.12", .grub)] {
            try tree.root.replace(Self.info, with: [6, 0, 0, 0] + text.utf8.flatMap { [$0, 0] })
            #expect(try BootLoader.find(in: tree.root) == loader)
        }
        // systemd-boot has started a unified image, and has entries beside.
        for (file, text) in Self.unified { try tree.write(file, text) }
        try tree.root.removeTree("/etc/default/grub.d")
        try tree.root.replace(Self.info, with: [6, 0, 0, 0] + "systemd-boot 257".utf8.flatMap { [$0, 0] })
        #expect(try BootLoader.find(in: tree.root) == .systemdBoot)
        try tree.root.replace(
            Self.info.replacing("Loader", with: "Stub"),
            with: [6, 0, 0, 0] + "systemd-stub 257".utf8.flatMap { [$0, 0] })
        #expect(try BootLoader.find(in: tree.root) == .uki)
    }

    @Test func oneThatIsNamedMustBeThere() throws {
        let tree = try Tree(Self.debian)
        #expect(code { _ = try BootLoader.uki.steps(["a"], in: tree.root) } == .bootLoaderMissing)
        #expect(try BootLoader.manual.steps(["a"], in: tree.root) == BootSteps())
    }

    @Test func commands() throws {
        let debian = try Tree(Self.debian)
        #expect(try BootLoader.grub.steps(["a"], in: debian.root).commands == [Command(["update-grub"])])
        let entries = try Tree(Self.fedora)
        let fedora = try BootLoader.grubBLS.steps(["a"], in: entries.root)
        #expect(
            fedora.commands == [] && fedora.shared.map(\.path) == ["/etc/default/grub", "/boot/loader/entries/a.conf"])
        let configured = try Tree(["/etc/default/grub": "", "/boot/grub2/grub.cfg": "", "/usr/sbin/grub2-mkconfig": ""])
        #expect(
            try BootLoader.grubMkconfig.steps(["a"], in: configured.root).commands
                == [Command(["grub2-mkconfig", "-o", "/boot/grub2/grub.cfg"])])
    }

    @Test func anAddonForUnifiedKernelImages() throws {
        let tree = try Tree(Self.unified)
        let product = try #require(try BootLoader.uki.steps(["a=1", "b"], in: tree.root).product)
        #expect(product.path == "/boot/loader/addons/pvpgen.addon.efi")
        #expect(product.command(to: "/x").arguments == ["/usr/bin/ukify", "build", "--cmdline=a=1 b", "--output=/x"])
        let variable = "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"
        try tree.root.replace(variable, with: [6, 0, 0, 0, 1])
        #expect(code { _ = try BootLoader.uki.steps(["a"], in: tree.root) } == .secureBoot)
        try tree.write("/etc/kernel/uki.conf", "[UKI]\nSecureBootPrivateKey=/k.key\nSecureBootCertificate=/k.crt\n")
        #expect(
            try BootLoader.uki.steps(["a"], in: tree.root).product?.arguments
                == [
                    "/usr/bin/ukify", "build", "--cmdline=a", "--secureboot-private-key=/k.key",
                    "--secureboot-certificate=/k.crt",
                ])
        try tree.root.remove("/usr/bin/ukify")
        #expect(code { _ = try BootLoader.uki.steps(["a"], in: tree.root) } == .programMissing)
    }

    /// New kernels get theirs from the newest entry that kernel-install has made, where they would
    /// get those of the running kernel.
    @Test func newKernelsGetThemToo() throws {
        let tree = try Tree(Self.fedora)
        try tree.write("/usr/lib/modules/6.1/vmlinuz", "")
        try tree.write("/boot/loader/entries/id-6.1.conf", "linux /v\noptions root=x  ro $tuned_params\n")
        try tree.write("/boot/loader/entries/id-0-rescue.conf", "linux /v\noptions root=x\n")
        let shared = try BootLoader.grubBLS.steps(["a"], in: tree.root).shared
        #expect(shared.first { $0.path == "/etc/kernel/cmdline" }?.baseContent == Array("root=x ro\n".utf8))
        #expect(!shared.contains { $0.path.contains("rescue") })
        try tree.write("/etc/kernel/cmdline", "mine\n")
        #expect(
            try BootLoader.grubBLS.steps(["a"], in: tree.root).shared.first { $0.path == "/etc/kernel/cmdline" }?
                .baseContent
                == .some(nil))
    }
}
