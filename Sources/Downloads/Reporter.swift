/// Where a download, and what uses the downloaded file, report their progress.
package struct Reporter {
    /// What is going on, for `systemctl status`: the last one counts.
    package var status: (String) -> Void
    /// What was done, for the journal.
    package var done: (String) -> Void
    /// What is not as the configuration has it.
    package var warning: (String) -> Void

    /// Creates a reporter from a function for each kind.
    package init(
        status: @escaping (String) -> Void, done: @escaping (String) -> Void, warning: @escaping (String) -> Void
    ) {
        self.status = status
        self.done = done
        self.warning = warning
    }
}
