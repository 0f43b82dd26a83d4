import Foundation
import LabTools
import Linux

/// A machine that is switched on, with a directory of its own for what it writes, its wires and a
/// way in.
package final class RunningLab: Sendable {
    /// The machine.
    package let machine: Machine
    /// Commands in it.
    package let shell: SecureShell
    /// The far ends of its NICs' cables, a pair each.
    package let pairs: [Wires]
    /// The first pair.
    package var wires: Wires { pairs[0] }
    private let directory: String

    /// Boots the images. Their root disk is left as it is unless `kernel` is given: that boot is
    /// the one that finishes it.
    init(images: LabImages, shape: MachineShape, kernel: MachineSpec.DirectBoot? = nil) throws {
        directory = try Cache.temporaryDirectory("run")
        var disk = images.root
        if kernel == nil {
            disk = directory + "/root.qcow2"
            try Tool.run(["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", images.root, disk])
        }
        let spec = MachineSpec(
            shape: shape, directory: directory, bootDisk: images.boot, disk: disk,
            format: kernel == nil ? "qcow2" : "raw",
            sshPort: try Self.freePort(), served: kernel == nil ? images.server : nil, kernel: kernel)
        let wires = try shape.nics.indices.filter(shape.hasWire).map(spec.wire).map {
            try Wire(path: $0.lab, peer: $0.machine)
        }
        pairs = stride(from: 0, to: wires.count - 1, by: 2).map { Wires(nic0: wires[$0], nic1: wires[$0 + 1]) }
        machine = try Machine(spec)
        shell = SecureShell(machine, key: images.key)
    }

    /// Switches the machine off and forgets what it wrote.
    package func end() {
        shell.disconnect()
        machine.end()
        Cache.remove(directory)
    }

    /// A TCP port of 127.0.0.1 that is free now.
    private static func freePort() throws -> UInt16 {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { throw SystemError("socket", "127.0.0.1") }
        defer { close(number) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, length) | getsockname(number, $0, &length)
            }
        }
        guard result == 0 else { throw SystemError("bind", "127.0.0.1") }
        return UInt16(bigEndian: address.sin_port)
    }
}
