import Console

/// What comes from a console: plain bytes up to its preface, which are nothing but its last words
/// if there is no preface, and frames after it.
struct StreamDecoder {
    private static let kept = 4096

    private var reader = FrameReader()
    private var plain: [UInt8] = []
    /// Whether the preface has come.
    private(set) var isFramed = false

    /// The frames that these bytes complete.
    mutating func read(_ bytes: [UInt8]) throws(FrameReader.Malformed) -> [Frame] {
        if isFramed { return try reader.read(bytes) }
        plain += bytes
        let size = Frame.preface.count
        for start in plain.indices where plain[start] == Frame.preface[0] && plain[start...].starts(with: Frame.preface)
        {
            let rest = plain[(start + size)...]
            isFramed = true
            plain = []
            return try reader.read(rest)
        }
        if plain.count > Self.kept { plain.removeFirst(plain.count - Self.kept) }
        return []
    }

    /// The last line of what came before there were frames; `nil` when nothing came.
    var lastWords: String? {
        let lines = plain.split { $0 == 0x0a || $0 == 0x0d }.map { line in line.filter { $0 >= 0x20 && $0 != 0x7f } }
        guard let line = lines.last(where: { !$0.isEmpty }) else { return nil }
        return String(decoding: line, as: UTF8.self)
    }
}
