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

    /// A configuration with nothing in it.
    public init(path: String) { self.path = path }
}
