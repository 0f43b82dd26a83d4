/// Reads any text as libvirt's XML of a domain and of a network.
@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    let text = String(decoding: bytes, as: UTF8.self)
    if let domain = try? DomainXML(text), let document = try? DomainXML.document(text) {
        document.set("record", to: "1", on: DomainXML.record)
        let marked = try? DomainXML(document.text)
        precondition(marked == domain)
    }
    for address in (try? NetworkXML(text))?.addresses ?? [] { precondition((0...32).contains(address.prefix)) }
    return 0
}
