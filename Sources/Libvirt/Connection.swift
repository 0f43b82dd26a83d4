import CLibvirt

/// A connection to libvirt. May be used from any thread, as libvirt allows.
package final class Connection: @unchecked Sendable {
    let handle: OpaquePointer

    /// Connects (`virConnectOpen`), to `qemu:///system` for example.
    package init(_ uri: String) throws(LibvirtError) {
        try loadLibvirt()
        guard let handle = libvirt.virConnectOpen(uri) else { throw .last() }
        self.handle = handle
    }

    deinit { _ = libvirt.virConnectClose(handle) }

    /// The domain of that name, running or only defined; `nil` when there is none.
    package func domain(named name: String) throws(LibvirtError) -> LiveDomain? {
        try found(libvirt.virDomainLookupByName(handle, name))
    }

    /// The domain with that UUID, as text; `nil` when there is none.
    package func domain(uuid: String) throws(LibvirtError) -> LiveDomain? {
        try found(libvirt.virDomainLookupByUUIDString(handle, uuid))
    }

    /// Creates and starts a transient domain from its XML (`virDomainCreateXML`). Blocks until the
    /// emulator is up: forever, if it waits for the other end of a vhost-user socket.
    package func create(xml: String) throws(LibvirtError) -> LiveDomain {
        guard let domain = libvirt.virDomainCreateXML(handle, xml, 0) else { throw .last() }
        return LiveDomain(domain)
    }

    private func found(_ domain: OpaquePointer?) throws(LibvirtError) -> LiveDomain? {
        if let domain { return LiveDomain(domain) }
        let error = LibvirtError.last()
        if error.kind == .noDomain { return nil }
        throw error
    }
}
