extension Problem.Code {
    /// An image or file of a guest does not exist.
    package static let imageMissing = Problem.Code("image-missing")
    /// Several disk images can be the guest's.
    package static let imageAmbiguous = Problem.Code("image-ambiguous")
    /// An image of a guest cannot be read.
    package static let imageUnreadable = Problem.Code("image-unreadable")
    /// An image has the wrong format.
    package static let imageFormat = Problem.Code("image-format")
    /// An image depends on another file.
    package static let imageIncomplete = Problem.Code("image-incomplete")
    /// An image has another checksum.
    package static let imageChecksum = Problem.Code("image-checksum")
    /// The state of a guest's disk cannot be accessed.
    package static let imageState = Problem.Code("image-state")
    /// The disk of a guest cannot be created.
    package static let diskNotCreated = Problem.Code("disk-not-created")
    /// The disk of a guest cannot be prepared.
    package static let diskNotPrepared = Problem.Code("disk-not-prepared")
    /// The disk of a guest cannot be removed.
    package static let diskNotRemoved = Problem.Code("disk-not-removed")
    /// The guest has no disk.
    package static let noDisk = Problem.Code("no-disk")
    /// The section of a guest has an error.
    package static let guestInvalid = Problem.Code("guest-invalid")
    /// The guest is running.
    package static let guestRunning = Problem.Code("guest-running")
    /// The SSH public key cannot be read.
    package static let keyUnreadable = Problem.Code("key-unreadable")
    /// SSHKey= is not a public key.
    package static let keyInvalid = Problem.Code("key-invalid")
    /// The public key is on another machine.
    package static let keyRemote = Problem.Code("key-remote")
    /// The SSH host key of a guest cannot be created.
    package static let keyNotCreated = Problem.Code("key-not-created")
    /// The password file cannot be read.
    package static let passwordUnreadable = Problem.Code("password-unreadable")
    /// The password file has no password hash.
    package static let passwordInvalid = Problem.Code("password-invalid")
}
