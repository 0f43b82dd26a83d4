package import Diagnostics

extension Command {
    /// Runs it as ``run(_:)`` does, and calls `line` with each line of its output as it comes,
    /// without its end. Returns its exit status. Throws what ``run(_:)`` throws.
    package func run(eachLine line: (String) -> Void) throws(Problem) -> Int32 {
        var rest: [UInt8] = []
        let status = try run(receive: { piece in
            rest += piece
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                line(String(decoding: rest[..<end], as: UTF8.self))
                rest.removeFirst(end + 1)
            }
            // A line without an end must not fill the memory.
            if rest.count > 1 << 16 {
                line(String(decoding: rest, as: UTF8.self))
                rest = []
            }
        })
        if !rest.isEmpty { line(String(decoding: rest, as: UTF8.self)) }
        return status
    }
}
