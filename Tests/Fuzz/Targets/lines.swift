/// Reads any bytes as what a terminal shows: wherever they are cut, the same rows and prompts come
/// of them, and no row is longer than it may be.
@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    guard let first = bytes.first else { return 0 }
    var whole = LineAssembler(limit: 64, prompt: "testpmd> ")
    let tokens = whole.read(bytes)
    var pieces = LineAssembler(limit: 64, prompt: "testpmd> ")
    var offset = 0
    var joined: [LineAssembler.Token] = []
    while offset < size {
        let end = min(size, offset + 1 + Int(first) % 13)
        joined += pieces.read(Array(bytes[offset..<end])).map {
            LineAssembler.Token(kind: $0.kind, end: $0.end + offset)
        }
        offset = end
    }
    precondition(joined == tokens && pieces.row == whole.row)
    for token in tokens {
        precondition(token.end <= size)
        if case .line(let row) = token.kind {
            precondition(row.count <= 67)
            _ = LogLineClassifier(row)
        }
    }
    return 0
}
