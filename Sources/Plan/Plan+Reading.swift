import Config
public import Diagnostics
import HostTopology
public import Linux

extension Plan {
    /// The whole way from files to plan, below a root. `plan` is `nil` when there is no configuration.
    public static func read(from root: Root) -> (plan: Plan?, problems: [Problem]) {
        let files = ConfigFiles(in: root)
        guard !files.files.isEmpty else { return (nil, files.problems) }
        let (config, mistakes) = Config.parse(files.files)
        let host = HostTopology(reading: root, functions: config.nics.compactMap(\.pciAddress))
        let (plan, problems) = Plan.make(config, on: host)
        return (plan, files.problems + mistakes + problems)
    }
}
