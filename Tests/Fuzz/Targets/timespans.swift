/// Reads any text as a time span: a span that is accepted is not negative, and adding none to it
/// does not change it.
@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    let text = String(decoding: bytes, as: UTF8.self)
    if let span = TimeSpan(text) { precondition(span.milliseconds >= 0 && TimeSpan(text + " 0s") == span) }
    return 0
}
