import Foundation
package import Linux

/// The files, links and messages of a generator, and their form as one text.
///
/// In the text each of them is a line `== NAME` with its content below, or `== NAME -> TARGET` for
/// a link. An empty line separates them. The name of the messages is `stderr`.
package struct GeneratorOutput: Sendable {
    /// Lines on standard error.
    package var messages: String
    /// Content of each file by its path in the directory; for a link `-> TARGET`.
    package var files: [String: String]

    /// Creates an output.
    package init(messages: String, files: [String: String]) {
        self.messages = messages
        self.files = files
    }

    /// Reads what `text` returned.
    package init(text: String) {
        files = [:]
        for section in ("\n" + text).components(separatedBy: "\n== ").dropFirst() {
            let (title, content) = Self.halves(of: section, at: "\n")
            let (name, target) = Self.halves(of: title, at: " -> ")
            files[name] = target.isEmpty ? content : "-> " + target
        }
        messages = files.removeValue(forKey: "stderr") ?? ""
    }

    /// Reads the files below a directory.
    package init(messages: String, directory: String) {
        self.init(messages: messages, files: [:])
        for name in FileManager.default.subpaths(atPath: directory) ?? [] {
            let path = "\(directory)/\(name)"
            if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
                files[name] = "-> " + target
            } else if let data = FileManager.default.contents(atPath: path) {
                files[name] = String(decoding: data, as: UTF8.self)
            }
        }
    }

    /// Writes the files and links below a directory.
    package func write(below root: Root) throws {
        let directory = try OpenDirectory(root)
        for (name, content) in files {
            if content.hasPrefix("-> ") {
                try directory.makeLink(name, to: String(content.dropFirst(3)))
            } else {
                try directory.replace(name, with: Array(content.utf8))
            }
        }
    }

    /// One text, in the order of the names.
    package var text: String {
        sections.map { $1.hasPrefix("-> ") ? "== \($0) \($1)\n" : "== \($0)\n\($1)" }.joined(separator: "\n")
    }

    /// The names that are in one of both outputs alone, and the first different line of each other
    /// one.
    package func differences(from expected: GeneratorOutput) -> [String] {
        let (found, expected) = (
            Dictionary(uniqueKeysWithValues: sections), Dictionary(uniqueKeysWithValues: expected.sections)
        )
        return Set(found.keys).union(expected.keys).sorted().compactMap { name in
            guard let new = found[name] else { return "\(name): missing" }
            guard let old = expected[name] else { return "\(name): not expected" }
            guard new != old else { return nil }
            let (lines, others) = (old.components(separatedBy: "\n"), new.components(separatedBy: "\n"))
            let same = zip(lines, others).prefix { $0 == $1 }.count
            let pair = [lines, others].map { $0.dropFirst(same).first.map { "'\($0)'" } ?? "no line" }
            return "\(name):\(same + 1): expected \(pair[0]), got \(pair[1])"
        }
    }

    /// The messages first, if there are any.
    private var sections: [(String, String)] {
        (messages.isEmpty ? [] : [("stderr", messages)]) + files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private static func halves(of text: String, at separator: String) -> (String, String) {
        guard let place = text.range(of: separator) else { return (text, "") }
        return (String(text[..<place.lowerBound]), String(text[place.upperBound...]))
    }
}
