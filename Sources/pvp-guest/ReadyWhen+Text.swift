import Values

extension ReadyWhen {
    /// What is waited for, as in "waits for …".
    var awaited: String {
        switch self {
        case .running: "the guest"
        case .vhost: "its driver on the vhost-user interfaces"
        case .agent: "its agent"
        case .ssh: "its SSH server"
        }
    }

    /// What to do when it does not come.
    var remedy: String {
        switch self {
        case .running: "see /var/log/libvirt/qemu"
        case .vhost: "look at its console (journalctl), and that it has a driver for virtio-net; or set ReadyWhen=running"
        case .agent: "install qemu-guest-agent in the image; or set ReadyWhen=running"
        case .ssh: "look at its console (journalctl), and that it has an SSH server; or set ReadyWhen=running"
        }
    }
}
