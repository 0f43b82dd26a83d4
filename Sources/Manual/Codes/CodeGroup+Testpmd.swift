import Diagnostics

extension CodeGroup {
    static let testpmd = CodeGroup(
        "testpmd and telemetry",
        [
            CodeDocumentation(
                .testpmdMissing, "The testpmd program does not exist",
                """
                Binary= in [Testpmd] is not an executable program.
                The package with dpdk-testpmd is not installed, or Binary= is misspelled.
                Install the package (dpdk on Debian), or correct Binary=.
                """),
            CodeDocumentation(
                .testpmd, "testpmd ended with an error",
                """
                testpmd ended although its service was not stopped, was killed, or does not answer.
                A device or memory is missing, the user entered quit at the console, or a DPDK driver crashed.
                Read the lines before this one in the journal of the unit.
                """),
            CodeDocumentation(
                .dpdkOld, "DPDK is too old",
                """
                testpmd uses a DPDK older than release 21.11.
                The distribution has an older DPDK, or Binary= names an old build.
                Install DPDK 21.11 or newer, or correct Binary=.
                """),
            CodeDocumentation(
                .devices, "DPDK refuses a device of the plan",
                """
                DPDK's own parser refuses a device of a testpmd. The message has its reasons.
                A device argument is invalid, or a driver is missing.
                Correct the [NIC] or [Testpmd] section.
                """),
            CodeDocumentation(
                .devicesUnchecked, "The devices were not checked by DPDK",
                """
                pvp-dpdk could not check the devices of the plan. This is a warning.
                pvp-dpdk was built for another DPDK release than the installed one.
                Install the pvpgen package for this distribution, or ignore the warning.
                """),
            CodeDocumentation(
                .deviceRefused, "DPDK cannot parse a device argument",
                """
                DPDK cannot parse an argument for a device.
                The address is not a PCI address, a parameter is not KEY=VALUE, or no driver has a device of this \
                name.
                Correct the argument as the remedy says.
                """),
            CodeDocumentation(
                .deviceTwice, "A device is given twice",
                """
                The same device is given twice to 'pvp-dpdk check'.
                An argument was copied.
                Name each device once.
                """),
            CodeDocumentation(
                .argumentOwned, "An argument sets what the plan decides",
                """
                EALArguments= or ExtraArguments= in [Testpmd] has an option that pvpgen writes itself, or one that \
                contradicts the plan, or DeviceArguments= in [NIC] adds ports. An abbreviated option counts as each \
                option that it could mean.
                The arguments were copied from a script that starts testpmd.
                Remove the option, and use the setting in the remedy.
                """),
            CodeDocumentation(
                .argumentsRefused, "testpmd refuses its arguments",
                """
                The program of Binary= was started without devices to parse EALArguments= and ExtraArguments=, and \
                refused them. The message has its reason.
                An option is misspelled, has an invalid value, or is of another DPDK release.
                Correct the setting. 'dpdk-testpmd --help' and 'dpdk-testpmd -- --help' list the options.
                """),
            CodeDocumentation(
                .argumentsUnchecked, "The arguments were not checked by testpmd",
                """
                The program of Binary= did not answer in time, or fails without these arguments, too. This is a \
                warning.
                The program is a script, a library of it is missing, or the host is overloaded.
                Start the program with the arguments by hand.
                """),
            CodeDocumentation(
                .telemetryMissing, "No DPDK program provides telemetry",
                """
                No DPDK program listens on the telemetry socket.
                testpmd is not running.
                Run 'systemctl start pvp.target', or 'systemctl status testpmd' for the reason.
                """),
            CodeDocumentation(
                .telemetryRefused, "The telemetry socket refuses the connection",
                """
                The telemetry socket cannot be used.
                DPDK accepts its own user only, which is root, or the path is not a telemetry socket.
                Run the command as root, or name the socket dpdk_telemetry.v2.
                """),
            CodeDocumentation(
                .telemetrySilent, "Telemetry does not answer",
                """
                A DPDK program does not accept a connection or does not answer in time.
                The program is stopped or overloaded.
                Check that the program runs.
                """),
            CodeDocumentation(
                .telemetryLost, "The telemetry connection was closed",
                """
                A DPDK program closed the telemetry connection or ended.
                testpmd was stopped or crashed.
                Run 'systemctl status testpmd'.
                """),
            CodeDocumentation(
                .trafficRefused, "pvp-traffic does not accept a command",
                """
                pvp-traffic refuses a trial or the faults of its reflector.
                A frame is smaller than its headers, or a value is outside of its range.
                Correct the trial as the message says.
                """),
            CodeDocumentation(
                .trafficLost, "pvp-traffic does not answer",
                """
                The connection to pvp-traffic was closed, or no answer came in time.
                pvp-traffic was stopped or crashed, or its CPU is used by another process.
                Start it again, on CPUs of its own.
                """),
            CodeDocumentation(
                .jsonMalformed, "A JSON text is malformed",
                """
                A text that should be JSON has an error at the byte in the message.
                The file was edited or truncated, or the program that wrote it failed.
                Create the file again.
                """),
            CodeDocumentation(
                .noMetrics, "No testpmd exists to report metrics of",
                """
                The configuration has no testpmd whose metrics could be reported.
                An error in the configuration left it out.
                Run 'pvpgen check'.
                """),
        ])
}
