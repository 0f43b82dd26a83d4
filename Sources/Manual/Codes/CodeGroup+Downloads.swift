import Diagnostics

extension CodeGroup {
    static let downloads = CodeGroup(
        "Downloads",
        [
            CodeDocumentation(
                .downloadUnavailable, "The server does not provide the file",
                """
                The HTTP server answered with an error, such as 404.
                The URL is wrong, or the file was moved or removed.
                Correct the setting in the remedy, or contact the operator of the server.
                """),
            CodeDocumentation(
                .downloadTLS, "The server's certificate is not trusted",
                """
                The certificate of the server is not trusted.
                The certificates of authorities are not installed, the clock is wrong, or the server's authority \
                is private.
                Install ca-certificates or the certificate of the authority, and check the clock.
                """),
            CodeDocumentation(
                .downloadHTML, "The server answered with an HTML page",
                """
                The server answered with an HTML page in place of the file. The page was removed.
                The URL is that of a page with a link to the file, or the server or a proxy requires a login.
                Set the setting in the remedy to the URL of the file itself.
                """),
            CodeDocumentation(
                .downloadInterrupted, "A download was interrupted",
                """
                The download ended before the file was complete. The part that was received is kept.
                The connection failed, the host name is unknown, the server is overloaded, or a proxy is required.
                Check the connection. The next start continues the download.
                """),
            CodeDocumentation(
                .downloadFailed, "A URL cannot be fetched",
                """
                curl could not fetch the URL.
                The URL is malformed, or curl does not support its protocol.
                Correct the setting in the remedy.
                """),
            CodeDocumentation(
                .downloadNotWritten, "The downloaded file cannot be written",
                """
                curl could not write the file.
                The directory is not writable.
                Make the directory in the message writable for root.
                """),
            CodeDocumentation(
                .downloadChecksum, "A download has another checksum",
                """
                The checksum of the downloaded file is not the one in the configuration. The download was removed.
                The file was replaced on the server, the checksum is of another file, or the transfer was manipulated.
                Compare with the checksum that the publisher provides, and correct the setting in the remedy.
                """),
            CodeDocumentation(
                .downloadState, "The state of a download cannot be accessed",
                """
                A file of a download cannot be read, renamed or removed.
                The command does not run as root, or the file system is full or read-only.
                Run it as root and check the file system.
                """),
            CodeDocumentation(
                .diskFull, "The file system is full",
                """
                The file system has no room for the rest of the file. The part that was received is kept.
                The file is larger than the free space.
                Free the space in the remedy. For an image, ImageFile= can be a path on another file system.
                """),
        ])
}
