import Config
import Diagnostics
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
    func prepareDisk() throws(Problem) {}

    /// The part of the preparation that is in the disk and stays there.
    func preparation() throws(Problem) -> String { disk.preparation.rawValue }

    private func key() throws(Problem) -> String {
        guard let path = disk.sshKey else { throw Problem("key-wrong", "guest \(disk.guest): no SSHKey=", remedy: "set it in [Guest]") }
        return try AuthorizedKey.read(path, in: root)
    }

    /// It has the guest's private key in it: root's alone, until libvirt gives it to QEMU's user.
    private func write(_ text: String, _ path: String) throws(Problem) {
        do {
            try root.replace(path, with: Array(text.utf8), mode: 0o600)
        } catch {
            throw error.problem("disk-not-prepared", remedy: "make room in \(disk.directory), then start it again")
        }
    }

    private func makeSeed(_ seed: CloudInit) throws(Problem) {
        try write(seed.userData, "\(disk.directory)/user-data")
        try write(seed.metaData, "\(disk.directory)/meta-data")
        let draft = disk.seed + ".part"
        do {
            // xorriso would add to an image that is there.
            try root.remove(draft)
            try root.replace(draft, with: [], mode: 0o600)
        } catch {
            throw error.problem("disk-not-prepared", remedy: "make room in \(disk.directory), then start it again")
        }
        try CloudInit.command(root.path(draft), root.path(disk.directory)).expectSuccess(
            "disk-not-prepared", disk.seed, remedy: "make room in \(disk.directory), then start it again")
        do {
            try root.publish(draft, as: disk.seed)
        } catch {
            throw error.problem("disk-not-prepared", remedy: "make room in \(disk.directory), then start it again")
        }
    }
}
