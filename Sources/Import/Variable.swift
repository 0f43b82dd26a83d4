package import Diagnostics

/// The role that a variable is given to; two roles may have variables of one name.
package enum AnsibleRole: String, CaseIterable, Sendable {
    /// Prepares the host and runs testpmd and the guest.
    case host = "virtio-host"
    /// Prepares the guest's own testpmd.
    case guest = "virtio-guest-dpdk"
    /// The traffic generator, on another machine.
    case trex
}

/// A variable as it was found in a file.
package struct Variable: Hashable, Sendable {
    /// What it was set to; scalars are text, whatever type YAML would give them.
    package enum Value: Hashable, Sendable {
        case text(String)
        case list([String])
        /// Neither text nor a list of text.
        case other
    }

    /// Its name.
    package var name: String
    /// What it was set to.
    package var value: Value
    /// The role that it is for.
    package var role: AnsibleRole
    /// Where its value stands; `nil` for a default of the role.
    package var location: SourceLocation?

    /// Creates a variable.
    package init(_ name: String, _ value: Value, role: AnsibleRole = .host, at location: SourceLocation? = nil) {
        self.name = name
        self.value = value
        self.role = role
        self.location = location
    }
}
