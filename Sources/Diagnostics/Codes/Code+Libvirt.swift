extension Problem.Code {
    /// libvirt is not running or cannot be reached.
    package static let libvirtUnreachable = Problem.Code("libvirt-unreachable")
    /// libvirt denies access.
    package static let libvirtDenied = Problem.Code("libvirt-denied")
    /// The libvirt library failed.
    package static let libvirtFailed = Problem.Code("libvirt-failed")
    /// The emulator of a guest is not installed.
    package static let emulatorMissing = Problem.Code("emulator-missing")
    /// libvirt does not support the emulator or machine.
    package static let emulatorRefused = Problem.Code("emulator-refused")
    /// The emulator and machine were not checked.
    package static let emulatorUnchecked = Problem.Code("emulator-unchecked")
    /// KVM is not available.
    package static let kvmMissing = Problem.Code("kvm-missing")
    /// Another domain has the UUID or name of a guest.
    package static let domainExists = Problem.Code("domain-exists")
    /// libvirt does not support a part of the domain.
    package static let domainUnsupported = Problem.Code("domain-unsupported")
    /// libvirt failed to manage the domain.
    package static let domainFailed = Problem.Code("domain-failed")
    /// QEMU cannot create the vhost-user socket.
    package static let vhostSocket = Problem.Code("vhost-socket")
    /// An AppArmor rule for guests is missing.
    package static let apparmor = Problem.Code("apparmor")
    /// The SELinux module is not loaded.
    package static let selinux = Problem.Code("selinux")
}
