/// When a guest counts as started: what `READY=1` of its unit waits for.
package enum ReadyWhen: String, CaseIterable, Hashable, Sendable {
    /// The domain runs.
    case running
    /// The guest's driver has set up the rings of all its vhost-user interfaces.
    case vhost
    /// The guest's agent has connected to libvirt.
    case agent
    /// The guest's SSH server answers at its management address.
    case ssh
}
