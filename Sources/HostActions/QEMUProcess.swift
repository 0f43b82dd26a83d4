package import Linux
import Values

/// The QEMU of a guest, as libvirt has started it.
package struct QEMUProcess: Hashable, Sendable {
    /// Its process id.
    package let id: Int

    /// Finds the QEMU of a running guest; `nil` if there is none.
    package init?(guest: String, in root: Root) {
        let processes = ((try? root.list("/proc")) ?? []).compactMap { Int($0) }
        guard let id = processes.first(where: { Self.isQEMU(root.commandLine(ofProcess: $0) ?? [], of: guest) }) else {
            return nil
        }
        self.id = id
    }

    /// Whether a command line is that of a guest's QEMU: libvirt writes `-name
    /// guest=NAME,debug-threads=on`.
    package static func isQEMU(_ arguments: [String], of guest: String) -> Bool {
        guard let index = arguments.firstIndex(of: "-name"), index + 1 < arguments.count else { return false }
        return arguments[index + 1].split(separator: ",").contains("guest=\(guest)")
    }
}
