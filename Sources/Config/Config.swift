public import Diagnostics

/// What the user wrote, every value checked by itself. Whether it fits the machine is the plan's question.
public struct Config: Hashable, Sendable {
    /// The main file, for `SourcePath=`.
    public var path: String
    /// `[Host]`
    public var host = HostSection()
    /// `[Hugepages]`
    public var hugepages = HugepagesSection()
    /// Each `[NIC]`, in the order of the file.
    public var nics: [NICSection] = []
    /// Each `[Testpmd]`.
    public var testpmds: [TestpmdSection] = []
    /// Each `[Guest]`.
    public var guests: [GuestSection] = []
    /// Sections that were left out because of a mistake in them.
    public var wrong = WrongSections()
    /// False when a section was left out because of a mistake in it: what is missing then is no mistake of its own.
    public var isComplete = true

    /// A configuration with nothing in it.
    public init(path: String) { self.path = path }

    /// Each section that is there or has defaults, those with a mistake among them.
    public var sections: [any ConfigSection] {
        let whole = self.whole
        return [host, hugepages] + whole.nics + whole.testpmds + whole.guests
    }

    /// With the sections that were left out, to find what else is wrong in them.
    public var whole: Config {
        var whole = self
        whole.nics += wrong.nics
        whole.testpmds += wrong.testpmds
        whole.guests += wrong.guests
        return whole
    }
}

/// Sections that have a mistake in them: what else they say is read.
public struct WrongSections: Hashable, Sendable {
    /// Each `[NIC]`.
    public var nics: [NICSection] = []
    /// Each `[Testpmd]`.
    public var testpmds: [TestpmdSection] = []
    /// Each `[Guest]`.
    public var guests: [GuestSection] = []

    /// True when there is none.
    public var isEmpty: Bool { nics.isEmpty && testpmds.isEmpty && guests.isEmpty }

    /// Where their values are.
    public var locations: Set<SourceLocation> {
        Set(nics.flatMap(\.source.locations) + testpmds.flatMap(\.source.locations) + guests.flatMap(\.source.locations))
    }
}
