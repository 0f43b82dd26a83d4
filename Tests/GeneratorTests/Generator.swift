import Foundation
import Linux
import Testing

/// The generator as systemd runs it: a program, a machine as a tree of files, directories to write
/// into.
enum Generator {
    /// SwiftPM builds it beside the tests.
    static func path() throws -> String {
        let tests = URL(filePath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        let beside = [Bundle.main.bundleURL, tests.deletingLastPathComponent()].map {
            $0.appending(path: "pvp-generator").path
        }
        return try #require(
            beside.first { FileManager.default.isExecutableFile(atPath: $0) }, "pvp-generator is in none of \(beside)")
    }

    /// The command that runs it on the tree of a host, for at most 60 s; `tool` is what runs it,
    /// such as a tracer.
    static func command(_ host: String, _ arguments: [String], environment: [String] = [], under tool: [String] = [])
        throws -> Command
    {
        let clean = ["env", "-u", "SYSTEMD_IN_INITRD", "-u", "SYSTEMD_EXEC_PID", "PVPGEN_ROOT=\(host)"]
        return Command(["timeout", "60"] + clean + environment + tool + [try path()] + arguments)
    }
}

/// A directory of its own for each test, which goes when the value does.
final class Scratch: Sendable {
    let path: String

    init() throws {
        var template = Array((NSTemporaryDirectory() + "/pvp-generator-test.XXXXXX").utf8CString)
        path = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// An empty directory in it.
    func directory(_ name: String = "out") throws -> String {
        try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
        try Root(path).makeDirectory("/" + name)
        return "\(path)/\(name)"
    }
}
