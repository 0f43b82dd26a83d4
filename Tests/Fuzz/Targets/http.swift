/// Reads any bytes as the head of an HTTP request, as that of an answer, and as a date.
@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    do throws(HTTPRequest.Mistake) {
        let request = try HTTPRequest(bytes)
        precondition(!request.method.isEmpty && !request.path.contains("?"))
    } catch {
        precondition((400...599).contains(error.status) && !error.reason.isEmpty)
    }
    // A head that is whole stays whole.
    precondition(!HTTPRequest.isWhole(bytes) || HTTPRequest.isWhole(bytes + [UInt8(ascii: "x")]))
    let text = String(decoding: bytes, as: UTF8.self)
    let head = ResponseHead(text)
    precondition(head.isSameFile(as: head))
    if let date = HTTPDate(text) { precondition(date.seconds >= 0) }
    return 0
}
