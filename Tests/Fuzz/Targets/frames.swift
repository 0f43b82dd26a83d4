/// Reads any bytes as frames: wherever they are cut, the same frames result, and each frame's own
/// bytes are that frame.
@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    guard let first = bytes.first else { return 0 }
    let whole = frames(bytes[1...], upTo: size)
    precondition(frames(bytes[1...], upTo: 1 + Int(first) % 13) == whole)
    for frame in whole ?? [] { precondition(frames(frame.bytes[...], upTo: size, limit: 2048) == [frame]) }
    return 0
}

/// Reads bytes in pieces of a size; returns nil for bytes that are malformed. Text that was not
/// UTF-8 is longer when it is written.
private func frames(_ bytes: ArraySlice<UInt8>, upTo size: Int, limit: Int = 512) -> [Frame]? {
    var reader = FrameReader(limit: limit)
    var frames: [Frame] = []
    var rest = bytes
    while !rest.isEmpty {
        guard let more = try? reader.read(rest.prefix(size)) else { return nil }
        frames += more
        rest = rest.dropFirst(size)
    }
    return frames
}
