import Diagnostics

extension CodeGroup {
    static let console = CodeGroup(
        "Consoles",
        [
            CodeDocumentation(
                .consoleMissing, "The console does not exist",
                """
                No console exists under the name, or its socket has no listener.
                The unit of testpmd or of the guest is not running, or the name is misspelled.
                Start the unit, or use a name in the message.
                """),
            CodeDocumentation(
                .consoleAmbiguous, "The console is not named",
                """
                Several testpmds are configured and the command was called without a name.
                The command has no argument.
                Name the console.
                """),
            CodeDocumentation(
                .consoleClosed, "The console cannot be opened",
                """
                The socket of the console cannot be opened.
                The user is not a member of the group of the console.
                Run the command as root or as a member of the group in the remedy.
                """),
            CodeDocumentation(
                .consoleBusy, "The console has too many pending connections",
                """
                The socket of the console has too many connections that are not accepted yet.
                The console server is stopped or overloaded.
                Run 'systemctl status' for the unit in the remedy.
                """),
            CodeDocumentation(
                .consoleRefused, "The console refused the connection",
                """
                The console server closed the connection, and names the reason if there is one.
                The user may not attach, or too many clients are attached.
                Read the reason in the message, and 'systemctl status' of the unit.
                """),
            CodeDocumentation(
                .consoleSilent, "The console does not answer",
                """
                The console server accepted the connection and does not answer.
                The server or testpmd is stopped.
                Restart the unit in the remedy.
                """),
            CodeDocumentation(
                .consoleLost, "The connection to the console was closed",
                """
                The connection to the console ended.
                The unit was stopped or restarted.
                Run 'systemctl status' for the unit and attach again.
                """),
            CodeDocumentation(
                .consoleInvalid, "The console sent invalid data",
                """
                The console server sent data that is not part of the protocol.
                The client and the server are of different versions.
                Restart the unit, so that it runs the installed version.
                """),
            CodeDocumentation(
                .consoleReadOnly, "The console is open for reading only",
                """
                The user may read the console and may not type.
                The user is a member of the read-only group only.
                Run the command as a member of the group pvp.
                """),
            CodeDocumentation(
                .consoleFailed, "The console cannot be provided or attached",
                """
                A file descriptor for a console could not be created, or the console of a guest could not be \
                provided.
                The limit of open files is reached, or the socket cannot be created.
                Raise the limit. For a guest, restart its unit.
                """),
            CodeDocumentation(
                .commandInvalid, "testpmd reported an invalid command",
                """
                testpmd reported that a command is invalid. Commands after it were not sent.
                The command is misspelled or unknown to this release of testpmd.
                Read the answer, and correct the command.
                """),
            CodeDocumentation(
                .commandTimeout, "testpmd did not answer in time",
                """
                testpmd did not return to its prompt within the time limit.
                The command runs long, or testpmd is stopped.
                Raise the limit with --timeout=.
                """),
            CodeDocumentation(
                .commandEnded, "testpmd ended during a command",
                """
                testpmd ended before the answer was complete.
                The command was quit, or testpmd crashed.
                Run 'systemctl status' for the unit in the remedy.
                """),
            CodeDocumentation(
                .commandRefused, "The console refused a command",
                """
                The console did not pass the command to testpmd, or could not return its answer.
                The client is read-only, the unit is being stopped, too many commands wait, or the answer is \
                longer than 1 MiB.
                Read the reason in the message.
                """),
            CodeDocumentation(
                .noSocket, "The service manager passed no socket",
                """
                pvp-console received no listening socket from the service manager.
                The program was started by hand, or its socket unit is missing.
                Start the unit, or use systemd-socket-activate.
                """),
        ])
}
