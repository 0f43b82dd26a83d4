/// A PC with an IOMMU and NICs, as QEMU's command line.
package struct MachineSpec: Hashable, Sendable {
    /// Which QEMU.
    package static let program = "qemu-system-x86_64"
    /// Where UEFI is. The second is a template for the variables.
    package static let firmware = (code: "/usr/share/OVMF/OVMF_CODE.fd", variables: "/usr/share/OVMF/OVMF_VARS.fd")

    /// Its CPUs, memory and NICs.
    package var shape: MachineShape
    /// Where its sockets, variables and logs are. Short, because a socket's path has at most 107
    /// bytes.
    package var directory: String
    /// The disk that UEFI boots from.
    package var bootDisk: String
    /// The disk with the root file system.
    package var disk: String
    /// The format of that disk: `raw` or `qcow2`.
    package var diskFormat: String
    /// The port of 127.0.0.1 that leads to the machine's ssh.
    package var sshPort: UInt16
    /// A disk with an image in it that a server of images has, `/dev/disk/by-id/virtio-server`.
    package var servedDisk: String?
    /// A kernel, an initial RAM disk and arguments, for a boot without boot loader.
    package var kernel: DirectBoot?

    /// What a boot loader would load.
    package struct DirectBoot: Hashable, Sendable {
        var kernel: String
        var initrd: String
        var arguments: String
    }

    /// A machine with these disks.
    package init(
        shape: MachineShape, directory: String, bootDisk: String, disk: String, format: String, sshPort: UInt16,
        served: String? = nil,
        kernel: DirectBoot? = nil
    ) {
        self.shape = shape
        self.directory = directory
        self.bootDisk = bootDisk
        self.disk = disk
        diskFormat = format
        self.sshPort = sshPort
        servedDisk = served
        self.kernel = kernel
    }

    /// The file that the serial console goes to.
    package var console: String { "\(directory)/console.log" }
    /// What QEMU itself prints.
    package var log: String { "\(directory)/qemu.log" }
    /// The socket of QEMU's monitor.
    package var monitor: String { "\(directory)/monitor" }
    /// The machine's own copy of UEFI's variables.
    package var variables: String { "\(directory)/variables.fd" }

    /// The two ends of a NIC's wire: QEMU's, and the lab's.
    package func wire(_ nic: Int) -> (machine: String, lab: String) {
        ("\(directory)/nic\(nic)", "\(directory)/wire\(nic)")
    }

    /// QEMU's command line.
    package var arguments: [String] {
        var list = [Self.program, "-name", "pvp-lab", "-nodefaults", "-no-user-config", "-display", "none"]
        // Always TCG: with /dev/kvm a stock kernel may still not run, and TCG has the nested AMD-V
        // that the guest needs. Without ERMS: the kernel would clear pages byte by byte, and a
        // hugepage took half a minute on a busy machine.
        list += ["-accel", "tcg,thread=multi", "-machine", "q35,kernel-irqchip=split", "-cpu", "max,erms=off"]
        list += shape.processors
        // Every device names its bus: without one QEMU may choose a bridge that the NICs are
        // behind.
        list += ["-device", "intel-iommu,intremap=on,caching-mode=on"]
        list += ["-drive", "if=pflash,unit=0,format=raw,readonly=on,file=\(Self.firmware.code)"]
        list += ["-drive", "if=pflash,unit=1,format=raw,file=\(variables)"]
        // No bootindex: with one the firmware connects that disk alone, and GRUB does not see the
        // root.
        list += ["-drive", "if=none,id=boot,format=raw,readonly=on,file=\(bootDisk)"]
        list += ["-device", "virtio-blk-pci,drive=boot,bus=pcie.0,addr=0x2"]
        list += ["-drive", "if=none,id=root,format=\(diskFormat),cache=unsafe,file=\(disk)"]
        list += ["-device", "virtio-blk-pci,drive=root,bus=pcie.0,addr=0x3"]
        if let servedDisk {
            list += ["-drive", "if=none,id=served,format=raw,readonly=on,file=\(servedDisk)"]
            list += ["-device", "virtio-blk-pci,drive=served,serial=server,bus=pcie.0,addr=0x6"]
        }
        list += ["-netdev", "user,id=ssh,restrict=on,hostfwd=tcp:127.0.0.1:\(sshPort)-:22"]
        list += ["-device", "virtio-net-pci,netdev=ssh,romfile=,bus=pcie.0,addr=0x4"]
        list += shape.bridges
        for nic in shape.nics.indices {
            guard shape.hasWire(nic) else { continue }
            let ends = wire(nic)
            list += [
                "-netdev",
                "dgram,id=wire\(nic),local.type=unix,local.path=\(ends.machine),remote.type=unix,remote.path="
                    + "\(ends.lab)",
            ]
        }
        list += shape.hubs
        for nic in shape.nics.indices {
            list += [
                "-device",
                "e1000e,netdev=\(shape.plug(of: nic)),mac=02:00:00:00:01:0\(nic),romfile=,\(shape.place(of: nic))",
            ]
        }
        list += ["-device", "virtio-rng-pci,bus=pcie.0,addr=0x5", "-serial", "file:\(console)"]
        list += ["-monitor", "unix:\(monitor),server=on,wait=off"]
        if let kernel {
            list += ["-kernel", kernel.kernel, "-initrd", kernel.initrd, "-append", kernel.arguments]
        }
        return list
    }
}
