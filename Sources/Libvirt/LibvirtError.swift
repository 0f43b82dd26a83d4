import CLibvirt

/// A call to libvirt that failed: what kind of failure, and libvirt's reason in one line
/// (`virGetLastError`).
package struct LibvirtError: Error, Hashable, Sendable {
    /// The kinds of failure that a program can do something about, after `virErrorNumber`.
    package enum Kind: Hashable, Sendable {
        /// There is no such domain.
        case noDomain
        /// There is no such network.
        case noNetwork
        /// The domain or network exists but does not run.
        case notRunning
        /// The domain or network is not in a state for this call (`VIR_ERR_OPERATION_INVALID`).
        /// That it does not run is one reason of many, which only the message shows.
        case invalidState
        /// A domain of that name or UUID already exists.
        case exists
        /// The XML is not well formed, or not a domain.
        case xml
        /// The XML asks for something that libvirt or the emulator cannot do.
        case unsupported
        /// libvirt does not let this user in.
        case denied
        /// Anything else, with libvirt's number.
        case other(Int32)
    }

    /// What kind of failure it is.
    package var kind: Kind
    /// libvirt's own words, one line.
    package var message: String

    /// Creates an error; line ends in the message become spaces.
    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// True when there is no such domain or network, or it no longer runs.
    package var isGone: Bool { kind == .noDomain || kind == .noNetwork || kind == .notRunning }

    /// The same error, as `notRunning` where that is why the call was refused: `isActive` is
    /// libvirt's answer, 0 for no. libvirt's words for it are in the language of its daemon, so
    /// they do not count.
    func explained(by isActive: () -> Int32) -> LibvirtError {
        guard kind == .invalidState else { return self }
        let answer = isActive()
        if answer == 0 { return LibvirtError(.notRunning, message) }
        if answer > 0 { return self }
        let reason = LibvirtError.last()
        return reason.isGone ? reason : self
    }

    /// The error of this thread's last call.
    static func last() -> LibvirtError {
        let error = libvirt.virGetLastError()?.pointee
        let message = error?.message.map { String(cString: $0) } ?? "libvirt gave no reason"
        return LibvirtError(Kind(error?.code ?? 0), message)
    }
}

extension LibvirtError.Kind {
    init(_ code: Int32) {
        switch virErrorNumber(rawValue: UInt32(bitPattern: code)) {
        case VIR_ERR_NO_DOMAIN: self = .noDomain
        case VIR_ERR_NO_NETWORK: self = .noNetwork
        case VIR_ERR_OPERATION_INVALID: self = .invalidState
        case VIR_ERR_DOM_EXIST: self = .exists
        case VIR_ERR_XML_ERROR, VIR_ERR_XML_DETAIL, VIR_ERR_XML_INVALID_SCHEMA: self = .xml
        case VIR_ERR_CONFIG_UNSUPPORTED, VIR_ERR_NO_SUPPORT: self = .unsupported
        case VIR_ERR_AUTH_FAILED, VIR_ERR_AUTH_CANCELLED, VIR_ERR_AUTH_UNAVAILABLE, VIR_ERR_ACCESS_DENIED:
            self = .denied
        default: self = .other(code)
        }
    }
}
