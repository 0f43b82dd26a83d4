import CLibvirt
import Linux

/// A network that libvirt knows. May be used from any thread, as libvirt allows.
package final class LiveNetwork: @unchecked Sendable {
    let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { _ = libvirt.virNetworkFree(handle) }

    /// Its name.
    package var name: String { libvirt.virNetworkGetName(handle).map { String(cString: $0) } ?? "" }

    /// Its UUID as text, in lower case with hyphens.
    package var uuid: String {
        var text = [CChar](repeating: 0, count: Int(VIR_UUID_STRING_BUFLEN))
        guard libvirt.virNetworkGetUUIDString(handle, &text) == 0 else { return "" }
        return text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }

    /// Whether its bridge exists.
    package func isActive() throws(LibvirtError) -> Bool {
        let answer = libvirt.virNetworkIsActive(handle)
        if answer < 0 { throw .last() }
        return answer == 1
    }

    /// Its XML as it is now (`virNetworkGetXMLDesc`).
    package func xml() throws(LibvirtError) -> String {
        guard let text = libvirt.virNetworkGetXMLDesc(handle, 0) else { throw .last() }
        return String(owning: text)
    }

    /// Takes it down; a transient one is gone then.
    package func destroy() throws(LibvirtError) {
        if libvirt.virNetworkDestroy(handle) != 0 {
            throw LibvirtError.last().explained { libvirt.virNetworkIsActive(handle) }
        }
    }
}

extension Connection {
    /// The network of that name, running or only defined; `nil` when there is none.
    package func network(named name: String) throws(LibvirtError) -> LiveNetwork? {
        if let network = libvirt.virNetworkLookupByName(handle, name) { return LiveNetwork(network) }
        let error = LibvirtError.last()
        if error.kind == .noNetwork { return nil }
        throw error
    }

    /// Every network that runs.
    package func activeNetworks() throws(LibvirtError) -> [LiveNetwork] {
        var list: UnsafeMutablePointer<OpaquePointer?>?
        let count = libvirt.virConnectListAllNetworks(handle, &list, UInt32(VIR_CONNECT_LIST_NETWORKS_ACTIVE.rawValue))
        guard count >= 0, let list else { throw .last() }
        defer { freeMemory(list) }
        return (0..<Int(count)).compactMap { list[$0] }.map(LiveNetwork.init)
    }

    /// Creates and starts a transient network from its XML (`virNetworkCreateXML`).
    package func createNetwork(xml: String) throws(LibvirtError) -> LiveNetwork {
        guard let network = libvirt.virNetworkCreateXML(handle, xml) else { throw .last() }
        return LiveNetwork(network)
    }
}
