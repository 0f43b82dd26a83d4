package import Diagnostics

/// What the user wrote, every value checked by itself. Whether it fits the machine is the plan's
/// question.
package struct Config: Hashable, Sendable {
    /// The main file, for `SourcePath=`.
    package var path: String
    /// `[Host]`
    package var host = HostSection()
    /// `[Hugepages]`
    package var hugepages = HugepagesSection()
    /// `[Tuning]`
    package var tuning = TuningSection()
    /// `[Network]`
    package var network = NetworkSection()
    /// Each `[NIC]`, in the order of the file.
    package var nics: [NICSection] = []
    /// Each `[Testpmd]`.
    package var testpmds: [TestpmdSection] = []
    /// Each `[Guest]`.
    package var guests: [GuestSection] = []
    /// Each `[Interface]`.
    package var interfaces: [InterfaceSection] = []
    /// Each `[Build]`.
    package var builds: [BuildSection] = []
    /// Each `[Generator]`.
    package var generators: [GeneratorSection] = []
    /// False if a section has an error or a file could not be read: what is missing then is no
    /// error of its own.
    package var isComplete = true

    /// A configuration with nothing in it.
    package init(path: String) { self.path = path }

    /// Each section that is present or has defaults.
    package var sections: [any ConfigSection] {
        [host, hugepages, tuning] + nics + testpmds + guests + interfaces + [network] + builds + generators
    }

    /// The configuration with invalid sections taken as valid, to find further errors in them.
    package var ignoringInvalidSections: Config {
        var config = self
        for index in nics.indices { config.nics[index].isWrong = false }
        for index in testpmds.indices { config.testpmds[index].isWrong = false }
        for index in guests.indices { config.guests[index].isWrong = false }
        for index in interfaces.indices { config.interfaces[index].isWrong = false }
        for index in builds.indices { config.builds[index].isWrong = false }
        for index in generators.indices { config.generators[index].isWrong = false }
        return config
    }

    /// The locations of the values of invalid sections.
    package var wrongLocations: Set<SourceLocation> {
        Set(
            Self.wrong(nics) + Self.wrong(testpmds) + Self.wrong(guests) + Self.wrong(interfaces)
                + Self.wrong(builds) + Self.wrong(generators))
    }

    private static func wrong<Section: NamedSection>(_ sections: [Section]) -> [SourceLocation] {
        sections.lazy.filter(\.isWrong).flatMap(\.source.locations)
    }
}
