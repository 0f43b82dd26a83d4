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
    /// False when a section was left out because of a mistake in it: what is missing then is no mistake of its own.
    public var isComplete = true

    /// A configuration with nothing in it.
    public init(path: String) { self.path = path }
}
