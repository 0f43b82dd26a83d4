public import Diagnostics
import JSON
public import Linux

/// What `pvpgen install` has done, for `pvpgen uninstall` and the next install.
public struct Manifest: Hashable, Sendable {
    /// Where it is.
    public static let path = "/var/lib/pvpgen/manifest.json"

    /// A file that is ours as a whole.
    public struct Owned: Hashable, Sendable {
        /// Its path.
        public var path: String
        /// The hash of its content; `nil` when a program was to make it in a tree where nothing is run.
        public var hash: String?
        /// Whether there was a file of somebody else's, which is beside it now.
        public var hasSaved = false
    }

    /// A file of others with arguments of ours in it.
    public struct Shared: Hashable, Sendable {
        /// Its path.
        public var path: String
        /// How it is written.
        public var format: String
        /// What we put into it, as it stands there.
        public var arguments: [String]
        /// For a file that we made: the hash of what it is without our arguments.
        public var seed: String?
    }

    /// Which boot loader has the arguments.
    public var bootLoader = ""
    /// The plan's arguments when it was given them.
    public var arguments: [String] = []
    /// The boot in which it was given them (`/proc/sys/kernel/random/boot_id`).
    public var boot = ""
    /// By path.
    public var owned: [Owned] = []
    /// By path.
    public var shared: [Shared] = []
    /// Directories that were made, outer ones first.
    public var directories: [String] = []

    /// One of nothing.
    public init() {}

    /// Whether there is nothing in it.
    public var isEmpty: Bool { owned.isEmpty && shared.isEmpty && arguments.isEmpty }

    /// That of the machine; `nil` when nothing is installed. Throws `manifest-broken`.
    public static func read(from root: Root) throws(Problem) -> Manifest? {
        let bytes: [UInt8]?
        do throws(SystemError) {
            bytes = try root.contents(path)
        } catch {
            throw error.problem("manifest-broken", remedy: "run it as root")
        }
        guard let bytes else { return nil }
        guard let json = try? JSON(bytes), let manifest = Manifest(json) else {
            throw Problem(
                "manifest-broken", "\(path): expected what pvpgen install has written there, found something else",
                remedy: "restore it from a backup; or take the kernel arguments out by hand, remove it, and run pvpgen install")
        }
        return manifest
    }

    /// Its text.
    public var text: String {
        let json: JSON = [
            "version": 1, "bootLoader": .string(bootLoader), "arguments": .array(arguments.map { .string($0) }), "boot": .string(boot),
            "owned": .array(
                owned.map { ["path": .string($0.path), "sha256": $0.hash.map { .string($0) } ?? .null, "saved": .bool($0.hasSaved)] }),
            "shared": .array(
                shared.map { file in
                    [
                        "path": .string(file.path), "format": .string(file.format), "arguments": .array(file.arguments.map { .string($0) }),
                        "madeFrom": file.seed.map { .string($0) } ?? .null,
                    ]
                }),
            "directories": .array(directories.map { .string($0) }),
        ]
        return json.text
    }

    /// Reads it; `nil` when it is none.
    init?(_ json: JSON) {
        guard json["version"]?.int == 1, let loader = json["bootLoader"]?.string, let arguments = json["arguments"]?.array,
            let owned = json["owned"]?.array, let shared = json["shared"]?.array, let directories = json["directories"]?.array
        else { return nil }
        bootLoader = loader
        boot = json["boot"]?.string ?? ""
        self.arguments = arguments.compactMap(\.string)
        self.directories = directories.compactMap(\.string)
        for file in owned {
            guard let path = file["path"]?.string else { return nil }
            self.owned.append(Owned(path: path, hash: file["sha256"]?.string, hasSaved: file["saved"] == true))
        }
        for file in shared {
            guard let path = file["path"]?.string, let format = file["format"]?.string else { return nil }
            let arguments = (file["arguments"]?.array ?? []).compactMap(\.string)
            self.shared.append(Shared(path: path, format: format, arguments: arguments, seed: file["madeFrom"]?.string))
        }
    }
}
