import Config
import Diagnostics
import Downloads
import Linux
import Plan

extension GuestDisk {
    /// What is written at each start, so that another key is in the guest after its next boot.
    func prepareStart() throws(Problem) {
        switch disk.preparation {
        case .credentials:
            let text = Credentials(key: try key(), host: try HostKey(of: disk, in: root)).text
            try write(text, disk.credentials)
        case .cloudInit:
            try makeSeed(CloudInit(guest: disk.guest, key: try key(), host: try HostKey(of: disk, in: root)))
        case .sysprep, .none: break
        }
    }

    /// What is done once to a disk that is new.
    func prepareDisk(over base: String) throws(Problem) {
        guard disk.preparation == .sysprep else { return }
        _ = try HostKey(of: disk, in: root)
        let keys = "\(disk.directory)/authorized_keys"
        let commands = "\(disk.directory)/commands"
        if disk.sshKey != nil { try write(try key(), keys) }
        if let path = disk.rootPasswordFile {
            try write(Sysprep.setPassword(try Sysprep.readHash(path, in: root)), commands)
        }
        defer { try? root.remove(commands) }
        let sysprep = Sysprep(
            uninstall: disk.uninstall, key: disk.sshKey.map { _ in root.path(keys) }, hostKey: root.path(disk.hostKey),
            commands: disk.rootPasswordFile.map { _ in root.path(commands) })
        reporter.status("virt-sysprep prepares \(disk.overlay), which takes minutes")
        try sysprep.command(root.path(draft)).expectSuccess(
            .diskNotPrepared, disk.overlay,
            remedy:
                "run 'libguestfs-test-tool' to check libguestfs on this host, and 'virt-inspector -a \(base)' to "
                + "check the image"
        )
    }

    /// The part of the preparation that is in the disk and stays there.
    func preparation() throws(Problem) -> String {
        guard disk.preparation == .sysprep else { return disk.preparation.rawValue }
        var parts = ["sysprep"]
        if let uninstall = disk.uninstall { parts.append("without \(uninstall.rawValue)") }
        if disk.sshKey != nil { parts += try key().split(separator: "\n").map(String.init) }
        if let path = disk.rootPasswordFile {
            // A hash is nothing to be kept in one more place.
            let status = try? root.status(path)
            parts.append("password of \(path) \(status?.modified ?? 0)")
        }
        return parts.joined(separator: ", ")
    }

    private func key() throws(Problem) -> String {
        guard let path = disk.sshKey else {
            throw Problem(.keyInvalid, "guest \(disk.guest): no SSHKey=", remedy: "set it in [Guest]")
        }
        return try AuthorizedKey.read(path, in: root)
    }

    /// It has the guest's private key in it: root's alone, until libvirt gives it to QEMU's user.
    private func write(_ text: String, _ path: String) throws(Problem) {
        do {
            try root.replace(path, with: Array(text.utf8), mode: 0o600)
        } catch {
            throw error.problem(.diskNotPrepared, remedy: "free space in \(disk.directory), then start the unit again")
        }
    }

    private func makeSeed(_ seed: CloudInit) throws(Problem) {
        try write(seed.userData, "\(disk.directory)/user-data")
        try write(seed.metaData, "\(disk.directory)/meta-data")
        let draft = disk.seed + ".part"
        do {
            // xorriso would add to an existing image.
            try root.remove(draft)
            try root.replace(draft, with: [], mode: 0o600)
        } catch {
            throw error.problem(.diskNotPrepared, remedy: "free space in \(disk.directory), then start the unit again")
        }
        try CloudInit.command(root.path(draft), root.path(disk.directory)).expectSuccess(
            .diskNotPrepared, disk.seed, remedy: "free space in \(disk.directory), then start the unit again")
        do {
            try root.publish(draft, as: disk.seed)
        } catch {
            throw error.problem(.diskNotPrepared, remedy: "free space in \(disk.directory), then start the unit again")
        }
    }
}
