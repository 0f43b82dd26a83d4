extension Problem.Code {
    /// The server does not provide the file.
    package static let downloadUnavailable = Problem.Code("download-unavailable")
    /// The server's certificate is not trusted.
    package static let downloadTLS = Problem.Code("download-tls")
    /// The server answered with an HTML page.
    package static let downloadHTML = Problem.Code("download-html")
    /// A download was interrupted.
    package static let downloadInterrupted = Problem.Code("download-interrupted")
    /// A URL cannot be fetched.
    package static let downloadFailed = Problem.Code("download-failed")
    /// The downloaded file cannot be written.
    package static let downloadNotWritten = Problem.Code("download-not-written")
    /// A download has another checksum.
    package static let downloadChecksum = Problem.Code("download-checksum")
    /// The state of a download cannot be accessed.
    package static let downloadState = Problem.Code("download-state")
    /// The file system is full.
    package static let diskFull = Problem.Code("disk-full")
}
