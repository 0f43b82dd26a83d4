/// Reads any bytes as the file of a guest's DomainXML=: each element that is accepted is whole by
/// itself, each error has a place.
@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    do throws(Problem) {
        let fragment = try DomainFragment(bytes, file: "fuzz.xml")
        for device in fragment.devices { precondition((try? DomainFragment(device, file: ""))?.devices == [device]) }
        for inner in fragment.domain {
            let domain = Array("<domain>".utf8) + inner + Array("</domain>".utf8)
            precondition((try? DomainFragment(domain, file: ""))?.domain == [inner])
        }
    } catch {
        precondition(error.code == .domainXML && error.location != nil && !error.rendered.isEmpty)
    }
    return 0
}
