/// A PC with an IOMMU and two NICs, as QEMU's command line.
public struct MachineSpec: Hashable, Sendable {
    /// Which QEMU.
    public static let program = "qemu-system-x86_64"
    /// Where UEFI is. The second is a template for the variables.
    public static let firmware = (code: "/usr/share/OVMF/OVMF_CODE.fd", variables: "/usr/share/OVMF/OVMF_VARS.fd")
    /// The PCI addresses of the two NICs, in the order of their wires.
    public static let nics = ["0000:00:10.0", "0000:00:11.0"]

    /// Where its sockets, variables and logs are. Short, because a socket's path has at most 107 bytes.
    public var directory: String
    /// The disk that UEFI boots from.
    public var bootDisk: String
    /// The disk with the root file system.
    public var disk: String
    /// The format of that disk: `raw` or `qcow2`.
    public var diskFormat: String
    /// The port of 127.0.0.1 that leads to the machine's ssh.
    public var sshPort: UInt16
    /// A disk with an image in it that a server of images has, `/dev/disk/by-id/virtio-server`.
    public var servedDisk: String?
    /// A kernel, an initial RAM disk and arguments, for a boot without boot loader.
    public var kernel: DirectBoot?

    /// What a boot loader would load.
    public struct DirectBoot: Hashable, Sendable {
        var kernel: String
        var initrd: String
        var arguments: String
    }

    /// A machine with these disks.
    public init(
        directory: String, bootDisk: String, disk: String, format: String, sshPort: UInt16, served: String? = nil, kernel: DirectBoot? = nil
    ) {
        self.directory = directory
        self.bootDisk = bootDisk
        self.disk = disk
        diskFormat = format
        self.sshPort = sshPort
        servedDisk = served
        self.kernel = kernel
    }

    /// The file that the serial console goes to.
    public var console: String { "\(directory)/console.log" }
    /// What QEMU itself prints.
    public var log: String { "\(directory)/qemu.log" }
    /// The machine's own copy of UEFI's variables.
    public var variables: String { "\(directory)/variables.fd" }

    /// The two ends of a NIC's wire: QEMU's, and the lab's.
    public func wire(_ nic: Int) -> (machine: String, lab: String) { ("\(directory)/nic\(nic)", "\(directory)/wire\(nic)") }

    /// QEMU's command line.
    public var arguments: [String] {
        var list = [Self.program, "-name", "pvp-lab", "-nodefaults", "-no-user-config", "-display", "none"]
        // Always TCG: a /dev/kvm that is there may still not run a stock kernel, and TCG has the nested AMD-V that the guest needs.
        list += ["-accel", "tcg,thread=multi", "-machine", "q35,kernel-irqchip=split", "-cpu", "max", "-smp", "4", "-m", "8192"]
        list += ["-device", "intel-iommu,intremap=on,caching-mode=on"]
        list += ["-drive", "if=pflash,unit=0,format=raw,readonly=on,file=\(Self.firmware.code)"]
        list += ["-drive", "if=pflash,unit=1,format=raw,file=\(variables)"]
        // No bootindex: with one the firmware connects that disk alone, and GRUB does not see the root.
        list += ["-drive", "if=none,id=boot,format=raw,readonly=on,file=\(bootDisk)", "-device", "virtio-blk-pci,drive=boot,addr=0x2"]
        list += [
            "-drive", "if=none,id=root,format=\(diskFormat),cache=unsafe,file=\(disk)", "-device", "virtio-blk-pci,drive=root,addr=0x3",
        ]
        if let servedDisk {
            list += ["-drive", "if=none,id=served,format=raw,readonly=on,file=\(servedDisk)"]
            list += ["-device", "virtio-blk-pci,drive=served,serial=server,addr=0x6"]
        }
        list += ["-netdev", "user,id=ssh,restrict=on,hostfwd=tcp:127.0.0.1:\(sshPort)-:22"]
        list += ["-device", "virtio-net-pci,netdev=ssh,romfile=,addr=0x4"]
        for nic in 0..<2 {
            let ends = wire(nic)
            list += [
                "-netdev", "dgram,id=nic\(nic),local.type=unix,local.path=\(ends.machine),remote.type=unix,remote.path=\(ends.lab)",
                "-device", "e1000e,netdev=nic\(nic),mac=02:00:00:00:01:0\(nic),romfile=,addr=0x1\(nic)",
            ]
        }
        list += ["-device", "virtio-rng-pci,addr=0x5", "-serial", "file:\(console)"]
        if let kernel {
            list += ["-kernel", kernel.kernel, "-initrd", kernel.initrd, "-append", kernel.arguments]
        }
        return list
    }
}
