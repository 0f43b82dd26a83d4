/// Reads any bytes as a unit file: its lines are all of them, one after the other, and each place
/// is within them.
@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    let file = UnitFile(name: "fuzz", bytes: bytes)
    precondition(file.lines.flatMap { Array(file.bytes[$0.range]) } == bytes)
    for section in file.sections {
        for entry in section.entries {
            precondition(entry.position.line >= section.position.line && entry.valuePosition.column > 0)
            _ = try? ExecCommandLine.split(entry.value)
        }
    }
    for error in file.errors { precondition(error.line > 0 && error.column > 0 && !error.message.isEmpty) }
    return 0
}
