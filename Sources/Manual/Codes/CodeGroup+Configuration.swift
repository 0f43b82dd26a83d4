import Diagnostics

extension CodeGroup {
    static let configuration = CodeGroup(
        "Configuration files",
        [
            CodeDocumentation(
                .editorFailed, "The editor of a configuration file failed",
                """
                The editor that 'pvpgen edit' started ended with an error, so the configuration is not changed.
                EDITOR names a program that does not run here, or the user ended the editor with an error on purpose.
                Set EDITOR to another editor. The copy with the text remains where the message says.
                """),
            CodeDocumentation(
                .noConfig, "No configuration file exists",
                """
                None of the directories that pvpgen searches has a file pvp.conf or a drop-in in pvp.conf.d/.
                The host is not configured yet, or --root= names another tree than the one with the configuration.
                Run 'pvpgen init --output=/etc/pvpgen/pvp.conf', or copy /etc/pvpgen/pvp.conf.example to pvp.conf and \
                set PCIAddress= of each NIC and Image= of the guest; then run 'pvpgen check'.
                """),
            CodeDocumentation(
                .configUnreadable, "A configuration file cannot be read",
                """
                A configuration file exists but cannot be read. Its settings have no effect; those of the other \
                files do.
                The file is a directory or a dangling link, or the user has no permission to read it.
                Replace it by a readable regular file, or remove it.
                """),
            CodeDocumentation(
                .syntax, "A line of a configuration file has no valid syntax",
                """
                A line is neither a section header, an assignment nor a comment. A [NIC], [Testpmd], [Guest] or \
                [Interface] section with such a line is ignored.
                A '=' or ']' is missing, quotes are not closed, or the file is not UTF-8.
                Correct the line at the caret. systemd.syntax(7) describes the syntax.
                """),
            CodeDocumentation(
                .unknownSection, "A section name is unknown",
                """
                The section has a name that pvpgen does not know. The section is ignored.
                The name is misspelled, or the file was written for a newer version.
                Use one of the sections that the remedy names. 'pvpgen explain' lists all sections and settings.
                """),
            CodeDocumentation(
                .unknownKey, "A key is unknown in its section",
                """
                The section has no setting of this name. A [NIC], [Testpmd], [Guest] or [Interface] section with \
                an unknown key is ignored.
                The key is misspelled, belongs to another section, or was added in a newer version.
                Use the key that the remedy suggests, or look it up with 'pvpgen explain SECTION'.
                """),
            CodeDocumentation(
                .value, "A value is not of the expected type",
                """
                A setting or an Ansible variable has a value of another type or outside of its range. A [NIC], \
                [Testpmd], [Guest] or [Interface] section with such a value is ignored.
                The unit is wrong, a list is given for a single value, or a path is not absolute.
                Write a value as the message expects it. 'pvpgen explain KEY' describes the syntax and the \
                default.
                """),
            CodeDocumentation(
                .nameTwice, "A name is used twice",
                """
                Two sections have the same name although other sections and files refer to them by name. The later \
                one is ignored.
                A section was copied without a new Name=, or an interface has the name of a NIC or of another \
                guest's socket.
                Set a different Name= in one of the sections.
                """),
            CodeDocumentation(
                .roleGuest, "A section for hosts is used with Role=guest",
                """
                This machine is a guest by Role=guest in [Host]. [Guest] and [Interface] sections apply to hosts \
                only.
                A host's configuration was copied into the guest, or Role=guest was set on a host.
                Remove the section in the guest, or set Role=host.
                """),
            CodeDocumentation(
                .unitValue, "A value cannot be written to a unit file",
                """
                A value cannot be represented in a systemd unit, so the unit is not created.
                The value has a control character or another code point that systemd does not accept.
                Correct the value in the file that the message names.
                """),
            CodeDocumentation(
                .tooMany, "More errors were found than are shown",
                """
                More than 500 errors were found. The rest is counted but not printed.
                The file is not a configuration, or one error near its beginning causes the others.
                Correct the printed errors and run 'pvpgen check' again.
                """),
            CodeDocumentation(
                .unknownSetting, "The argument of pvpgen explain is unknown",
                """
                The argument of 'pvpgen explain' is not a section, a setting or an error code.
                The word is misspelled, or the setting was added in a newer version.
                Use the word that the remedy suggests. 'pvpgen explain' without an argument lists all.
                """),
            CodeDocumentation(
                .unknownUnit, "The plan has no unit of that name",
                """
                The argument of 'pvpgen cat' or 'pvpgen log' is not a unit of the plan.
                The name is misspelled, or an error in the configuration left the unit out.
                Use a name that the remedy lists, and run 'pvpgen check' if an expected unit is missing.
                """),
            CodeDocumentation(
                .unknownTestpmd, "The plan has no testpmd of that name",
                """
                Testpmd= of a section, or the argument of 'pvpgen top', names a testpmd that does not exist.
                The name is misspelled, or the [Testpmd] section has an error.
                Use a name that the remedy lists, and run 'pvpgen check' if an expected testpmd is missing.
                """),
            CodeDocumentation(
                .unknownGuest, "The plan has no guest of that name",
                """
                The argument of 'pvpgen ssh', or the name of a started unit, is not a guest of the plan.
                The name is misspelled, the guest was removed or renamed, or its [Guest] section has an error.
                Use a name that the remedy lists. Run 'pvpgen check' if an expected guest is missing, and \
                'systemctl daemon-reload' if the configuration was changed.
                """),
        ])
}
