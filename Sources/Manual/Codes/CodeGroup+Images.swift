import Diagnostics

extension CodeGroup {
    static let images = CodeGroup(
        "Guest images and disks",
        [
            CodeDocumentation(
                .imageMissing, "An image or file of a guest does not exist",
                """
                A file in Image=, Kernel=, Initrd=, SSHKey= or RootPasswordFile= does not exist.
                The path is misspelled, or the file was not copied to this host.
                Copy the file to the path, or correct the setting.
                """),
            CodeDocumentation(
                .imageAmbiguous, "Several disk images can be the guest's",
                """
                'pvpgen init' found several complete disk images in libvirt's pool and does not choose one.
                The pool has images of other guests.
                Set --image= to the one for the guest.
                """),
            CodeDocumentation(
                .imageUnreadable, "An image of a guest cannot be read",
                """
                The user of QEMU cannot reach an image, or qemu-img cannot read it.
                A directory above the file is not searchable, or the file is damaged.
                Move the file to /var/lib/libvirt/images, or permit access as the remedy says.
                """),
            CodeDocumentation(
                .imageFormat, "An image has the wrong format",
                """
                The image has another format than its use requires: qcow2, or raw with a boot sector.
                The file is an ISO or VMDK image, an archive, or an error page of a server.
                Convert it with 'qemu-img convert -O qcow2', or correct Image=.
                """),
            CodeDocumentation(
                .imageIncomplete, "An image depends on another file",
                """
                The image depends on another file: a backing image or an external data file. A guest's disk cannot \
                be based on it.
                An overlay of another virtual machine was copied.
                Create a complete image with 'qemu-img convert -O qcow2'.
                """),
            CodeDocumentation(
                .imageChecksum, "An image has another checksum",
                """
                The checksum of the image is not the one in ImageChecksum=.
                The file was replaced or damaged, or ImageChecksum= is of another file.
                Compare with the checksum that the publisher provides. Then correct ImageChecksum=, or remove the \
                file.
                """),
            CodeDocumentation(
                .imageState, "The state of a guest's disk cannot be accessed",
                """
                A file of pvp-image below /var/lib/pvpgen cannot be read, written or locked.
                The command does not run as root, or the file system is full or read-only.
                Run it as root and check the file system.
                """),
            CodeDocumentation(
                .diskNotCreated, "The disk of a guest cannot be created",
                """
                qemu-img could not create the overlay disk.
                The file system is full or not writable, or the backing image is damaged.
                Free space in the directory in the remedy and start the unit again.
                """),
            CodeDocumentation(
                .diskNotPrepared, "The disk of a guest cannot be prepared",
                """
                Keys, passwords or packages could not be written to the overlay disk, or the cloud-init disk could \
                not be created.
                virt-sysprep does not support the guest's system or cannot start its appliance, or the file system \
                is full.
                Run 'libguestfs-test-tool' and 'virt-inspector -a IMAGE', or free space.
                """),
            CodeDocumentation(
                .diskNotRemoved, "The disk of a guest cannot be removed",
                """
                'pvpgen guest reset' could not remove the disk.
                The command does not run as root.
                Run it as root.
                """),
            CodeDocumentation(
                .noDisk, "The guest has no disk",
                """
                The guest has no disk that could be reset.
                The name is misspelled, or the guest has not been started yet.
                'pvpgen guest list' lists guests with a disk.
                """),
            CodeDocumentation(
                .guestInvalid, "The section of a guest has an error",
                """
                pvp-image does not create the disk of a guest whose section has an error.
                The section was changed after the unit was generated.
                Run 'pvpgen check' and correct the error.
                """),
            CodeDocumentation(
                .guestRunning, "The guest is running",
                """
                The disk of a running guest cannot be reset.
                The unit of the guest is active.
                Stop the unit with the command in the remedy.
                """),
            CodeDocumentation(
                .keyUnreadable, "The SSH public key cannot be read",
                """
                The file in SSHKey= cannot be read.
                The file does not exist, or the path is that of another machine.
                Correct SSHKey=, or create a key with ssh-keygen.
                """),
            CodeDocumentation(
                .keyInvalid, "SSHKey= is not a public key",
                """
                The file in SSHKey= has no OpenSSH public key, or SSHKey= is missing where a key is required.
                The private key was named instead of the file that ends in .pub.
                Set SSHKey= to the public key.
                """),
            CodeDocumentation(
                .keyRemote, "The public key is on another machine",
                """
                guest_pubkey of the Ansible role is a path on the machine that runs Ansible. This is a warning.
                The playbook is executed on a controller.
                Copy the key to the path in the remedy on this host.
                """),
            CodeDocumentation(
                .keyNotCreated, "The SSH host key of a guest cannot be created",
                """
                The SSH host key of a guest could not be created.
                ssh-keygen is not installed, or the file system is full.
                Install openssh-client or openssh, and free space.
                """),
            CodeDocumentation(
                .passwordUnreadable, "The password file cannot be read",
                """
                The file in RootPasswordFile= cannot be read.
                The file does not exist, or the path is misspelled.
                Correct RootPasswordFile=, or create the file with 'openssl passwd -6'.
                """),
            CodeDocumentation(
                .passwordInvalid, "The password file has no password hash",
                """
                The file in RootPasswordFile= must have one line with a crypt(3) hash.
                The file has the password itself, or several lines.
                Create it with 'openssl passwd -6'.
                """),
        ])
}
