import LabTools
import Linux
import Nspawn

/// DPDK and QEMU for lab machines: `pvpgen build` builds them in a container from Debian's sources,
/// and exports them to a directory of this project.
struct LabBuilds {
    private static let directory = Project.folder + "/.build/lab-builds"
    private static let sources = Project.folder + "/.build/sources"

    /// What `Tests/fetch-sources` prints of a source.
    private struct Source {
        var name: String
        var kind: String
        var path: String
        var commit: String?

        init?(_ line: Substring) {
            let words = line.split(separator: " ").map(String.init)
            guard words.count >= 3, ["file", "directory", "git"].contains(words[1]) else { return nil }
            name = words[0]
            kind = words[1]
            path = words[2]
            commit = words.count > 3 ? words[3] : nil
        }
    }

    /// Returns the exported result of each name whose source is available, and builds those that do
    /// not exist. On a slow machine PVP_BUILDS names those that are built.
    static func archives(_ names: [String], _ progress: Progress) throws -> [String: String] {
        let chosen = Environment["PVP_BUILDS"]?.split(separator: " ").map(String.init)
        let names = names.filter { chosen?.contains($0) ?? true }
        progress("sources: \(names.joined(separator: " "))")
        let output = try Tool.run([Project.folder + "/Tests/fetch-sources", sources], within: 900)
        let found = output.split(separator: "\n").compactMap { Source($0) }.filter { names.contains($0.name) }
        let missing = found.filter { !Root.machine.exists(archive($0.name)) }
        if !missing.isEmpty { try build(missing, progress) }
        return Dictionary(uniqueKeysWithValues: found.map { ($0.name, archive($0.name)) })
    }

    private static func archive(_ name: String) -> String { "\(directory)/\(name).tar.gz" }

    private static func build(_ sources: [Source], _ progress: Progress) throws {
        let container = try Container(on: .builds, progress)
        defer { container.end() }
        try Root.machine.makeDirectory(directory)
        var configuration = ""
        for source in sources { configuration += try section(source, in: container) }
        try container.files.replace("/etc/pvpgen/pvp.conf", with: Array(configuration.utf8))
        try container.run(["systemctl", "daemon-reload"])
        for source in sources { try build(source.name, in: container, progress) }
    }

    /// Copies a source into the container, and returns its section.
    private static func section(_ source: Source, in container: Container) throws -> String {
        let place = "/srv/\(source.name)"
        try Tool.run(["cp", "--recursive", source.path, container.files.path(place)], within: 300)
        let project = source.name.hasPrefix("dpdk") ? "Drivers=net/e1000\n" : ""
        let origin =
            switch source.kind {
            case "file":
                "File=\(place)\nChecksum=sha256:"
                    + (try container.run(["sha256sum", place]).prefix { $0 != " " }) + "\n"
            case "git": "Git=\(place)\nRevision=\(source.commit ?? "")\n"
            default: "Directory=\(place)\n"
            }
        return "[Build]\nName=\(source.name)\n\(origin)\(project)"
    }

    private static func build(_ name: String, in container: Container, _ progress: Progress) throws {
        progress("pvpgen build \(name)")
        let began = MonotonicClock.now
        let built = try container.attempt(["pvpgen", "build", name], within: 3600)
        guard built.status == 0 else {
            let log = try container.attempt(["pvpgen", "build", "log", name]).output
            throw LabFailure("pvpgen build \(name): \(built.output)", log: log)
        }
        let seconds = (MonotonicClock.now - began) / 1000
        // The same again has nothing to do.
        let again = try container.run(["pvpgen", "build", name])
        guard again.contains(": nothing to do") else { throw LabFailure("pvpgen build \(name) again: \(again)") }
        let exported = "/srv/\(name).tar.gz"
        try container.run(["sh", "-c", "pvpgen build export \(name) > \(exported)"])
        try Tool.run(["cp", container.files.path(exported), archive(name)])
        let size = try container.run(["sh", "-c", "stat -L -c %s /etc/pvpgen/builds/\(name)/bin/* \(exported)"])
        let sizes = size.split(separator: "\n").compactMap { Int($0) }.map { "\($0 >> 20)" }
        print("| \(name) | \(seconds) s | \(sizes.joined(separator: " MiB | ")) MiB |")
    }
}
