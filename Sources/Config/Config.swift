public import Diagnostics

/// What the user wrote, every value checked by itself. Whether it fits the machine is the plan's question.
public struct Config: Hashable, Sendable {
    /// The main file, for `SourcePath=`.
    public var path: String
    /// `[Host]`
    public var host = HostSection()
    /// `[Hugepages]`
    public var hugepages = HugepagesSection()
    /// `[Tuning]`
    public var tuning = TuningSection()
    /// `[Network]`
    public var network = NetworkSection()
    /// Each `[NIC]`, in the order of the file.
    public var nics: [NICSection] = []
    /// Each `[Testpmd]`.
    public var testpmds: [TestpmdSection] = []
    /// Each `[Guest]`.
    public var guests: [GuestSection] = []
    /// Each `[Interface]`.
    public var interfaces: [InterfaceSection] = []
    /// False when a section has a mistake in it or a file could not be read: what is missing then is no mistake of its own.
    public var isComplete = true

    /// A configuration with nothing in it.
    public init(path: String) { self.path = path }

    /// Each section that is there or has defaults.
    public var sections: [any ConfigSection] { [host, hugepages, tuning] + nics + testpmds + guests + interfaces + [network] }

    /// With the sections that have a mistake in them taken for right ones, to find what else is wrong in them.
    public var trusting: Config {
        var config = self
        for index in nics.indices { config.nics[index].isWrong = false }
        for index in testpmds.indices { config.testpmds[index].isWrong = false }
        for index in guests.indices { config.guests[index].isWrong = false }
        for index in interfaces.indices { config.interfaces[index].isWrong = false }
        return config
    }

    /// Where the values of the sections are that have a mistake in them.
    public var wrongLocations: Set<SourceLocation> {
        Set(Self.wrong(nics) + Self.wrong(testpmds) + Self.wrong(guests) + Self.wrong(interfaces))
    }

    private static func wrong<Section: NamedSection>(_ sections: [Section]) -> [SourceLocation] {
        sections.lazy.filter(\.isWrong).flatMap(\.source.locations)
    }
}
