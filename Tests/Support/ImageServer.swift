import Foundation
import Testing

/// An HTTP server on loopback that serves a directory, `Tests/image-server`, for as long as this
/// object lives.
package final class ImageServer {
    /// One request.
    package struct Request: Equatable {
        /// The `Range` that was asked for, `-` for none.
        package var range: String
        /// The status that was answered.
        package var status: Int
        /// Bytes of the body that were sent.
        package var sent: Int

        /// Creates one, to compare with.
        package init(range: String, status: Int, sent: Int) {
            self.range = range
            self.status = status
            self.sent = sent
        }
    }

    private let process = Process()
    private let input = Pipe()
    private let log = try? Tree()
    private let served: Tree
    private let port: Int

    /// Serves a tree; what it does wrong is in its options.
    package init(_ tree: Tree, _ options: [String] = []) throws {
        served = tree
        let program = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
            path: "image-server")
        let output = Pipe()
        process.executableURL = program
        process.arguments = [tree.path] + options + (log.map { ["--log=\($0.path)/log"] } ?? [])
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)), "\(line)")
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// The URL of a file.
    package func url(_ file: String) -> String { "http://127.0.0.1:\(port)\(file)" }

    /// What was asked and answered so far.
    package var requests: [Request] {
        ((try? log?.text("/log")) ?? "").split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 5, let status = Int(words[3]), let sent = Int(words[4]) else { return nil }
            return Request(range: String(words[2]), status: status, sent: sent)
        }
    }
}
