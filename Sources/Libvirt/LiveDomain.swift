import CLibvirt
import Linux

/// A domain that libvirt knows. May be used from any thread, as libvirt allows.
package final class LiveDomain: @unchecked Sendable {
    let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { _ = libvirt.virDomainFree(handle) }

    /// Its name.
    package var name: String { libvirt.virDomainGetName(handle).map { String(cString: $0) } ?? "" }

    /// Its UUID as text, in lower case with hyphens.
    package var uuid: String { Self.uuid(handle) }

    /// Whether it runs (paused counts).
    package func isActive() throws(LibvirtError) -> Bool { try answer(libvirt.virDomainIsActive(handle)) }

    /// Whether its CPUs stand still, for whatever reason.
    package func isPaused() throws(LibvirtError) -> Bool { try state().state == VIR_DOMAIN_PAUSED.rawValue }

    /// Whether its creation has not returned: its CPUs have never run.
    package func isStartingUp() throws(LibvirtError) -> Bool {
        let (state, reason) = try state()
        return state == VIR_DOMAIN_PAUSED.rawValue && reason == VIR_DOMAIN_PAUSED_STARTING_UP.rawValue
    }

    private func state() throws(LibvirtError) -> (state: UInt32, reason: UInt32) {
        var state: Int32 = 0
        var reason: Int32 = 0
        if libvirt.virDomainGetState(handle, &state, &reason, 0) != 0 { throw .last() }
        return (UInt32(bitPattern: state), UInt32(bitPattern: reason))
    }

    /// Its XML as it runs (`virDomainGetXMLDesc`).
    package func xml() throws(LibvirtError) -> String {
        guard let text = libvirt.virDomainGetXMLDesc(handle, 0) else { throw .last() }
        return String(owning: text)
    }

    /// Whether it has a definition that outlives its run.
    package func isPersistent() throws(LibvirtError) -> Bool { try answer(libvirt.virDomainIsPersistent(handle)) }

    /// The element of that namespace in its `<metadata>`; `nil` when there is none
    /// (`virDomainGetMetadata`).
    package func metadata(namespace: String) throws(LibvirtError) -> String? {
        guard let text = libvirt.virDomainGetMetadata(handle, Int32(VIR_DOMAIN_METADATA_ELEMENT.rawValue), namespace, 0)
        else {
            let error = LibvirtError.last()
            if error.kind == .other(Int32(VIR_ERR_NO_DOMAIN_METADATA.rawValue)) { return nil }
            throw error
        }
        return String(owning: text)
    }

    /// Replaces the element of that namespace in the `<metadata>` of the running domain
    /// (`virDomainSetMetadata`).
    package func setMetadata(_ element: String, key: String, namespace: String) throws(LibvirtError) {
        let result = libvirt.virDomainSetMetadata(
            handle, Int32(VIR_DOMAIN_METADATA_ELEMENT.rawValue), element, key, namespace,
            UInt32(VIR_DOMAIN_AFFECT_LIVE.rawValue))
        if result != 0 { throw .last() }
    }

    /// Asks the guest to shut down, through its agent if that is connected, else by the ACPI
    /// button. May block for a minute on an agent that hangs.
    package func shutdown() throws(LibvirtError) {
        if libvirt.virDomainShutdown(handle) != 0 {
            throw LibvirtError.last().explained { libvirt.virDomainIsActive(handle) }
        }
    }

    /// Ends it at once, as if its power were cut.
    package func destroy() throws(LibvirtError) {
        if libvirt.virDomainDestroy(handle) != 0 {
            throw LibvirtError.last().explained { libvirt.virDomainIsActive(handle) }
        }
    }

    private func answer(_ result: Int32) throws(LibvirtError) -> Bool {
        if result < 0 { throw .last() }
        return result == 1
    }

    static func uuid(_ handle: OpaquePointer) -> String {
        var text = [CChar](repeating: 0, count: Int(VIR_UUID_STRING_BUFLEN))
        guard libvirt.virDomainGetUUIDString(handle, &text) == 0 else { return "" }
        return text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }
}
