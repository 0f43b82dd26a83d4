import Diagnostics

extension CodeGroup {
    static let installation = CodeGroup(
        "Installation and boot loader",
        [
            CodeDocumentation(
                .bootLoader, "No supported boot loader was found",
                """
                'pvpgen install' found no boot loader to which it can add kernel arguments. This is a warning if \
                the kernel already has them.
                The boot loader is not supported, or /boot is not mounted.
                Name it with --boot-loader=, or add the arguments by hand.
                """),
            CodeDocumentation(
                .bootLoaderAmbiguous, "Several boot loaders were found",
                """
                Files of several boot loaders were found, and none of them reports that it started the machine.
                A former boot loader was not removed.
                Name the boot loader with --boot-loader=.
                """),
            CodeDocumentation(
                .bootLoaderMissing, "The given boot loader was not found",
                """
                The files of the boot loader in --boot-loader= do not exist.
                Another boot loader is installed, or its partition is not mounted.
                Run 'bootctl status' and correct the option.
                """),
            CodeDocumentation(
                .addonMissing, "The boot loader addon cannot be read",
                """
                ukify ran, but the addon that it created cannot be read.
                The file system of /run is full, or ukify failed without an error.
                Run the command in the remedy by hand.
                """),
            CodeDocumentation(
                .secureBoot, "The boot loader addon cannot be signed",
                """
                Secure Boot is enabled, so the addon must be signed, and no key is configured.
                The configuration of ukify has no SecureBootPrivateKey= and SecureBootCertificate=.
                Set both in the file in the message, or build the arguments into the images.
                """),
            CodeDocumentation(
                .fileChanged, "An installed file was changed",
                """
                A file that 'pvpgen install' would write or remove was changed since, or was not written by \
                pvpgen.
                An administrator or another tool edited the file.
                Move the file away and run the command again, or use --force, which keeps a copy.
                """),
            CodeDocumentation(
                .fileChanging, "A file was changed during the installation",
                """
                A file changed between the planning and the execution of the installation.
                Another process writes the same file, such as a package manager.
                Run the command again.
                """),
            CodeDocumentation(
                .fileSaved, "A saved file would be overwritten",
                """
                A copy of a file from an earlier --force exists and would be overwritten.
                --force was used twice.
                Move the saved file away.
                """),
            CodeDocumentation(
                .fileExists, "The output file already exists",
                """
                The output file of 'pvpgen import' already exists.
                The command was run before.
                Name another file, or use --force.
                """),
            CodeDocumentation(
                .transactionOpen, "Another installation was interrupted",
                """
                Another installation ended unexpectedly while this one waited.
                The other process was killed. Its changes are rolled back by the next run.
                Run the command again.
                """),
            CodeDocumentation(
                .journalBroken, "The journal of an interrupted installation is invalid",
                """
                The journal of an unfinished installation cannot be read, so it cannot be rolled back.
                The file was edited or truncated, or the command does not run as root.
                Compare the saved files beside the journal with the originals, then remove the directory in the \
                remedy.
                """),
            CodeDocumentation(
                .manifestBroken, "The record of the installation is invalid",
                """
                The list of installed files cannot be read, so pvpgen cannot remove what it installed.
                The file was edited or truncated, or the command does not run as root.
                Restore it from a backup, or remove the kernel arguments by hand, remove it, and run 'pvpgen \
                install'.
                """),
            CodeDocumentation(
                .notLocked, "The installation cannot be locked",
                """
                The lock of the installation cannot be created.
                The command does not run as root, or the file system is read-only.
                Run it as root.
                """),
            CodeDocumentation(
                .commandFailed, "A command of the installation failed",
                """
                A command that installation or removal requires ended with an error.
                The message has the last line of its output.
                Run the command by hand to see all of its output.
                """),
            CodeDocumentation(
                .unitNotStopped, "A unit cannot be stopped",
                """
                A unit is still active after it was stopped, so 'pvpgen uninstall' changed nothing.
                A process of the unit does not end, or a NIC is in use.
                Read the journal of the unit. --force continues nevertheless.
                """),
            CodeDocumentation(
                .notRemoved, "A directory cannot be removed",
                """
                A directory of pvpgen cannot be removed by 'pvpgen uninstall --purge'.
                A file system is mounted in it, or the command does not run as root.
                Unmount it and run the command as root.
                """),
        ])
}
