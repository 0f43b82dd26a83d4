import Foundation
import Linux
import Testing

/// A libvirtd with a network and files of its own: it changes no interfaces and firewalls of the
/// host.
final class SeparateLibvirt {
    /// Such a place takes root.
    static let isPossible = geteuid() == 0
    private let directory: String
    private let daemon = Process()

    /// What the daemon sees of files that it writes to, and of users that it requires.
    private static let script = """
        set -e
        for directory in /run /etc/libvirt /var/lib/libvirt /var/cache/libvirt /var/log/libvirt; do
            mkdir -p $directory
            mount -t tmpfs tmpfs $directory
        done
        mkdir /run/libvirt
        mount -t sysfs sysfs /sys
        ip link set lo up
        for file in passwd group; do cp /etc/$file /run/$file; done
        grep -q '^libvirt-qemu:' /etc/passwd || echo libvirt-qemu:x:64055:64055::/:/bin/false >> /run/passwd
        for group in libvirt-qemu:64055 kvm:64056; do
            grep -q "^${group%:*}:" /etc/group || echo "${group%:*}:x:${group#*:}:" >> /run/group
        done
        for file in passwd group; do mount --bind /run/$file /etc/$file; done
        exec /usr/sbin/libvirtd --timeout=600
        """

    /// Starts it and waits until it answers.
    init() throws {
        var template = Array("/tmp/pvp-network.XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        daemon.executableURL = URL(filePath: "/usr/bin/unshare")
        daemon.arguments = ["--net", "--mount", "sh", "-c", Self.script]
        daemon.standardError = FileHandle.nullDevice
        try daemon.run()
        let limit = Date(timeIntervalSinceNow: 60)
        while try run(["virsh", "--connect=qemu:///system", "net-list"]).status != 0 {
            try #require(Date() < limit && daemon.isRunning, "libvirtd does not answer")
            usleep(100_000)
        }
    }

    /// Ends it, and with it all that is in its place.
    func end() throws {
        for file in try run(["sh", "-c", "cat /run/libvirt/network/*.pid 2>/dev/null"]).output.split(separator: "\n") {
            if let pid = pid_t(file) { kill(pid, SIGKILL) }
        }
        kill(daemon.processIdentifier, SIGKILL)
        try FileManager.default.removeItem(atPath: directory)
    }

    /// Runs a program in the daemon's place.
    @discardableResult func run(_ arguments: [String], input: String = "") throws -> Command.Result {
        let file = directory + "/input"
        try input.write(toFile: file, atomically: true, encoding: .utf8)
        let enter = ["nsenter", "--target=\(daemon.processIdentifier)", "--net", "--mount"]
        return try Command(enter + ["sh", "-c", "exec \"$@\" < \(file)", "sh"] + arguments).run()
    }

    @discardableResult func virsh(_ arguments: String..., input: String = "") throws -> Command.Result {
        try run(["virsh", "--quiet", "--connect=qemu:///system"] + arguments, input: input)
    }

    /// Names of the networks that run.
    func networks() throws -> [String] {
        try virsh("net-list", "--name").output.split(separator: "\n").map(String.init)
    }
}
