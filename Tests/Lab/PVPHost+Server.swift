import Foundation
import LabTools
import Linux

/// The guest with ssh, from a server of images on the host's own loopback.
extension PVPHost {
    /// The URL of the server's image, and its checksum.
    package struct Published: Sendable {
        /// Its URL.
        package var url: String
        /// As `ImageChecksum=` has it.
        package var checksum: String
        /// How long it is, in bytes.
        package var size: Int
    }

    private static let served = "/srv/images"
    private static let program = "/root/image-server"
    private static let requests = "/root/image-server.log"
    private static let port = 8000
    private static let unit = "image-server.service"

    /// Which image.
    package enum Served: String, Sendable {
        /// The guest that only bridges, of a few MiB.
        case bridge
        /// The guest with ssh.
        case server
    }

    /// Starts a server that has the image; its options say what goes wrong with it.
    package func publish(_ served: Served, _ options: [String] = []) throws -> Published {
        let file = "\(Self.served)/\(served.rawValue).qcow2"
        if try shell.attempt(["test", "-e", file]).status != 0 {
            progress("a server of images: \(served.rawValue)")
            try shell.run(["mkdir", "-p", Self.served])
            if served == .server {
                try shell.run(["ln", "-s", "/dev/disk/by-id/virtio-server", file])
            } else {
                try shell.copy(images.guest, to: file)
            }
            let source =
                URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
                + "/image-server"
            try shell.copy(source, to: Self.program)
        }
        _ = try shell.attempt(["systemctl", "stop", Self.unit])
        try shell.run(["rm", "-f", Self.requests])
        // It serves as long as its standard input is open.
        let line =
            "tail -f /dev/null | exec python3 \(Self.program) \(Self.served) --log=\(Self.requests) "
            + "--port=\(Self.port) "
        try shell.run([
            "systemd-run", "--quiet", "--collect", "--unit=\(Self.unit)", "sh", "-c",
            line + options.joined(separator: " "),
        ])
        let source = served == .server ? images.server : images.guest
        let checksum = try Tool.run(["sha256sum", source], within: 120).prefix(64)
        let size = try Tool.run(["stat", "--format=%s", source]).trimmed
        let deadline = Deadline(seconds: Limit.command)
        while try shell.attempt(["curl", "--silent", "--output", "/dev/null", "127.0.0.1:\(Self.port)/nothing"]).status
            != 0
        {
            guard !deadline.isOver else {
                throw LabFailure("the server of images did not start", log: try journal(Self.unit))
            }
        }
        return Published(
            url: "http://127.0.0.1:\(Self.port)/\(served.rawValue).qcow2", checksum: "sha256:\(checksum)",
            size: Int(size) ?? 0)
    }

    /// The bytes that each answer had since the server was started; those without any, as to the
    /// first request for the head, are left out.
    package func sent() throws -> [Int] {
        try shell.attempt(["cat", Self.requests]).output.split(separator: "\n").compactMap {
            $0.split(separator: " ").last.flatMap { Int($0) }
        }.filter { $0 > 0 }
    }

    /// Ends the server.
    package func unpublish() throws { _ = try shell.attempt(["systemctl", "stop", Self.unit]) }
}
