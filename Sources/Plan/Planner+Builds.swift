import Config
import Diagnostics
import Values

extension Planner {
    /// The first release of DPDK whose testpmd is built by meson with the arguments that the plan
    /// uses (DPDK: doc/guides/rel_notes/release_20_11.rst).
    private static let oldestDPDK = (20, 11)

    /// Plans each `[Build]` section without an error.
    mutating func planBuilds() -> [BuildPlan] { config.builds.compactMap { $0.isWrong ? nil : planBuild($0) } }

    private mutating func planBuild(_ section: BuildSection) -> BuildPlan? {
        guard let name = section.name else { return nil }
        let owner = "build \(name)"
        guard let project = project(of: section, name) else {
            report(
                .buildProject, "\(owner): expected Project=, or a Name= that starts with dpdk or qemu, found neither",
                remedy: "set Project=dpdk or Project=qemu in [Build]", at: section.location(of: "Name"))
            return nil
        }
        let before = problems.count
        let source = source(of: section, project, owner)
        if let version = section.version, project == .dpdk,
            !version.isAtLeast(Self.oldestDPDK.0, Self.oldestDPDK.1)
        {
            report(
                .buildVersion, "\(owner): expected DPDK 20.11 or newer, got \(version)",
                remedy: "set Version= to 20.11 or newer", at: section.location(of: "Version"))
        }
        if project == .qemu, section.drivers.value != nil {
            report(
                .buildDrivers, "\(owner): Drivers= is a setting of DPDK, this is a build of QEMU",
                remedy: "remove Drivers=", at: section.location(of: "Drivers"))
        }
        guard problems.count == before, let source else { return nil }
        let users =
            config.testpmds.filter { $0.options.build == name }.compactMap { $0.name.map { "testpmd \($0)" } }
            + config.guests.filter { $0.options.build == name }.compactMap { $0.name.map { "guest \($0)" } }
        return BuildPlan(
            name: name, project: project, source: source, version: section.version, patches: section.patches,
            options: section.options, instructionSet: section.instructionSet, drivers: section.drivers,
            jobs: section.jobs.value, users: users, result: builds[name])
    }

    /// `Project=`, or what the name starts with.
    private func project(of section: BuildSection, _ name: String) -> BuildProject? {
        section.project ?? BuildProject.allCases.first { name.hasPrefix($0.rawValue) }
    }

    private mutating func source(of section: BuildSection, _ project: BuildProject, _ owner: String)
        -> BuildPlan.Source?
    {
        let keys = ["Version", "URL", "File", "Git", "Directory"].filter { !section.source.assignments(of: $0).isEmpty }
        guard keys.count == 1 else {
            report(
                .buildSource,
                "\(owner): expected exactly one of Version=, URL=, File=, Git= and Directory=, got "
                    + (keys.isEmpty ? "none" : keys.map { "\($0)=" }.joined(separator: " and ")),
                remedy: "set one of them in [Build]", at: section.location(of: keys.last ?? "Name"))
            return nil
        }
        // A wrong value has an error of its own.
        let isGit = !section.source.assignments(of: "Git").isEmpty
        if isGit == section.source.assignments(of: "Revision").isEmpty {
            report(
                .buildSource, "\(owner): Git= and Revision= require each other",
                remedy: "set Revision= to the 40 digits of the commit, or remove it",
                at: section.location(of: isGit ? "Git" : "Revision"))
            return nil
        }
        if let git = section.git, let revision = section.revision { return .git(git, revision: revision) }
        if let directory = section.directory { return .directory(directory) }
        let known = section.version.flatMap { KnownReleases.checksum(project, $0) }
        guard let checksum = section.checksum ?? known else {
            report(
                .buildChecksum, "\(owner): \(keys[0])= requires Checksum=",
                remedy: "set Checksum=sha256: and the checksum that the publisher provides ('sha256sum FILE' prints "
                    + "that of a file)", at: section.location(of: keys[0]))
            return nil
        }
        if let version = section.version { return .url(KnownReleases.url(project, version), checksum) }
        if let url = section.url { return .url(url, checksum) }
        return section.file.map { .file($0, checksum) }
    }

    /// The path of the program of a testpmd or guest with `Build=`; `nil` without it. Before it is
    /// built the plan has a path that does not exist, so that nothing else of the plan changes by
    /// the build.
    mutating func builtProgram(
        _ name: String?, _ project: BuildProject, insteadOf key: String, for owner: String,
        in section: some ConfigSection
    ) -> String? {
        guard let name else { return nil }
        let location = section.location(of: "Build")
        if !section.source.assignments(of: key).isEmpty {
            report(
                .buildConflict, "\(owner): Build=\(name) and \(key)= name a program each",
                remedy: "remove one of them", at: section.location(of: key))
            return nil
        }
        let declared = config.builds.first { $0.name == name }
        let found = builds[name]
        let isOther =
            declared.map { self.project(of: $0, name) != project } ?? (found.map { $0.project != project } ?? false)
        if declared?.isWrong != true, isOther {
            report(
                .buildProject, "\(owner): Build=\(name): expected a build of \(project.rawValue)",
                remedy: "name a [Build] section with Project=\(project.rawValue)", at: location)
            return nil
        }
        if let found, found.project == project { return found.program }
        if declared == nil {
            report(
                .buildUnknown, "\(owner): Build=\(name): no [Build] section has this name, and no result was imported",
                remedy: "add a [Build] section with Name=\(name), or run 'pvpgen build import FILE'", at: location)
        } else {
            report(
                .buildMissing, "\(owner): Build=\(name) is not built",
                remedy: "run 'pvpgen build \(name)'", at: location)
        }
        return BuildResult.program(of: project, in: "\(BuildResult.directory)/\(name)")
    }
}
