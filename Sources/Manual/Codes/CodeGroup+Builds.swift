import Diagnostics

extension CodeGroup {
    static let builds = CodeGroup(
        "Builds",
        [
            CodeDocumentation(
                .buildProject, "The project of a build is not known, or is another one",
                """
                A [Build] section does not say what it builds, or Build= names a build of the other project.
                Project= is missing and Name= starts with neither dpdk nor qemu, or a testpmd names a build of QEMU.
                Set Project=, or name another build.
                """),
            CodeDocumentation(
                .buildSource, "The source of a build is not given, cannot be read, or is not a source",
                """
                The source of a [Build] section is missing, or is not the source of the project.
                None or several of Version=, URL=, File=, Git= and Directory= are set, the commit does not exist, \
                the archive has names or links that lead out of it, or the user pvp-build cannot read it.
                Correct the source in [Build].
                """),
            CodeDocumentation(
                .buildChecksum, "The checksum of a source is missing or different",
                """
                An archive has no checksum in the configuration, or another one.
                The archive was replaced, or Checksum= is of another file.
                Compare with the checksum that the publisher provides, then set Checksum=.
                """),
            CodeDocumentation(
                .buildVersion, "The release of a build is too old",
                """
                The source is a release of DPDK before 20.11.
                Its testpmd does not accept the arguments of the plan.
                Build a newer release.
                """),
            CodeDocumentation(
                .buildDrivers, "The drivers of a build are wrong or were not built",
                """
                A driver in Drivers= was not built, or Drivers= is set for QEMU.
                The host lacks a library that the driver requires, or the release does not have the driver.
                Install the library that the log names, or correct Drivers=.
                """),
            CodeDocumentation(
                .buildConflict, "Build= and another setting name a program each",
                """
                Build= and Binary= of a testpmd, or Build= and Emulator= of a guest, are both set.
                One of them is left over from a change.
                Remove one of them.
                """),
            CodeDocumentation(
                .buildUnknown, "No build has this name",
                """
                A name in Build= or on the command line is not that of a [Build] section or result.
                It is misspelled, or the result was not imported on this host.
                Correct the name, add a [Build] section, or run 'pvpgen build import'.
                """),
            CodeDocumentation(
                .buildMissing, "A build that is used does not exist",
                """
                A testpmd or guest uses a build that does not exist on this host.
                It was not built yet, or was removed. Nothing is built at boot.
                Run 'pvpgen build NAME'.
                """),
            CodeDocumentation(
                .buildPatch, "A patch cannot be read or does not apply",
                """
                A file in Patch= cannot be read, or its changes do not fit the source.
                The patch is for another release, or is already a part of this one.
                Correct the file, or Patch= in [Build].
                """),
            CodeDocumentation(
                .buildTools, "Programs or libraries for a build are missing",
                """
                The host lacks a program, header or library that the build requires.
                The packages with compilers and headers are not installed.
                Install the packages that the message lists.
                """),
            CodeDocumentation(
                .buildInstructionSet, "The instruction set is not known, or the CPU lacks a part of it",
                """
                The compiler does not know the value of InstructionSet=, or the CPU of this host cannot run the result.
                The value is misspelled, or the result was built on a newer CPU with InstructionSet=native.
                Set InstructionSet=generic, and build it again.
                """),
            CodeDocumentation(
                .buildFailed, "A build has failed",
                """
                A command of the build ended with an error.
                The source does not compile with this compiler or these options, or memory was not sufficient.
                Read the log with 'pvpgen build log NAME'.
                """),
            CodeDocumentation(
                .buildState, "The files of builds cannot be accessed",
                """
                A file below /var/cache/pvpgen/builds, /opt/pvpgen/builds or /etc/pvpgen/builds cannot be read or \
                written.
                The file system is full or read-only, or the command was not run as root.
                Remove the cause that the message names, then run 'pvpgen build' again.
                """),
            CodeDocumentation(
                .buildResult, "The result of a build is damaged or another one",
                """
                The record of a result cannot be read or does not fit its program, or the inputs of a build changed \
                while it was built.
                A file was changed or damaged, or the archive is not one of 'pvpgen build export'.
                Build or export it again.
                """),
            CodeDocumentation(
                .buildInUse, "The result of a build is in use",
                """
                A result that is to be removed is used by the configuration or by a running process.
                A Build= refers to it, or a testpmd or guest was started before the configuration changed.
                Remove the Build=, or run 'pvpgen apply', then remove the result.
                """),
            CodeDocumentation(
                .buildLibraries, "Libraries that the result of a build requires are missing",
                """
                A shared library that a result was linked with is not on this host.
                An upgrade replaced it by another version, or the result was built on another distribution.
                Install the library, or build it again.
                """),
        ])
}
