import Foundation
import LabTools
import Linux

/// The guest: an image with its own boot loader, whose kernel bridges its NICs but the one for
/// management, and goes down when the power button is pressed.
struct GuestImage {
    /// The image, qcow2.
    let path: String
    /// Where its kernel comes from.
    let source: RootFileSystem

    private static let modules = ["virtio_pci", "virtio_net", "bridge", "button", "evdev"]

    private static let arguments = "console=ttyS0,115200 quiet ipv6.disable=1 panic=-1 random.trust_cpu=on"

    /// The guest's only program. It takes no page fault once its memory is locked: after an
    /// exception in a nested guest, TCG leaves its type in EXITINTINFO until the guest's next exit,
    /// not marked as valid. Since Linux 6.14 a host that emulates an access to a device then takes
    /// the exception for one that is still being delivered, and QEMU stops the guest with "KVM
    /// internal error. Suberror: 3" (arch/x86/kvm/svm/svm.c, svm_check_emulate_instruction).
    /// `modules` are names in `/lib`, in the order in which the kernel needs them.
    private static func initialProgram(modules: [String]) -> String {
        let list = modules.map { "\"/lib/\($0)\", " }.joined()
        return #"""
            #include <fcntl.h>
            #include <linux/if_bridge.h>
            #include <linux/sockios.h>
            #include <net/if.h>
            #include <stdio.h>
            #include <string.h>
            #include <sys/ioctl.h>
            #include <sys/mman.h>
            #include <sys/mount.h>
            #include <sys/reboot.h>
            #include <sys/socket.h>
            #include <sys/syscall.h>
            #include <unistd.h>

            static const char *const modules[] = {\#(list)NULL};

            static char path[256], text[256], output[128];

            /* The first byte on the console is an exit. */
            static void say(const char *what, const char *which) {
                int length = snprintf(output, sizeof output, "%s %s\n", what, which);
                write(1, output, length);
            }

            static void set(const char *file, const char *value) {
                int descriptor = open(file, O_WRONLY);
                if (descriptor < 0 || write(descriptor, value, strlen(value)) < 0) say("cannot write", file);
                close(descriptor);
            }

            static void insert(const char *module) {
                int descriptor = open(module, O_RDONLY | O_CLOEXEC);
                say("insert", module);
                if (syscall(SYS_finit_module, descriptor, "", 0) < 0) say("cannot insert", module);
                close(descriptor);
            }

            /* Brings an interface up. */
            static void up(int control, const char *name, short flags) {
                struct ifreq request = {0};
                strcpy(request.ifr_name, name);
                request.ifr_flags = IFF_UP | flags;
                say("up", name);
                if (ioctl(control, SIOCSIFFLAGS, &request) < 0) say("cannot bring up", name);
            }

            static void addToBridge(int control, const char *name) {
                struct ifreq request = {0};
                strcpy(request.ifr_name, "bridge");
                request.ifr_ifindex = if_nametoindex(name);
                say("add", name);
                if (ioctl(control, SIOCBRADDIF, &request) < 0) say("cannot add", name);
            }

            /* Reads one event of the power button, which is 24 bytes. */
            static void waitForButton(void) {
                for (int event = 0; event < 8; event++) {
                    snprintf(path, sizeof path, "/sys/class/input/event%d/device/name", event);
                    int descriptor = open(path, O_RDONLY);
                    memset(text, 0, sizeof text);
                    read(descriptor, text, sizeof text - 1);
                    close(descriptor);
                    if (strcmp(text, "Power Button\n") != 0) continue;
                    snprintf(path, sizeof path, "/dev/input/event%d", event);
                    read(open(path, O_RDONLY), text, 24);
                    return;
                }
                say("no event of the", "power button");
                pause();
            }

            int main(void) {
                /* The pages of the stack exist from here on, too. */
                volatile char stack[1 << 16];
                memset((char *)stack, 0, sizeof stack);
                mlockall(MCL_CURRENT | MCL_FUTURE);
                mount("sys", "/sys", "sysfs", 0, "");
                mount("dev", "/dev", "devtmpfs", 0, "");
                for (int module = 0; modules[module]; module++) insert(modules[module]);

                /* Every frame goes on as it came, and the bridge says nothing itself. */
                int control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
                if (ioctl(control, SIOCBRADDBR, "bridge") < 0) say("cannot create", "bridge");
                set("/sys/class/net/bridge/bridge/forward_delay", "0");
                set("/sys/class/net/bridge/bridge/multicast_snooping", "0");
                for (int nic = 0; nic < 8; nic++) {
                    char name[IFNAMSIZ];
                    snprintf(name, sizeof name, "eth%d", nic);
                    snprintf(path, sizeof path, "/sys/class/net/%s", name);
                    memset(text, 0, sizeof text);
                    if (readlink(path, text, sizeof text - 1) < 0 || strstr(text, "/0000:00:1a.0/")) continue;
                    up(control, name, IFF_PROMISC);
                    addToBridge(control, name);
                }
                up(control, "bridge", 0);
                say("bridging", "");
                waitForButton();
                reboot(RB_POWER_OFF);
                return 1;
            }

            """#
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
        for name in ["dev", "sys", "lib"] { try memory.makeDirectory("/\(name)") }
        let names = modules.map { ($0 as NSString).lastPathComponent }
        for (file, name) in zip(modules, names) { try Tool.run(["cp", file, memory.path("/lib/\(name)")]) }
        let program = directory + "/init.c"
        try Root.machine.replace(program, with: Array(Self.initialProgram(modules: names).utf8))
        try Tool.run(["gcc", "-O2", "-static", "-o", memory.path("/init"), program])
        // In the order in which the kernel unpacks: a directory before what is in it.
        let archive = ["init", "dev", "sys", "lib"] + names.map { "lib/\($0)" }
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
