import LabTools
import Linux
import Nspawn

/// DPDK and QEMU for lab machines: `pvpgen build` builds them in a container from Debian's sources,
/// and exports them to a directory of this project. Archives come from a server that breaks each
/// connection.
struct LabBuilds {
    private static let directory = Project.folder + "/.build/lab-builds"
    private static let sources = Project.folder + "/.build/sources"
    /// What the server in the container has, and where it closes each connection, in bytes.
    private static let served = "/srv/served"
    private static let cut = 4_000_000

    /// What `Tests/fetch-sources` prints of a source.
    private struct Source {
        var name: String
        var kind: String
        var path: String
        var isArchive: Bool { kind == "file" }
        /// Its own name.
        var file: String { path.split(separator: "/").last.map(String.init) ?? path }

        init?(_ line: Substring) {
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 3, ["file", "directory"].contains(words[1]) else { return nil }
            name = words[0]
            kind = words[1]
            path = words[2]
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
        try container.run(["mkdir", served])
        var configuration = ""
        for source in sources { configuration += try section(source, in: container) }
        try container.files.replace("/etc/pvpgen/pvp.conf", with: Array(configuration.utf8))
        try container.run(["systemctl", "daemon-reload"])
        try container.serve(served, "--cut-each=\(cut)")
        for source in sources { try build(source, in: container, progress) }
    }

    /// Copies a source into the container, and returns its section.
    private static func section(_ source: Source, in container: Container) throws -> String {
        let place = "\(source.isArchive ? served : "/srv")/\(source.file)"
        try Tool.run(["cp", "--recursive", source.path, container.files.path(place)], within: 300)
        let project = source.name.hasPrefix("dpdk") ? "Drivers=net/e1000\n" : ""
        let section = "[Build]\nName=\(source.name)\n\(project)"
        guard source.isArchive else { return section + "Directory=\(place)\n" }
        let checksum = try container.run(["sha256sum", place]).prefix { $0 != " " }
        return section + "URL=\(Container.url(source.file))\nChecksum=sha256:\(checksum)\n"
    }

    private static func build(_ source: Source, in container: Container, _ progress: Progress) throws {
        let name = source.name
        progress("pvpgen build \(name)")
        let began = MonotonicClock.now
        let built = try container.attempt(["pvpgen", "build", name], within: 3600)
        guard built.status == 0 else {
            let log = try container.attempt(["pvpgen", "build", "log", name]).output
            throw LabFailure("pvpgen build \(name): \(built.output)", log: log)
        }
        let seconds = (MonotonicClock.now - began) / 1000
        // The server writes them down from the first one on.
        let requests = source.isArchive ? try container.requests().filter { $0.path == "/\(source.file)" } : []
        guard !source.isArchive || requests.contains(where: { $0.range.hasPrefix("bytes=") && $0.sent > 0 }) else {
            throw LabFailure("\(source.file): the download was not interrupted: \(requests)")
        }
        // The same again has nothing to do.
        let again = try container.run(["pvpgen", "build", name])
        guard again.contains(": nothing to do") else { throw LabFailure("pvpgen build \(name) again: \(again)") }
        let exported = "/srv/\(name).tar.gz"
        try container.run(["sh", "-c", "pvpgen build export \(name) > \(exported)"])
        try Tool.run(["cp", container.files.path(exported), archive(name)])
        let size = try container.run(["sh", "-c", "stat -L -c %s /etc/pvpgen/builds/\(name)/bin/* \(exported)"])
        let sizes = size.split(separator: "\n").compactMap { Int($0) }.map { "\($0 >> 20) MiB" }
        let repeated = try milliseconds(of: "pvpgen build \(name)", in: container)
        let row = [name, "\(requests.count) requests", "\(seconds) s"] + sizes + ["again in \(repeated) ms"]
        print("| \(row.joined(separator: " | ")) |")
    }

    /// The median of 20 runs of a command, without the start of a process in the container.
    private static func milliseconds(of command: String, in container: Container) throws -> Int {
        let script = """
            set -eu
            for round in $(seq 20); do
                began=$(date +%s%N)
                \(command) >/dev/null
                echo $((($(date +%s%N) - began) / 1000000))
            done
            """
        let rounds = try container.run(["sh", "-c", script], within: 300).split(separator: "\n").compactMap { Int($0) }
        return rounds.sorted()[rounds.count / 2]
    }
}
