import Foundation
import LabTools
import Linux

/// The guest: an image with its own boot loader, whose kernel bridges its NICs but the one for
/// management, and goes down when the power button is pressed.
struct GuestImage {
    /// The image, qcow2.
    let path: String
    /// Where its kernel and programs come from.
    let source: RootFileSystem

    private static let modules = ["virtio_pci", "virtio_net", "bridge", "button", "evdev"]

    private static let arguments = "console=ttyS0,115200 quiet ipv6.disable=1 panic=-1 random.trust_cpu=on"

    /// The guest's only program of its own. `modules` are files, in the order in which the kernel
    /// wants them.
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
            case $(readlink -f $nic/device) in */0000:00:1a.0/*) continue ;; esac
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

    /// Creates the image, with files of its own in `directory` meanwhile.
    func build(in directory: String) throws {
        let files = directory + "/guest"
        try makeFiles(files, in: directory)
        try GuestDisk(
            path: path, files: files, megabytes: 32, kernel: "/boot/vmlinuz", initrd: "/boot/initrd",
            arguments: Self.arguments
        )
        .build(in: directory)
    }

    private func makeFiles(_ path: String, in directory: String) throws {
        let release = try source.kernelRelease()
        var modules: [String] = []
        for name in Self.modules {
            let lines = try Tool.run(["modprobe", "-d", source.path, "-S", release, "--show-depends", name]).split(
                separator: "\n")
            // What is built in has no file.
            for line in lines where line.hasPrefix("insmod ") {
                let file = String(line.split(separator: " ")[1])
                if !modules.contains(file) { modules.append(file) }
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

        let files = Root(path)
        try files.makeDirectory("/boot")
        let initrd = files.path("/boot/initrd")
        try Tool.run(
            ["cpio", "--create", "--format=newc", "--owner=0:0", "--quiet", "-D", memory.prefix, "-F", initrd],
            input: list)
        try Tool.run(["gzip", "-9", initrd])
        try Tool.run(["mv", initrd + ".gz", initrd])
        try Tool.run(["cp", try source.kernelFiles().image, files.path("/boot/vmlinuz")])
    }
}
