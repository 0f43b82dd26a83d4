package import Config
package import Diagnostics
package import HostTopology
package import Linux

extension Plan {
    /// The whole way from files to plan, below a root. `plan` is `nil` when there is no
    /// configuration. `remembered` NICs are those of the root if not given. A candidate is read
    /// as if it were in place.
    package static func read(
        from root: Root, with candidate: ConfigFiles.Candidate? = nil, remembered: [NICRecord]? = nil
    ) -> (plan: Plan?, problems: [Problem]) {
        let files = ConfigFiles(in: root, with: candidate)
        guard !files.files.isEmpty || !files.problems.isEmpty else { return (nil, []) }
        var (config, mistakes) = Config.parse(files.files)
        // What is missing may be in the file that cannot be read.
        if !files.problems.isEmpty { config.isComplete = false }
        // Those of invalid sections too: their further errors are reported in the same run.
        let parents = config.nics.filter { $0.virtualFunctions > 0 }.flatMap(\.selectors)
        let host = HostTopology(
            reading: root, nics: config.nics.flatMap(\.selectors), parents: Set(parents), remembered: remembered)
        let fragments = domainXML(of: config, in: root)
        let builds = results(of: config, in: root)
        let (plan, problems) = Plan.make(config, on: host, files: fragments, builds: builds)
        let known = files.problems + mistakes
        // Beyond the limit of reported problems further ones are not missed.
        if mistakes.count > [Problem].limit { return (plan, known) }
        // A value that cannot be read has its error: what the plan reports there is about the
        // default in its place.
        let reported = Set(mistakes.compactMap(\.location))
        let further = additionalProblems(in: config, on: host, fragments, builds).filter {
            $0.location.map { !reported.contains($0) } ?? true
        }
        return (plan, (known + problems + further).limited)
    }

    /// The results that the names in `Build=` have, and those of `[Build]`.
    private static func results(of config: Config, in root: Root) -> [String: BuildResult] {
        let names =
            config.builds.compactMap(\.name) + config.testpmds.compactMap(\.options.build)
            + config.guests.compactMap(\.options.build)
        var results: [String: BuildResult] = [:]
        for name in names where results[name] == nil {
            results[name] = (try? root.link(BuildResult.link(of: name))).flatMap { BuildResult($0) }
        }
        return results
    }

    /// The files that guests name, each once.
    private static func domainXML(of config: Config, in root: Root) -> [String: DomainFile] {
        var files: [String: DomainFile] = [:]
        for path in config.guests.lazy.flatMap(\.domainXML) where files[path] == nil {
            do throws(SystemError) {
                files[path] = .content(try root.bytes(path, limit: DomainFragment.limit + 1))
            } catch {
                files[path] = .unreadable(error)
            }
        }
        return files
    }
}
