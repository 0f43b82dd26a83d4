import Diagnostics
import Linux

/// Unified kernel images: their arguments are in them, signed, so ours come beside them as an
/// addon, which every image on the partition reads, new ones too (`systemd-stub(7)`, since 254).
enum UnifiedKernel: BootLoaderFiles {
    static let expected = "EFI/Linux/*.efi in /efi, /boot or /boot/efi"

    static func exists(in root: Root) throws(Problem) -> Bool { try partition(root) != nil }

    static func steps(_ arguments: [String], in root: Root) throws(Problem) -> BootSteps {
        var steps = BootSteps()
        guard !arguments.isEmpty, let partition = try partition(root) else { return steps }
        let text = arguments.joined(separator: " ")
        guard let program = ["/usr/bin/ukify", "/usr/lib/systemd/ukify"].first(where: root.exists) else {
            throw Problem(
                .programMissing,
                "ukify: not found, required to create an addon for the unified kernel images in \(partition)/EFI/Linux",
                remedy: "install the package systemd-ukify, or build these into the images: \(text)")
        }
        let keys = try signing(root)
        steps.product = .init(
            path: "\(partition)/loader/addons/pvpgen.addon.efi",
            arguments: [program, "build", "--cmdline=\(text)"] + keys)
        return steps
    }

    private static func partition(_ root: Root) throws(Problem) -> String? {
        for partition in SystemdBoot.partitions {
            let names = try root.names(in: "\(partition)/EFI/Linux")
            if names.contains(where: { $0.hasSuffix(".efi") }) { return partition }
        }
        return nil
    }

    private static func contents(_ path: String, _ root: Root) throws(Problem) -> [UInt8]? {
        do throws(SystemError) {
            return try root.contents(path)
        } catch {
            throw error.problem(
                .fileUnreadable, remedy: "run the command as root, and check that it is a regular file that can be read"
            )
        }
    }

    /// With Secure Boot an addon counts only when it is signed like the images: with the key that
    /// `/etc/kernel/uki.conf` names for them (`ukify(1)`).
    private static func signing(_ root: Root) throws(Problem) -> [String] {
        let config = "/etc/kernel/uki.conf"
        let lines = String(decoding: try contents(config, root) ?? [], as: UTF8.self).split(separator: "\n")
        let keys = [
            ("SecureBootPrivateKey", "--secureboot-private-key"), ("SecureBootCertificate", "--secureboot-certificate"),
        ]
        let options = keys.compactMap { key, option in
            lines.first { $0.hasPrefix("\(key)=") }.map { "\(option)=\($0.dropFirst(key.utf8.count + 1))" }
        }
        if options.count == keys.count { return options }
        let isEnforced =
            (try? root.bytes("/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"))?.last == 1
        guard isEnforced else { return [] }
        throw Problem(
            .secureBoot,
            "Secure Boot is on, so an addon must be signed: expected SecureBootPrivateKey= and SecureBootCertificate= "
                + "in \(config)",
            remedy: "name there the key that signs the images, or build the arguments into them")
    }
}
