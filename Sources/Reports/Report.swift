/// The machine of a measurement: two hosts whose reports have no differences can be compared by
/// their results.
package struct Report: Hashable, Sendable {
    /// One thing that is known.
    package struct Field: Hashable, Sendable {
        /// What it is.
        package var name: String
        /// As people read it.
        package var value: String
        /// A thing and its value.
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Things that belong together.
    package struct Section: Hashable, Sendable {
        /// What they are about.
        package var title: String
        /// In the order in which they are read.
        package var fields: [Field]
        /// A title and what is under it.
        package init(_ title: String, _ fields: [Field]) {
            self.title = title
            self.fields = fields
        }
    }

    /// The section about this one run, in which two reports always differ.
    package static let run = "Run"

    /// All of it.
    package var sections: [Section]

    /// Creates a report from sections.
    package init(_ sections: [Section]) { self.sections = sections }
}

extension Report {
    /// As a page of Markdown: a table for each section.
    package var markdown: String {
        "# PVP host\n"
            + sections.map { section in
                "\n## \(section.title)\n\n| | |\n|---|---|\n"
                    + section.fields.map { "| \(Self.cell($0.name)) | \(Self.cell($0.value)) |\n" }.joined()
            }.joined()
    }

    /// A bar would end the cell, a line feed the table.
    private static func cell(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("|", with: "\\|").replacing("\n", with: "<br>")
    }
}
