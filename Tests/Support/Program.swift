package import Foundation
import Linux
import Testing

/// A program of this package, run as a unit would run it.
package struct Program {
    let name: String
    var environment: [String: String]
    /// Programs that it finds before those of the machine.
    var tools: Tree?

    /// How it ended, and what it printed.
    package struct Result {
        /// Its exit status; 124 when it did not end in time.
        package var status: Int32
        /// Its standard output.
        package var output: String
        /// Its standard error.
        package var error: String
    }

    /// The program of that name.
    package init(name: String, environment: [String: String] = [:], tools: Tree? = nil) {
        self.name = name
        self.environment = environment
        self.tools = tools
    }

    /// The names of pvpgen that are helpers.
    package static let helpers = ["pvp-build", "pvp-dpdk", "pvp-guest", "pvp-host", "pvp-image", "pvp-network"]

    /// Where SwiftPM puts all that it builds, beside the tests, with links for the helpers there,
    /// as `make install` creates them.
    private static let directory = Swift.Result<URL, any Error> {
        let tests = URL(fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        let places = [Bundle.main.bundleURL, tests.deletingLastPathComponent()]
        let pvpgen = places.first {
            FileManager.default.isExecutableFile(atPath: $0.appendingPathComponent("pvpgen").path)
        }
        let directory = try #require(pvpgen, "pvpgen is in none of \(places)")
        for helper in helpers {
            let link = directory.appendingPathComponent(helper).path
            if (try? FileManager.default.destinationOfSymbolicLink(atPath: link)) == "pvpgen" { continue }
            // A build of another commit may have left a program there.
            try? FileManager.default.removeItem(atPath: link)
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "pvpgen")
        }
        return directory
    }

    /// The file of a program of this package.
    package static func path(_ name: String) throws -> String {
        let path = try directory.get().appendingPathComponent(name).path
        try #require(FileManager.default.isExecutableFile(atPath: path), "\(path) is missing")
        return path
    }

    /// Runs it to its end, for which it has 30 s; `timeout` ends it then, with status 124.
    /// With `journal` its standard error is what `JOURNAL_STREAM` names.
    package func run(_ arguments: [String], input: String = "", journal: Bool = false) throws -> Result {
        let tree = try Tree(["/in": input, "/out": "", "/err": ""])
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        process.arguments = ["30", try Self.path(name)] + arguments
        var environment = ["PATH": "\(tools.map { $0.path + ":" } ?? "")/usr/bin:/bin"].merging(self.environment) { $1 }
        // Debug builds take Swift's libraries from where the toolchain has them, and count the
        // lines that are run in a file.
        for name in ["LD_LIBRARY_PATH", "LLVM_PROFILE_FILE"] {
            environment[name] = ProcessInfo.processInfo.environment[name]
        }
        if journal {
            let file = try FileManager.default.attributesOfItem(atPath: tree.path + "/err")
            let device = try #require(file[.systemNumber] as? NSNumber).uint64Value
            let inode = try #require(file[.systemFileNumber] as? NSNumber).uint64Value
            environment["JOURNAL_STREAM"] = "\(device):\(inode)"
        }
        process.environment = environment
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: tree.path + "/in"))
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: tree.path + "/out"))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: tree.path + "/err"))
        try process.run()
        process.waitUntilExit()
        let output = try content(tree, "/out")
        // Wrong usage prints no document, and `--output=` has it elsewhere.
        let isPrinted =
            process.terminationStatus != 2 && process.terminationStatus != 124
            && !arguments.contains { $0.hasPrefix("--output") }
        if name == "pvpgen", arguments.contains("--json"), isPrinted || !output.isEmpty {
            try Self.validate(output)
        }
        return Result(status: process.terminationStatus, output: output, error: try content(tree, "/err"))
    }

    /// Validates JSON documents against the project's schemas.
    package static let validator = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "validate-json")

    /// Expects that JSON documents have the form of their schemas: one, or one in each line.
    package static func validate(_ documents: String) throws {
        let tree = try Tree(["/documents": documents])
        let result = try Command([validator.path, tree.path + "/documents"]).run()
        #expect(result.status == 0, "\(result.output)\(documents.prefix(2000))")
    }

    private func content(_ tree: Tree, _ file: String) throws -> String {
        String(decoding: try tree.root.bytes(file), as: UTF8.self)
    }
}
