/// What patch(1) says of a file of changes that does not apply.
package enum PatchOutput {
    /// The first file and hunk that failed, such as `lib/vhost/vhost.c, hunk 2 at line 40`; `nil`
    /// if it names none.
    package static func failure(in output: String) -> String? {
        var file = ""
        let lines = output.split(separator: "\n")
        for line in lines {
            if line.hasPrefix("patching file ") || line.hasPrefix("checking file ") {
                file = String(line.drop { $0 != " " }.dropFirst().drop { $0 != " " }.dropFirst())
            } else if line.hasPrefix("Hunk #"), line.contains("FAILED at ") {
                let words = line.split(separator: " ")
                guard words.count >= 5 else { continue }
                let place = words[4].prefix { $0.isNumber }
                return "\(file), hunk \(words[1].dropFirst()) at line \(place)"
            } else if line.contains("can't find file to patch") {
                return missing(lines.first { $0.hasPrefix("|+++ ") }?.dropFirst("|+++ ".count))
            } else if line.hasPrefix("Ignoring potentially dangerous file name ") {
                return "its file is outside of the source: "
                    + line.dropFirst("Ignoring potentially dangerous file name ".count)
            } else if line.contains("malformed patch at line ") || line.contains("Only garbage was found") {
                return "it is no file of changes"
            } else if line.hasPrefix("Reversed (or previously applied) patch detected") {
                return file.isEmpty ? "it is already applied" : "\(file): it is already applied"
            }
        }
        return nil
    }

    /// `name` is as the file of changes has it, with a directory in front and a time behind.
    private static func missing(_ name: Substring?) -> String {
        guard let path = name?.prefix(while: { $0 != "\t" }).drop(while: { $0 != "/" }).dropFirst(), !path.isEmpty
        else {
            return "its file does not exist in the source"
        }
        return path.split(separator: "/").contains("..")
            ? "its file is outside of the source: \(path)" : "\(path): does not exist in the source"
    }
}
