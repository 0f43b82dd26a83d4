import Foundation
import Linux
import Systemd
import Testing

/// The other end of `sd_notify(3)`. In processes of their own, because the environment is everybody's.
@Suite struct NotifyTests {
    @Test func theManagerHearsIt() async {
        await #expect(processExitsWith: .exitCode(7)) {
            let path = FileManager.default.temporaryDirectory.appending(path: "pvp-notify-\(UUID().uuidString)").path
            exit(try NotifyTests.isHeard(at: path) ? 7 : 1)
        }
    }

    @Test func abstractSocketsBeginWithAnAt() async {
        await #expect(processExitsWith: .exitCode(7)) { exit(try NotifyTests.isHeard(at: "@pvp-notify-\(UUID().uuidString)") ? 7 : 1) }
    }

    @Test func withoutManagerNothingHappens() async {
        await #expect(processExitsWith: .exitCode(7)) {
            unsetenv("NOTIFY_SOCKET")
            notify("READY=1")
            setenv("NOTIFY_SOCKET", "/nowhere/notify", 1)
            notify("READY=1")
            exit(7)
        }
    }

    private static func isHeard(at path: String) throws -> Bool {
        let manager = try receiver(at: path)
        defer { unlink(path) }
        setenv("NOTIFY_SOCKET", path, 1)
        notify("READY=1\nSTATUS=4 ports")
        return manager.read() == .bytes(Array("READY=1\nSTATUS=4 ports".utf8))
    }
}
