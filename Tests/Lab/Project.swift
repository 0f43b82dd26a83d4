import Foundation
import Linux

/// This project, as a user gets it: what `make install` puts into the file system, in one archive.
enum Project {
    /// The folder with the Makefile.
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..").standardized.path

    /// Makes the archive in a directory. The release build must be there already: a test cannot build while SwiftPM runs it.
    static func archive(in directory: String) throws -> String {
        guard try Tool.attempt(["make", "--silent", "-C", folder, "--question", "build"]).status == 0 else {
            throw LabFailure("\(folder)/.build/release is older than the sources; make build")
        }
        let tree = directory + "/project"
        let archive = directory + "/project.tar.zst"
        try Tool.run(["make", "--silent", "-C", folder, "install", "DESTDIR=\(tree)"], within: 120)
        try Tool.run(["tar", "--create", "--zstd", "--owner=0", "--group=0", "--file=\(archive)", "--directory=\(tree)", "."])
        return archive
    }
}
