/// Reads any bytes as JSON: the text of a value is read as the same value.
@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    do throws(Problem) {
        let value = try JSON(bytes)
        for text in [value.text, value.line] { precondition((try? JSON(Array(text.utf8))) == value) }
    } catch {
        precondition(error.code == .jsonMalformed && !error.rendered.isEmpty)
    }
    return 0
}
