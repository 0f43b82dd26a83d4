import Foundation
import Linux

/// This project, as a user gets it. The release build must exist already: a test cannot build while
/// SwiftPM runs it.
package enum Project {
    /// The folder with the Makefile.
    package static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "../.."
    ).standardized
        .path

    /// Throws if the release build does not exist, or is older than the sources.
    package static func checkBuild() throws {
        guard try Tool.attempt(["make", "--silent", "-C", folder, "--question", "build"]).status == 0 else {
            throw LabFailure("\(folder)/.build/release is older than the sources; make build")
        }
    }

    /// The Debian package of it: of this machine's release, else what `make deb RELEASE=` has
    /// built.
    package static func package(release: String? = nil) throws -> String {
        let own = try Debian.release()
        let isOwn = (release ?? own) == own
        if isOwn { try checkBuild() }
        let build = isOwn ? "\(folder)/.build" : "\(folder)/.build-\(release ?? own)"
        if let package = try current(in: build) { return package }
        guard isOwn else {
            throw LabFailure(
                "\(build): the package is missing or older than the sources; make deb RELEASE=\(release ?? own)")
        }
        // Compression takes minutes on a busy machine.
        return folder + "/"
            + (try Tool.run([folder + "/packages/build-deb"], within: 600)).trimmingCharacters(
                in: .whitespacesAndNewlines)
    }

    /// The files of the RPM in a `payload.tar` in a folder of its own, a line for the path of each,
    /// and the script that runs after the installation.
    package static func rpmPayload() throws -> (folder: String, files: String, script: String) {
        try checkBuild()
        let rpm = try Tool.run([Self.folder + "/packages/build-rpm"], within: 600)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let work = try Cache.temporaryDirectory("run")
        let unpack = """
            set -eu
            mkdir "$2/tree"
            rpm2cpio "$1" | (cd "$2/tree" && cpio --quiet --extract --make-directories --preserve-modification-time)
            tar --create --owner=0 --group=0 --directory="$2/tree" --file="$2/payload.tar" usr etc
            """
        try Tool.run(["bash", "-c", unpack, "unpack", "\(folder)/\(rpm)", work], within: 120)
        let files = try Tool.run(["rpm", "-qp", "--queryformat", "[%{FILENAMES}\n]", "\(folder)/\(rpm)"])
        let script = try Tool.run(["rpm", "-qp", "--queryformat", "%{POSTIN}", "\(folder)/\(rpm)"])
        return (work, files, script)
    }

    /// The package in a build's directory, unless something that goes into it is newer.
    private static func current(in build: String) throws -> String? {
        guard let package = try Root.machine.list(build).last(where: { $0.hasSuffix(".deb") }) else { return nil }
        let parts = ["Package.swift", "Sources", "units", "packages", "etc", "docs", "README.md"].map {
            "\(folder)/\($0)"
        }
        let newer = try Tool.run(["find"] + parts + ["-type", "f", "-newer", "\(build)/\(package)"])
        return newer.isEmpty ? "\(build)/\(package)" : nil
    }
}
