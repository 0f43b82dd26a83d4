import Diagnostics

extension CodeGroup {
    static let libvirt = CodeGroup(
        "libvirt and QEMU",
        [
            CodeDocumentation(
                .noLibvirt, "libvirt is not running",
                """
                No process listens on the sockets of libvirt, so guests cannot start.
                libvirtd or virtqemud is not installed, disabled or stopped.
                Start libvirtd.service or virtqemud.socket.
                """),
            CodeDocumentation(
                .libvirtUnreachable, "The connection to libvirt failed",
                """
                The connection to libvirt could not be opened, or libvirt closed it.
                libvirtd or virtqemud is not running or restarts.
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
                .qemuMissing, "QEMU is not installed or not running",
                """
                No QEMU program is installed, or a guest has no QEMU process.
                The package is missing, or the guest has ended.
                Install qemu-system-x86 (Debian) or qemu-kvm (Fedora), or start the guest.
                """),
            CodeDocumentation(
                .emulatorMissing, "The emulator of a guest is not installed",
                """
                libvirt cannot find the emulator of the domain.
                The package is not installed, or Emulator= is misspelled.
                Install qemu-system-x86, or correct Emulator=.
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
                .domainExists, "A domain with the UUID or name exists",
                """
                libvirt has a domain with the same name or UUID.
                A domain was defined by another tool.
                Rename the guest, or remove the domain.
                """),
            CodeDocumentation(
                .domainForeign, "A domain of another owner has the guest's name",
                """
                libvirt has a domain with the guest's name that pvpgen did not create. pvpgen does not change it.
                Another tool uses the same name.
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
