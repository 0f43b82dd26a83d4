import Config
import Diagnostics
import HostTopology
import Linux

extension Plan {
    /// Errors in the values of sections that are left out because of another error, so that both
    /// are reported in one run.
    static func additionalProblems(
        in config: Config, on host: HostTopology, _ files: [String: DomainFile],
        _ builds: [String: BuildResult]
    ) -> [Problem] {
        let locations = config.wrongLocations
        if locations.isEmpty { return [] }
        // What is not about a value of theirs is about what they are not part of, or is known
        // already.
        return make(config.ignoringInvalidSections, on: host, files: files, builds: builds).problems.filter {
            $0.location.map(locations.contains) ?? false
        }
    }
}
