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
        case .running: "read /var/log/libvirt/qemu"
        case .vhost:
            "read its console with journalctl, check that it has a driver for virtio-net, or set ReadyWhen=running"
        case .agent: "install qemu-guest-agent in the image, or set ReadyWhen=running"
        case .ssh: "read its console with journalctl, check that it has an SSH server, or set ReadyWhen=running"
        }
    }
}
