import Linux

extension Root {
    /// QEMU's user reaches the files that libvirt gives to it (libvirt:
    /// `virSecurityDACSetImageLabel` changes the owner of a disk and of the images below it), so a
    /// directory can be searched. Only root can list it.
    static let closedDirectory: UInt32 = 0o711

    /// Closes a directory and the files in it to other users: an earlier release, or a crash of it,
    /// may have left readable ones.
    func closeDirectory(_ path: String, except open: [String] = []) throws(SystemError) {
        try setMode(path, Self.closedDirectory)
        for name in try list(path) where !open.contains("\(path)/\(name)") {
            do {
                let mode = try status("\(path)/\(name)").mode
                if mode & 0o066 != 0 { try setMode("\(path)/\(name)", mode & 0o711) }
            } catch {
                // Another pvp-image renames and removes its own files meanwhile.
                guard error.isMissing else { throw error }
            }
        }
    }
}
