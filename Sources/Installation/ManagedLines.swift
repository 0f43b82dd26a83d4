/// Lines of ours at the end of a file of others.
enum ManagedLines {
    /// How the manifest names such a file.
    static let format = "lines"

    /// Appends the missing lines. Returns the text and the appended lines; present lines have
    /// another owner.
    static func adding(_ lines: [String], to text: [UInt8]) -> (text: [UInt8], added: [String]) {
        let present = Set(text.split(separator: end).map { String(decoding: $0, as: UTF8.self) })
        let added = lines.filter { !present.contains($0) }
        if added.isEmpty { return (text, []) }
        let separator = text.isEmpty || text.last == end ? [] : [end]
        return (text + separator + added.flatMap { Array($0.utf8) + [end] }, added)
    }

    /// Takes out what `adding` has appended, wherever it stands by now.
    static func removing(_ lines: [String], from text: [UInt8]) -> [UInt8] {
        var parts = text.split(separator: end, omittingEmptySubsequences: false)
        for line in lines {
            guard let index = parts.lastIndex(where: { $0.elementsEqual(line.utf8) }) else { continue }
            parts.remove(at: index)
        }
        return Array(parts.joined(separator: [end]))
    }

    private static let end = UInt8(ascii: "\n")
}
