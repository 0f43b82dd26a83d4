import Diagnostics

extension CodeGroup {
    static let system = CodeGroup(
        "Programs and units",
        [
            CodeDocumentation(
                .usage, "The command line is invalid",
                """
                A program was called with an invalid command line.
                An option is misspelled, or a value is missing.
                Run the program with --help.
                """),
            CodeDocumentation(
                .programMissing, "A required program is not installed",
                """
                A program that pvpgen runs is not installed.
                An optional package is not installed, such as systemd-ukify for unified kernel images.
                Install the package in the remedy.
                """),
            CodeDocumentation(
                .libraryMissing, "A library cannot be loaded",
                """
                pvpgen loads libsystemd, libyaml, libxml2 and libzmq when it needs them, and one of them is not usable.
                The package of the library is not installed, or pvpgen was built for another version of the library.
                Install the package that provides the library, and the package of pvpgen for this release.
                """),
            CodeDocumentation(
                .programNotStarted, "A program cannot be started",
                """
                A program exists but could not be started.
                The file is not executable, it is built for another architecture, or the limit of open files is reached.
                Check the permissions of the file, install its package again, or raise the limit.
                """),
            CodeDocumentation(
                .systemdSilent, "systemd does not report the state of units",
                """
                A program cannot reach systemd, or systemd's answer is invalid.
                systemd is not running, as in a chroot or container, or it has just been restarted.
                Run 'systemctl is-system-running'.
                """),
            CodeDocumentation(
                .systemdTimeout, "systemd does not answer in time",
                """
                A program is connected to systemd, but did not get an answer in time.
                systemd or the system bus is overloaded or blocked.
                Run 'systemctl is-system-running'.
                """),
            CodeDocumentation(
                .systemdDenied, "systemd denies access",
                """
                systemd does not let this user do what the command requires.
                The command does not run as root.
                Run it as root.
                """),
            CodeDocumentation(
                .systemdRefused, "systemd refuses an operation",
                """
                systemd did not do what was asked for a unit, for the reason in the message.
                The unit is masked, or it cannot be started by hand.
                Run 'systemctl status' for the unit.
                """),
            CodeDocumentation(
                .jobFailed, "A unit could not be started or stopped",
                """
                systemd was asked to start, stop or restart units, and the job of at least one failed. The message has \
                the result of each such job.
                The unit failed, or one that it requires ('dependency'), or its time limit expired ('timeout').
                Run the command in the remedy, which shows the journal of the unit.
                """),
            CodeDocumentation(
                .unitNotLoaded, "A unit is not loaded",
                """
                systemd has no unit file for a unit of the plan.
                The generator has not run since the configuration changed, or it failed.
                Run 'systemctl daemon-reload' and 'systemctl status' for the unit.
                """),
            CodeDocumentation(
                .unitNotActive, "A unit is not active",
                """
                A unit of the plan is not running.
                The unit failed, was stopped, or is still starting.
                Read the journal of the unit.
                """),
            CodeDocumentation(
                .journalUnreadable, "The journal cannot be read",
                """
                systemd's journal does not exist, or cannot be opened.
                systemd-journald is not running, as in a chroot, or the user has no permission.
                Run the command as root, or as a member of the group systemd-journal.
                """),
            CodeDocumentation(
                .fileUnreadable, "A file cannot be read",
                """
                A file that the command requires cannot be read. The message has its path and the reason.
                The path is misspelled or is not a regular file, or the user has no permission.
                Name a readable regular file, or run the command as root.
                """),
            CodeDocumentation(
                .fileUnwritable, "A file cannot be written",
                """
                A file or directory cannot be written.
                The command does not run as root, or the file system is read-only or full.
                Run it as root, or name a writable path.
                """),
            CodeDocumentation(
                .stateUnreadable, "A state file cannot be read",
                """
                The state file of a claimed resource below /run/pvp/state cannot be read.
                The command does not run as root.
                Run it as root.
                """),
            CodeDocumentation(
                .stateUnwritable, "A state file cannot be written",
                """
                A state file below /run/pvp/state cannot be written. Without it a claimed resource could not be \
                restored.
                The command does not run as root, the directory is missing, or /run is full or read-only.
                Run 'systemd-tmpfiles --create', and the command as root with a writable /run.
                """),
            CodeDocumentation(
                .reportUnknown, "A file is not a report of pvpgen",
                """
                A file for 'pvpgen report --compare' is JSON, but not a report.
                The file was written by another verb with --json.
                Create a report with 'pvpgen report --json'.
                """),
            CodeDocumentation(
                .helpUnreadable, "The help text cannot be read",
                """
                'pvpgen manual' reads the --help text of a helper from standard input, which cannot be read.
                Standard input is closed or a directory.
                Run the command in the remedy.
                """),
            CodeDocumentation(
                .systemFailed, "A system call failed",
                """
                pvp-host cannot receive signals, so it could not restore the tuning when it ends.
                The limit of open files is reached.
                Raise the limit of open files.
                """),
        ])
}
