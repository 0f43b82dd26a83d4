/// Reads any bytes as pvp.conf: each problem can be printed.
@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let file = ConfigFiles.File(path: "pvp.conf", content: Array(UnsafeBufferPointer(start: data, count: size)))
    for problem in Config.parse([file]).problems { precondition(problem.location != nil && !problem.rendered.isEmpty) }
    return 0
}
