/// Whom a disk's making tells what.
package struct Reporter {
    /// What is going on, for `systemctl status`: the last one counts.
    package var status: (String) -> Void
    /// What was done, for the journal.
    package var done: (String) -> Void
    /// What is not as the configuration has it.
    package var warning: (String) -> Void

    /// Tells these.
    package init(status: @escaping (String) -> Void, done: @escaping (String) -> Void, warning: @escaping (String) -> Void) {
        self.status = status
        self.done = done
        self.warning = warning
    }
}
