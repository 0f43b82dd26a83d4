/// What a download is of: the settings that remedies name, and what the file is like.
package struct DownloadSubject: Hashable, Sendable {
    /// The setting with the URL, such as `Image= in [Guest]`.
    package var setting: String
    /// The setting with the checksum, such as `ImageChecksum= in [Guest]`.
    package var checksumSetting: String
    /// The setting that moves the file to another file system, if there is one.
    package var fileSetting: String?
    /// What the file is, such as `an archive`, if an HTML page in its place is an error.
    package var content: String?
    /// The mode of the finished file.
    package var mode: UInt32

    /// Creates a subject.
    package init(
        setting: String, checksumSetting: String, fileSetting: String? = nil, content: String? = nil, mode: UInt32
    ) {
        self.setting = setting
        self.checksumSetting = checksumSetting
        self.fileSetting = fileSetting
        self.content = content
        self.mode = mode
    }
}
