/// Reads any text as a list of CPUs: what is printed is the same list when it is read again.
@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: data, count: size), as: UTF8.self)
    if let set = CPUSet(text) {
        precondition(CPUSet(set.description) == set && set.cpus.count == set.count)
        precondition(set.isEmpty == set.cpus.isEmpty && CPUSet(set.cpus) == set)
    }
    if let address = PCIAddress(text) { precondition(PCIAddress(address.description) == address) }
    return 0
}
