import Diagnostics

extension CodeGroup {
    static let generators = CodeGroup(
        "Measurements",
        [
            CodeDocumentation(
                .generatorPorts, "The ports of a generator do not fit to what it measures",
                """
                A generator does not have two ports, or a NIC does not belong to one generator.
                A [NIC] section is missing, or Generator= is misspelled or set beside Testpmd=.
                Set Generator= in two [NIC] sections, or name the ports with Device=.
                """),
            CodeDocumentation(
                .generatorTestpmd, "A generator has no testpmd that it can measure",
                """
                A generator is connected to the two NICs of one testpmd.
                Testpmd= is missing although there are several, or the testpmd does not have two NICs.
                Set Testpmd= to a testpmd with two NICs.
                """),
            CodeDocumentation(
                .generatorSetting, "A setting does not belong to the kind of generator",
                """
                A setting has no meaning for the program of Kind=, or a required one is missing.
                The kind was changed, or the setting is meant for another generator.
                Change the settings as the message says.
                """),
            CodeDocumentation(
                .generatorMissing, "No generator is configured",
                """
                A measurement needs a [Generator] section.
                The configuration has none, or an error left it out.
                Add a [Generator] section, or run 'pvpgen check'.
                """),
            CodeDocumentation(
                .generatorFailed, "A generator did not start",
                """
                The program that sends the frames ended or did not answer.
                Its NICs are not bound, hugepages are missing, or ssh asks for a password.
                Read the lines of the program in the message.
                """),
            CodeDocumentation(
                .chainNotReady, "The chain cannot be measured as it is",
                """
                A testpmd or guest on the path is not active, or the generator's NICs are not reserved.
                The chain was not started, or it failed.
                Run 'pvpgen start', then 'pvpgen verify'.
                """),
            CodeDocumentation(
                .pathBroken, "Frames do not cross the chain",
                """
                Frames of the path check did not return in each direction.
                A cable, a link, testpmd or the guest does not forward; the message names the stage.
                Check that stage; a guest must forward between its interfaces.
                """),
            CodeDocumentation(
                .interrupted, "A signal ended a measurement",
                """
                The measurement was ended before all trials were done. The trials so far are in its result.
                Ctrl-C was pressed, or the session ended.
                Run 'pvpgen measure --resume=FILE' to continue.
                """),
            CodeDocumentation(
                .resultNotWritten, "A result was not written",
                """
                A file of a result could not be written. The trials so far are in the former version of the file.
                The disk is full, or the directory does not exist.
                Free space, then continue with 'pvpgen measure --resume=FILE'.
                """),
        ])
}
