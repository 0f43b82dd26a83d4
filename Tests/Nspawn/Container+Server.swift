import LabTools
import Linux

/// An HTTP server on the loopback device of the container, `Tests/image-server`.
extension Container {
    /// One request for a file.
    package struct Request: Hashable, Sendable {
        /// The path in the URL, with its slash.
        package var path: String
        /// The `Range` that was requested, `-` for none.
        package var range: String
        /// Bytes of the body that were sent.
        package var sent: Int
    }

    private static let server = "/usr/local/bin/image-server"
    private static let log = "/srv/requests"
    /// Where it listens.
    package static let serverPort = 8000

    /// The URL of a file in the directory that is served.
    package static func url(_ file: String) -> String { "http://127.0.0.1:\(serverPort)/\(file)" }

    /// Serves a directory, in place of the one before; `options` say what goes wrong.
    package func serve(_ directory: String, _ options: String...) throws {
        try files.replace(
            Self.server, with: try Root.machine.bytes("\(Project.folder)/Tests/image-server"), mode: 0o755)
        _ = try attempt(["systemctl", "stop", "image-server"])
        try run(["rm", "-f", Self.log])
        // It serves as long as its standard input is open.
        let line =
            "sleep infinity | image-server \(directory) --port=\(Self.serverPort) --log=\(Self.log) "
            + options.joined(separator: " ")
        try run(["systemd-run", "--unit=image-server", "--collect", "sh", "-c", line])
        let address = "TCP:127.0.0.1:\(Self.serverPort)"
        try run(["sh", "-c", "until socat -u /dev/null \(address) 2>/dev/null; do sleep 0.1; done"])
    }

    /// The requests that were answered since the server was started.
    package func requests() throws -> [Request] {
        try files.text(Self.log).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 5, let sent = Int(words[4]) else { return nil }
            return Request(path: String(words[1]), range: String(words[2]), sent: sent)
        }
    }
}
