package import Diagnostics

/// The entry of an error code, for `pvpgen explain` and docs/reference/errors.md. It is not a part
/// of `Problem.Code`, so that the generator does not carry the texts.
package struct CodeDocumentation: Sendable {
    /// The code.
    package let code: Problem.Code
    /// One line without a full stop: the comment of the code.
    package let title: String
    /// What the code means.
    package let meaning: String
    /// The usual causes.
    package let causes: String
    /// What to do.
    package let action: String

    /// Creates an entry from a line each for the meaning, the causes and the action.
    init(_ code: Problem.Code, _ title: String, _ text: String) {
        let lines = text.split(separator: "\n").map(String.init)
        self.code = code
        self.title = title
        meaning = lines.first ?? ""
        causes = lines.dropFirst().first ?? ""
        action = lines.dropFirst(2).joined(separator: " ")
    }
}

/// The codes of a subject.
package struct CodeGroup: Sendable {
    /// The subject.
    package let title: String
    /// The entries, in the order of the subject's file in `Diagnostics`.
    package let codes: [CodeDocumentation]

    init(_ title: String, _ codes: [CodeDocumentation]) {
        self.title = title
        self.codes = codes
    }

    /// The groups of all codes.
    package static let all = [
        configuration, nics, interfaces, cpus, memory, guests, management, kernel, vfio, images, downloads, builds,
        generators, libvirt, testpmd, trex, console, installation, importing, results, system,
    ]
}
