import Foundation
import Linux

/// This project, as a user gets it: what `make install` puts into the file system. The release build must be there already: a test cannot build while
/// SwiftPM runs it.
public enum Project {
    /// The folder with the Makefile.
    public static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..").standardized.path

    /// Throws when the release build is not there, or older than the sources.
    public static func checkBuild() throws {
        guard try Tool.attempt(["make", "--silent", "-C", folder, "--question", "build"]).status == 0 else {
            throw LabFailure("\(folder)/.build/release is older than the sources; make build")
        }
    }

    /// Makes one archive of it in a directory.
    public static func archive(in directory: String) throws -> String {
        try checkBuild()
        let tree = directory + "/project"
        let archive = directory + "/project.tar.zst"
        try Tool.run(["make", "--silent", "-C", folder, "install", "DESTDIR=\(tree)"], within: 120)
        try Tool.run(["tar", "--create", "--zstd", "--owner=0", "--group=0", "--file=\(archive)", "--directory=\(tree)", "."])
        return archive
    }
}
