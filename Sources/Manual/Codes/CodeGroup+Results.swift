import Diagnostics

extension CodeGroup {
    static let results = CodeGroup(
        "Results of measurements",
        [
            CodeDocumentation(
                .resultSchema, "A file is not a result of pvpgen",
                """
                A file for 'pvpgen compare' is not the result of a measurement that this release of pvpgen can read.
                The file is another document of pvpgen, or another release of pvpgen wrote it.
                Name the JSON files that 'pvpgen measure' wrote, and use the release of pvpgen that wrote them.
                """),
            CodeDocumentation(
                .resultMalformed, "The result of a measurement is malformed",
                """
                The result lacks a member, has a member of another type, or has trials of another search.
                The file was edited, or is damaged.
                Name a file as 'pvpgen measure' wrote it.
                """),
        ])
}
