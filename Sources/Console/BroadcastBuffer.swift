/// Output for all attached clients, while a part of what the terminal prints belongs to a command
/// of one client.
struct BroadcastBuffer {
    private var visible: [UInt8] = []
    /// Shown while it is undecided whether it belongs to a question, and up to where it does not.
    private var withheld: [UInt8] = []
    private var mark = 0

    /// Bytes that the terminal has shown.
    mutating func pass(_ bytes: ArraySlice<UInt8>, _ view: CommandMultiplexer.View) {
        switch view {
        case .open: visible += bytes
        case .hidden: break
        case .undecided: withheld += bytes
        }
    }

    /// Something that the terminal has not shown like this.
    mutating func add(_ bytes: [UInt8]) { visible += bytes }

    /// If a question follows, it begins here.
    mutating func setMark() { mark = withheld.count }

    /// It is clear whose the withheld bytes are: a question has begun at the mark, or none was
    /// among them.
    mutating func decide(_ view: CommandMultiplexer.View) {
        guard !withheld.isEmpty else { return }
        visible += view == .hidden ? withheld.prefix(mark) : withheld[...]
        withheld = []
        mark = 0
    }

    /// What is to be shown now.
    mutating func take() -> [UInt8] {
        defer { visible = [] }
        return visible
    }
}
