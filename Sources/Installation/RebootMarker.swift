package import Diagnostics
package import Linux

/// The files by which programs on Debian know that a reboot is required: unattended-upgrades and
/// the message of the day read them, and each package that requires the reboot has a line.
package enum RebootMarker {
    private static let path = "/run/reboot-required"
    private static let packages = "/run/reboot-required.pkgs"
    private static let name = "pvpgen"
    /// Other packages write another text: their file is not removed.
    private static let text = "*** System restart required by pvpgen ***\n"

    /// Adds pvpgen's line while a reboot is required, and removes it when it no longer is. Does
    /// nothing on other distributions. Throws `file-unwritable`.
    package static func update(isRequired: Bool, in root: Root) throws(Problem) {
        guard root.exists("/etc/debian_version"), root.exists("/run") else { return }
        do throws(SystemError) {
            let lines = try root.contents(packages).map { String(decoding: $0, as: UTF8.self) } ?? ""
            let others = lines.split(separator: "\n").filter { $0 != name }
            if isRequired {
                if others.count == lines.split(separator: "\n").count { try write(others + [name[...]], in: root) }
                if !root.exists(path) { try root.replace(path, with: Array(text.utf8), mode: 0o644) }
                return
            }
            if others.count < lines.split(separator: "\n").count { try write(others, in: root) }
            // Another package that requires it has found our file, and needs it.
            if others.isEmpty, try root.contents(path) == Array(text.utf8) { try root.remove(path) }
        } catch {
            throw error.problem(.fileUnwritable, remedy: "run the command as root, on a writable file system")
        }
    }

    private static func write(_ lines: [Substring], in root: Root) throws(SystemError) {
        if lines.isEmpty { return try root.remove(packages) }
        try root.replace(packages, with: Array((lines.joined(separator: "\n") + "\n").utf8), mode: 0o644)
    }
}
