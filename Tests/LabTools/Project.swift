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

    /// Makes a Debian package of it, and says where that is.
    public static func package() throws -> String {
        try checkBuild()
        return folder + "/" + (try Tool.run([folder + "/packages/build-deb"], within: 120)).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
