package import Diagnostics
package import Linux

/// A way in which a machine gets its kernel arguments.
package enum BootLoader: String, CaseIterable, Hashable, Sendable {
    /// GRUB of Debian and Ubuntu.
    case grub
    /// GRUB of Fedora and RHEL, with an entry in a file for each kernel.
    case grubBLS = "grub-bls"
    /// GRUB whose configuration is written by grub-mkconfig.
    case grubMkconfig = "grub-mkconfig"
    /// systemd-boot, with an entry in a file for each kernel.
    case systemdBoot = "systemd-boot"
    /// Unified kernel images, whatever starts them.
    case uki
    /// No supported boot loader: the arguments are printed.
    case manual = "print"

    /// For people.
    package var name: String {
        switch self {
        case .grub: "GRUB (update-grub)"
        case .grubBLS: "GRUB (Boot Loader Specification)"
        case .grubMkconfig: "GRUB (grub-mkconfig)"
        case .systemdBoot: "systemd-boot"
        case .uki: "unified kernel images"
        case .manual: "no boot loader"
        }
    }

    private var files: (any BootLoaderFiles.Type)? {
        switch self {
        case .grub: DebianGRUB.self
        case .grubBLS: EntryGRUB.self
        case .grubMkconfig: ConfiguredGRUB.self
        case .systemdBoot: SystemdBoot.self
        case .uki: UnifiedKernel.self
        case .manual: nil
        }
    }

    /// The changes that add these arguments; without arguments, the changes that remove all of
    /// them. Throws `boot-loader-missing`, `file-unreadable`, and what the boot loader lacks.
    package func steps(_ arguments: [String], in root: Root) throws(Problem) -> BootSteps {
        guard let files else { return BootSteps() }
        guard try files.exists(in: root) else {
            throw Problem(
                .bootLoaderMissing, "--boot-loader=\(rawValue): expected \(files.expected), not found",
                remedy: "run 'bootctl status' to see the boot loader in use")
        }
        return try files.steps(arguments, in: root)
    }

    /// The boot loader of the machine: the one whose files exist, or which reports that it started
    /// this kernel. `nil` if none is known. Throws `boot-loader-ambiguous`,
    /// and `file-unreadable` when it cannot be known.
    package static func find(in root: Root) throws(Problem) -> BootLoader? {
        var installed: [BootLoader] = []
        for loader in allCases {
            if let files = loader.files, try files.exists(in: root) { installed.append(loader) }
        }
        // What grub-mkconfig writes is what these two change in their own way.
        let found =
            installed.contains(.grub) || installed.contains(.grubBLS)
            ? installed.filter { $0 != .grubMkconfig } : installed
        guard found.count > 1 else { return found.first }
        let running = found.filter { $0.isRunning(in: root) }
        if running.count == 1 { return running[0] }
        throw Problem(
            .bootLoaderAmbiguous, "expected one boot loader, found \(found.map(\.name).joined(separator: ", "))",
            remedy:
                "set the one that starts this machine: "
                + "\(found.map { "--boot-loader=\($0.rawValue)" }.joined(separator: " or "))"
        )
    }

    /// Whether this boot loader reports that it has started this kernel. A unified image reports
    /// that itself.
    private func isRunning(in root: Root) -> Bool {
        let stub = Self.variable("StubInfo", root).hasPrefix("systemd-stub")
        if self == .uki || stub { return self == .uki && stub }
        return Self.variable("LoaderInfo", root).hasPrefix(self == .systemdBoot ? "systemd-boot" : "GRUB")
    }

    /// What a boot loader reports to the system (`systemd.io/BOOT_LOADER_INTERFACE`): four bytes of
    /// attributes, then UTF-16.
    private static func variable(_ name: String, _ root: Root) -> String {
        let bytes = try? root.bytes("/sys/firmware/efi/efivars/\(name)-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f").dropFirst(
            4)
        return String(decoding: (bytes ?? []).filter { $0 != 0 }, as: UTF8.self)
    }
}

/// What is particular to one boot loader.
protocol BootLoaderFiles {
    /// What `exists` looks for, for people.
    static var expected: String { get }
    /// Whether its files exist. Throws `file-unreadable`.
    static func exists(in root: Root) throws(Problem) -> Bool
    /// What gives it these arguments.
    static func steps(_ arguments: [String], in root: Root) throws(Problem) -> BootSteps
}
