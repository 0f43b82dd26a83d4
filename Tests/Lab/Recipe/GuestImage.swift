import Foundation
import LabTools
import Linux

/// The guest: an image with its own boot loader, whose kernel bridges its NICs and goes down when the power button is pressed.
struct GuestImage {
    /// The image, qcow2.
    let path: String
    /// Where its kernel and programs come from.
    let source: RootFileSystem

    private static let modules = ["virtio_pci", "virtio_net", "bridge", "button", "evdev"]

    private static let bootLoader = """
        serial --unit=0 --speed=115200
        terminal_output serial
        set root=(hd0,msdos1)
        linux /boot/vmlinuz console=ttyS0,115200 quiet ipv6.disable=1 panic=-1 random.trust_cpu=on
        initrd /boot/initrd
        boot

        """

    /// The guest's only program of its own. `modules` are files, in the order in which the kernel wants them.
    private static func initialProgram(modules: [String]) -> String {
        """
        #!/bin/busybox sh
        /bin/busybox --install -s /bin
        export PATH=/bin
        mount -t proc proc /proc
        mount -t sysfs sys /sys
        mount -t devtmpfs dev /dev
        \(modules.map { "insmod /lib/\($0)" }.joined(separator: "\n"))

        # Every frame goes on as it came, and the bridge says nothing itself.
        brctl addbr bridge
        echo 0 > /sys/class/net/bridge/bridge/forward_delay
        echo 0 > /sys/class/net/bridge/bridge/multicast_snooping
        for nic in /sys/class/net/eth*; do
            ip link set ${nic##*/} up promisc on
            brctl addif bridge ${nic##*/}
        done
        ip link set bridge up
        echo "bridging"

        for event in /sys/class/input/event*; do
            read -r name < $event/device/name
            [ "$name" = "Power Button" ] && break
        done
        # One event of the power button is 24 bytes.
        dd if=/dev/input/${event##*/} of=/dev/null bs=24 count=1
        poweroff -f

        """
    }

    /// Makes the image, with files of its own in `directory` meanwhile.
    func build(in directory: String) throws {
        try makeFileSystem(directory)
        let core = directory + "/core.img"
        let early = directory + "/guest.cfg"
        try Root.machine.replace(early, with: Array(Self.bootLoader.utf8))
        try Tool.run([
            "grub-mkimage", "-O", "i386-pc", "-p", "(hd0,msdos1)/boot/grub", "-c", early, "-o", core,
            "biosdisk", "part_msdos", "ext2", "linux", "serial", "terminal",
        ])
        // Sector 0: GRUB's boot code and a partition table; from sector 1: the rest of GRUB; from 1 MiB: the file system.
        let disk = directory + "/guest.raw"
        let table = directory + "/guest.table"
        try Root.machine.replace(table, with: Array("start=2048, type=83, bootable\n".utf8))
        try Tool.run(["truncate", "--size=33M", disk])
        try Tool.run(["sfdisk", "--quiet", disk], input: table)
        try place("/usr/lib/grub/i386-pc/boot.img", in: disk, at: 0, limit: 440)
        try place(core, in: disk, at: 512, limit: (1 << 20) - 512)
        try place(directory + "/guest.ext4", in: disk, at: 1 << 20, limit: 32 << 20)
        try Tool.run(["qemu-img", "convert", "-O", "qcow2", disk, path])
    }

    private func makeFileSystem(_ directory: String) throws {
        let release = try source.kernelRelease()
        var modules: [String] = []
        for name in Self.modules {
            let lines = try Tool.run(["modprobe", "-d", source.path, "-S", release, "--show-depends", name]).split(separator: "\n")
            for file in lines.compactMap({ $0.split(separator: " ").dropFirst().first.map(String.init) }) where !modules.contains(file) {
                modules.append(file)
            }
        }
        let memory = Root(directory + "/initrd")
        for name in ["dev", "proc", "sys", "bin", "lib"] { try memory.makeDirectory("/\(name)") }
        let names = modules.map { ($0 as NSString).lastPathComponent }
        for (file, name) in zip(modules, names) { try Tool.run(["cp", file, memory.path("/lib/\(name)")]) }
        try Tool.run(["cp", source.path + "/bin/busybox", memory.path("/bin/busybox")])
        try memory.replace("/init", with: Array(Self.initialProgram(modules: names).utf8), mode: 0o755)
        // In the order in which the kernel unpacks: a directory before what is in it.
        let archive = ["init", "dev", "proc", "sys", "bin", "bin/busybox", "lib"] + names.map { "lib/\($0)" }
        let list = directory + "/archive"
        try Root.machine.replace(list, with: Array((archive.joined(separator: "\n") + "\n").utf8))

        let files = Root(directory + "/guest")
        try files.makeDirectory("/boot")
        let initrd = files.path("/boot/initrd")
        try Tool.run(["cpio", "--create", "--format=newc", "--owner=0:0", "--quiet", "-D", memory.prefix, "-F", initrd], input: list)
        try Tool.run(["gzip", "-9", initrd])
        try Tool.run(["mv", initrd + ".gz", initrd])
        try Tool.run(["cp", try source.kernel().image, files.path("/boot/vmlinuz")])
        try Tool.run(["truncate", "--size=32M", directory + "/guest.ext4"])
        // GRUB 2.06 does not know metadata_csum_seed.
        try Tool.run([
            "mkfs.ext4", "-q", "-F", "-O", "^has_journal,^metadata_csum_seed", "-m", "0", "-d", files.prefix, directory + "/guest.ext4",
        ])
    }

    private func place(_ file: String, in disk: String, at offset: UInt64, limit: Int) throws {
        let content = try Root.machine.bytes(file)
        guard offset == 0 || content.count <= limit else {
            throw LabFailure("\(file) has \(content.count) bytes, there is room for \(limit)")
        }
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: disk))
        defer { try? handle.close() }
        try handle.seek(toOffset: offset)
        try handle.write(contentsOf: Data(content.prefix(limit)))
    }
}
