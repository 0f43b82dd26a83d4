package import Diagnostics
import JSON
package import Linux

/// What `pvpgen install` has done, for `pvpgen uninstall` and the next install.
package struct Manifest: Hashable, Sendable {
    /// Where it is.
    package static let path = "/var/lib/pvpgen/manifest.json"

    /// A file that is ours as a whole.
    package struct Owned: Hashable, Sendable {
        /// Its path.
        package var path: String
        /// The hash of its content; `nil` if a program was to create it in a tree where nothing is
        /// run.
        package var hash: String?
        /// Whether a file of another owner was saved beside it.
        package var hasSaved = false
    }

    /// A file of others with arguments of ours in it.
    package struct Shared: Hashable, Sendable {
        /// Its path.
        package var path: String
        /// How it is written.
        package var format: String
        /// The arguments that we added, as written.
        package var arguments: [String]
        /// The hash of the file's content without our arguments, if we created the file.
        package var baseHash: String?
    }

    /// Which boot loader has the arguments.
    package var bootLoader = ""
    /// The plan's arguments when it was given them.
    package var arguments: [String] = []
    /// Arguments that it no longer has since the boot ``boot``, and that this boot came with.
    package var removed: [String] = []
    /// The boot in which it was given them (`/proc/sys/kernel/random/boot_id`).
    package var boot = ""
    /// By path.
    package var owned: [Owned] = []
    /// By path.
    package var shared: [Shared] = []
    /// Directories that were created, outer ones first.
    package var directories: [String] = []

    /// One of nothing.
    package init() {}

    /// Whether there is nothing in it.
    package var isEmpty: Bool { owned.isEmpty && shared.isEmpty && arguments.isEmpty }

    /// That of the machine; `nil` when nothing is installed. Throws `manifest-broken`.
    package static func read(from root: Root) throws(Problem) -> Manifest? {
        let bytes: [UInt8]?
        do throws(SystemError) {
            bytes = try root.contents(path)
        } catch {
            throw error.problem(.manifestBroken, remedy: "run the command as root")
        }
        guard let bytes else { return nil }
        guard let json = try? JSON(bytes), let manifest = Manifest(json) else {
            throw Problem(
                .manifestBroken, "\(path): expected the record of 'pvpgen install', got other content",
                remedy:
                    "restore it from a backup; or remove the kernel arguments by hand, remove the file, "
                    + "and run 'pvpgen install'"
            )
        }
        return manifest
    }

    /// Its text.
    package var text: String {
        let json: JSON = [
            "version": 2, "boot_loader": .string(bootLoader), "arguments": .array(arguments.map { .string($0) }),
            "boot": .string(boot),
            "owned": .array(
                owned.map {
                    [
                        "path": .string($0.path), "sha256": $0.hash.map { .string($0) } ?? .null,
                        "saved": .bool($0.hasSaved),
                    ]
                }),
            "shared": .array(
                shared.map { file in
                    [
                        "path": .string(file.path), "format": .string(file.format),
                        "arguments": .array(file.arguments.map { .string($0) }),
                        "base_sha256": file.baseHash.map { .string($0) } ?? .null,
                    ]
                }),
            "directories": .array(directories.map { .string($0) }),
        ]
        let former = JSON.Member("removed_arguments", .array(removed.map { .string($0) }))
        return JSON.object((json.object ?? []) + (removed.isEmpty ? [] : [former])).text
    }

    /// Reads a manifest; `nil` if the JSON is none. Version 1 has the keys `bootLoader` and
    /// `madeFrom`: an installation of it can be upgraded, and uninstalled.
    init?(_ json: JSON) {
        guard let version = json["version"]?.int, 1...2 ~= version,
            let loader = (json["boot_loader"] ?? json["bootLoader"])?.string,
            let arguments = json["arguments"]?.array,
            let owned = json["owned"]?.array, let shared = json["shared"]?.array,
            let directories = json["directories"]?.array
        else { return nil }
        bootLoader = loader
        boot = json["boot"]?.string ?? ""
        removed = (json["removed_arguments"]?.array ?? []).compactMap(\.string)
        self.arguments = arguments.compactMap(\.string)
        self.directories = directories.compactMap(\.string)
        for file in owned {
            guard let path = file["path"]?.string else { return nil }
            self.owned.append(Owned(path: path, hash: file["sha256"]?.string, hasSaved: file["saved"] == true))
        }
        for file in shared {
            guard let path = file["path"]?.string, let format = file["format"]?.string else { return nil }
            let arguments = (file["arguments"]?.array ?? []).compactMap(\.string)
            self.shared.append(
                Shared(
                    path: path, format: format, arguments: arguments,
                    baseHash: (file["base_sha256"] ?? file["madeFrom"])?.string))
        }
    }
}
