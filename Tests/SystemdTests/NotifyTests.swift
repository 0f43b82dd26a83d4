import Foundation
import Linux
import Systemd
import Testing

/// The other end of `sd_notify(3)`. In processes of their own, because the environment is
/// everybody's.
@Suite struct NotifyTests {
    @Test func theManagerHearsIt() async {
        await #expect(processExitsWith: .exitCode(7)) {
            let path = FileManager.default.temporaryDirectory.appending(path: "pvp-notify-\(UUID().uuidString)").path
            exit(try NotifyTests.isHeard(at: path) ? 7 : 1)
        }
    }

    @Test func abstractSocketsBeginWithAnAt() async {
        await #expect(processExitsWith: .exitCode(7)) {
            exit(try NotifyTests.isHeard(at: "@pvp-notify-\(UUID().uuidString)") ? 7 : 1)
        }
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

/// Notifications from an event loop.
@Suite struct NotifierTests {
    private let path = FileManager.default.temporaryDirectory.appending(path: "pvp-notify-\(UUID().uuidString)").path

    @Test("A notifier never waits for a manager that does not read, and sends the newest values later, in one datagram")
    func deaf() throws {
        let manager = try receiver(at: path)
        defer { unlink(path) }
        var notifier = Notifier(path)
        var sent = 0
        while !notifier.isPending {
            notifier.send("WATCHDOG=\(sent)")
            sent += 1
        }
        #expect(sent > 1)
        notifier.send("READY=1\nSTATUS=starting")
        notifier.send("STATUS=4 ports")
        #expect(notifier.isPending)
        for number in 0..<sent - 1 { #expect(manager.read() == .bytes(Array("WATCHDOG=\(number)".utf8))) }
        notifier.flush()
        #expect(!notifier.isPending)
        #expect(manager.read() == .bytes(Array("WATCHDOG=\(sent - 1)\nREADY=1\nSTATUS=4 ports".utf8)))
    }

    @Test func withoutAManagerNothingIsKept() {
        var none = Notifier(nil)
        none.send("READY=1")
        var missing = Notifier("/nowhere/notify")
        missing.send("READY=1")
        #expect(!none.isPending && !missing.isPending)
    }
}
