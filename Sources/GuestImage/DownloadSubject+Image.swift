import Downloads

extension DownloadSubject {
    /// The image of a guest.
    static let image = DownloadSubject(
        setting: "Image= in [Guest]", checksumSetting: "ImageChecksum= in [Guest]",
        fileSetting: "ImageFile= in [Guest]",
        // libvirt makes QEMU's user the owner of the images below a disk
        // (`virSecurityDACSetImageLabel`).
        mode: 0o400)
}
