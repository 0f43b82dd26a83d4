/// Reads any text as libvirt's XML of a domain and of a network.
@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    let text = String(decoding: bytes, as: UTF8.self)
    let domain = DomainXML(text)
    if let index = domain.recordIndex {
        var marked = text
        marked.insert(contentsOf: " record='1'", at: index)
        precondition(DomainXML(marked).isMarked && DomainXML(marked).name == domain.name)
    }
    for address in NetworkXML(text).addresses { precondition((0...32).contains(address.prefix)) }
    return 0
}
