/// Whom a disk's making tells what.
public struct Reporter {
    /// What is going on, for `systemctl status`: the last one counts.
    public var status: (String) -> Void
    /// What was done, for the journal.
    public var done: (String) -> Void
    /// What is not as the configuration has it.
    public var warning: (String) -> Void

    /// Tells these.
    public init(status: @escaping (String) -> Void, done: @escaping (String) -> Void, warning: @escaping (String) -> Void) {
        self.status = status
        self.done = done
        self.warning = warning
    }
}
