import Foundation
import Linux

/// This project, as a user gets it. The release build must be there already: a test cannot build while SwiftPM runs it.
public enum Project {
    /// The folder with the Makefile.
    public static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..").standardized.path

    /// Throws when the release build is not there, or older than the sources.
    public static func checkBuild() throws {
        guard try Tool.attempt(["make", "--silent", "-C", folder, "--question", "build"]).status == 0 else {
            throw LabFailure("\(folder)/.build/release is older than the sources; make build")
        }
    }

    /// The Debian package of it: made now for this machine's release, else what `make deb RELEASE=` has made.
    public static func package(release: String? = nil) throws -> String {
        if let release, try release != Debian.release() { return try built(for: release) }
        try checkBuild()
        return folder + "/" + (try Tool.run([folder + "/packages/build-deb"], within: 120)).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func built(for release: String) throws -> String {
        let build = "\(folder)/.build-\(release)"
        guard let package = try Root.machine.list(build).last(where: { $0.hasSuffix(".deb") }),
            try Tool.run(["find", "\(folder)/Package.swift", "\(folder)/Sources", "-newer", "\(build)/\(package)"]).isEmpty
        else { throw LabFailure("\(build): the package is missing or older than the sources; make deb RELEASE=\(release)") }
        return "\(build)/\(package)"
    }
}
