/// Kernel arguments within a line of text: found by what stands around them, so that everything
/// else stays as it is, byte by byte.
enum ArgumentText {
    /// What must be added whole: `hugepages=` counts pages of the size before it, so both are one.
    static func units(_ arguments: [String]) -> [String] {
        var units: [String] = []
        for argument in arguments {
            if argument.hasPrefix("hugepages="), let last = units.last, last.hasPrefix("hugepagesz="),
                !last.contains(" ")
            {
                units[units.count - 1] = "\(last) \(argument)"
            } else {
                units.append(argument)
            }
        }
        return units
    }

    /// The last range of arguments in a part of a text, with white space or an end of the part on
    /// both sides.
    static func last(_ argument: String, in text: [UInt8], _ part: Range<Int>) -> Range<Int>? {
        let wanted = Array(argument.utf8)
        guard !wanted.isEmpty, part.count >= wanted.count else { return nil }
        for start in stride(from: part.upperBound - wanted.count, through: part.lowerBound, by: -1) {
            let end = start + wanted.count
            let isFree =
                (start == part.lowerBound || isSpace(text[start - 1])) && (end == part.upperBound || isSpace(text[end]))
            if isFree, text[start..<end].elementsEqual(wanted) { return start..<end }
        }
        return nil
    }

    /// White space within a line and between lines.
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0d) }
}
