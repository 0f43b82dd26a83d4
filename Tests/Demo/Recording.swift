import Foundation
import Lab
import LabTools

extension PVPHost {
    /// Writes what `pvpgen status` and `pvpgen top` print, with colors, into files of a folder.
    /// Frames cross the guest while top counts them.
    func record(in folder: String) throws {
        let colors = "SYSTEMD_COLORS=1"
        let unit = "record-top"
        let file = "/run/\(unit).txt"
        try shell.run([
            "systemd-run", "--unit=\(unit)", "--setenv=\(colors)", "--property=StandardOutput=truncate:\(file)",
            "pvpgen", "top", "--once",
            "--interval=10",
        ])
        while try shell.attempt(["systemctl", "is-active", "--quiet", unit]).status == 0 {
            for end in [Wires.End.nic0, .nic1] { _ = try cross(500, from: end) }
        }
        let top = try shell.run(["cat", file])
        let status = try shell.run(["env", colors, "pvpgen", "status"])
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (verb, text) in [("status", status), ("top", top)] {
            try text.write(toFile: "\(folder)/\(verb).txt", atomically: true, encoding: .utf8)
        }
    }
}
