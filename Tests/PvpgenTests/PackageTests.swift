import Foundation
import Linux
import TestSupport
import Testing

/// The scripts of the package, with tools that only record how they are called.
@Suite struct PackageTests {
    private static let scripts = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "packages/debian").path

    @Test(
        "An upgrade stops, starts and removes nothing",
        arguments: [["prerm", "upgrade", "9"], ["postrm", "upgrade", "9"], ["postinst", "configure", "0.1.0"]])
    func upgrade(_ call: [String]) throws {
        let tools = try Tree()
        let script = "#!/bin/sh\necho \"$(basename $0) $*\" >> '\(tools.path)/log'\n"
        for tool in ["systemctl", "udevadm", "systemd-sysusers", "systemd-tmpfiles", "pvpgen", "rm", "groupdel"] {
            try tools.root.replace("/\(tool)", with: Array(script.utf8), mode: 0o755)
        }
        let result = try Command(
            ["env", "PATH=\(tools.path):/usr/bin:/bin", "sh", "\(Self.scripts)/\(call[0])"] + call.dropFirst()
        ).run()
        #expect(result.status == 0, "\(result.output)")
        let log = (try? tools.text("/log")) ?? ""
        let allowed = [
            "systemctl daemon-reload", "udevadm control --reload", "systemd-sysusers ", "systemd-tmpfiles --create ",
        ]
        let calls = log.split(separator: "\n")
        #expect(calls.allSatisfy { call in allowed.contains { call.hasPrefix($0) } }, "\(log)")
    }
}
