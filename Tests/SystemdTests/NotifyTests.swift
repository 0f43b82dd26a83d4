import Foundation
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
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        try #require(descriptor >= 0)
        defer {
            close(descriptor)
            unlink(path)
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.map { $0 == UInt8(ascii: "@") ? 0 : $0 }) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.utf8.count)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        try #require(bound == 0)
        setenv("NOTIFY_SOCKET", path, 1)
        notify("READY=1\nSTATUS=4 ports")
        var message = [UInt8](repeating: 0, count: 256)
        let count = recv(descriptor, &message, message.count, Int32(MSG_DONTWAIT))
        return String(decoding: message.prefix(max(count, 0)), as: UTF8.self) == "READY=1\nSTATUS=4 ports"
    }
}
