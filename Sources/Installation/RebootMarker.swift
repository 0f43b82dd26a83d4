import Diagnostics
import Linux

/// The files by which programs on Debian know that a reboot is required: unattended-upgrades and
/// the message of the day read them, and each package that requires the reboot has a line.
enum RebootMarker {
    private static let path = "/run/reboot-required"
    private static let packages = "/run/reboot-required.pkgs"
    private static let name = Array("pvpgen".utf8)
    private static let lineFeed = UInt8(ascii: "\n")
    /// Other packages write another text: their file is not removed.
    private static let text = Array("*** System restart required by pvpgen ***\n".utf8)

    /// Adds pvpgen's line while a reboot is required, and removes it when it no longer is. Does
    /// nothing on other distributions. Throws `file-unwritable`.
    static func update(isRequired: Bool, in root: Root) throws(Problem) {
        guard root.exists("/etc/debian_version"), root.exists("/run") else { return }
        do throws(SystemError) {
            let lines = try root.contents(packages) ?? []
            // The lines of other packages stay to the byte.
            let others = lines.split(separator: lineFeed, omittingEmptySubsequences: false).filter { $0 != name[...] }
            let rest = Array(others.joined(separator: [lineFeed]))
            if isRequired {
                if rest == lines { try root.replace(packages, with: lines + name + [lineFeed], mode: 0o644) }
                if !root.exists(path) { try root.replace(path, with: text, mode: 0o644) }
                return
            }
            if rest.isEmpty { try root.remove(packages) }
            if !rest.isEmpty, rest != lines { try root.replace(packages, with: rest, mode: 0o644) }
            // Another package that requires it has found our file, and needs it.
            if rest.isEmpty, try root.contents(path) == text { try root.remove(path) }
        } catch {
            throw error.problem(
                .fileUnwritable, remedy: "check the file; programs that watch it do not know about the reboot")
        }
    }
}
