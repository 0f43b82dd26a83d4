import Diagnostics

extension CodeGroup {
    static let libvirt = CodeGroup(
        "libvirt and QEMU",
        [
            CodeDocumentation(
                .libvirtUnreachable, "libvirt is not running or cannot be reached",
                """
                No process listens on the sockets of libvirt, or the connection failed. Guests cannot start.
                libvirtd or virtqemud is not installed, disabled, stopped, or it restarts.
                Start libvirtd.service or virtqemud.socket, and read its journal.
                """),
            CodeDocumentation(
                .libvirtDenied, "libvirt denies access",
                """
                libvirt does not permit the user to manage guests or networks.
                The command does not run as root or in the group libvirt.
                Run it as root or as a member of the group libvirt.
                """),
            CodeDocumentation(
                .libvirtFailed, "The libvirt library failed",
                """
                The library of libvirt could not be initialized, or its event loop ended.
                The installation of libvirt is incomplete or was updated while the program ran.
                Restart the unit. If the error persists, reinstall the package libvirt0.
                """),
            CodeDocumentation(
                .emulatorMissing, "The emulator of a guest is not installed",
                """
                The QEMU program of a guest is not installed.
                The package is missing, or Emulator= is misspelled.
                Install qemu-system-x86 (Debian) or qemu-kvm (Fedora), or correct Emulator=.
                """),
            CodeDocumentation(
                .emulatorRefused, "libvirt does not support the emulator or machine",
                """
                libvirt does not support the machine type or the emulator of a guest.
                Machine= is unknown to this QEMU, or Emulator= is another program.
                Correct Machine= or Emulator=. 'virsh capabilities' lists machine types.
                """),
            CodeDocumentation(
                .emulatorUnchecked, "The emulator and machine were not checked",
                """
                libvirt did not answer whether it supports the emulator and the machine. This is a warning.
                libvirt is not running, or virsh is not installed.
                Run the command in the remedy.
                """),
            CodeDocumentation(
                .kvmMissing, "KVM is not available",
                """
                The guest requires KVM, which is not available.
                Virtualization is disabled in the firmware, or the module kvm_intel or kvm_amd is not loaded.
                Enable virtualization in the firmware, and load the module.
                """),
            CodeDocumentation(
                .domainExists, "Another domain has the UUID or name of a guest",
                """
                libvirt has a domain with the name or UUID of the guest that pvpgen did not create. pvpgen does not \
                change it.
                Another tool defined the domain.
                Rename the guest, or remove the domain.
                """),
            CodeDocumentation(
                .domainUnsupported, "libvirt does not support a part of the domain",
                """
                libvirt does not support a device or feature of the domain.
                QEMU or libvirt is older than a setting requires, or DomainXML= has such an element.
                Compare the settings of the guest with the message of libvirt.
                """),
            CodeDocumentation(
                .domainFailed, "libvirt failed to manage the domain",
                """
                libvirt could not start, watch or end the domain, for a reason that has no code of its own.
                The message of libvirt or QEMU names the reason.
                Read /var/log/libvirt/qemu/ and the journal of libvirtd or virtqemud.
                """),
            CodeDocumentation(
                .vhostSocket, "QEMU cannot create the vhost-user socket",
                """
                QEMU cannot create the vhost-user socket that testpmd connects to.
                The directory of the socket is missing, or its owner or mode was changed.
                Run 'systemd-tmpfiles --create'.
                """),
            CodeDocumentation(
                .apparmor, "An AppArmor rule for guests is missing",
                """
                A local addition to libvirt's AppArmor profiles is missing, so AppArmor denies QEMU an access that \
                guests require.
                'pvpgen install' was not run, or the profiles were replaced by an update.
                Run 'pvpgen install'.
                """),
            CodeDocumentation(
                .selinux, "The SELinux module is not loaded",
                """
                SELinux is enforcing and the module 'pvpgen' is not loaded. Guests cannot start.
                The package was installed without its SELinux module.
                Load the module and relabel the files with the commands in the remedy.
                """),
        ])
}
