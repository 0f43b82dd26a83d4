import Foundation
import Systemd
import Testing

/// The other end of `sd_notify(3)`.
@Suite struct NotifyTests {
    /// In a process of its own, because the environment is everybody's.
    @Test func theManagerHearsIt() async {
        await #expect(processExitsWith: .exitCode(7)) { exit(try NotifyTests.isHeard() ? 7 : 1) }
    }

    private static func isHeard() throws -> Bool {
        let path = FileManager.default.temporaryDirectory.appending(path: "pvp-notify-\(UUID().uuidString)").path
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        try #require(descriptor >= 0)
        defer {
            close(descriptor)
            unlink(path)
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        try #require(bound == 0)
        setenv("NOTIFY_SOCKET", path, 1)
        notify("READY=1\nSTATUS=4 ports")
        var message = [UInt8](repeating: 0, count: 256)
        let count = recv(descriptor, &message, message.count, Int32(MSG_DONTWAIT))
        return String(decoding: message.prefix(max(count, 0)), as: UTF8.self) == "READY=1\nSTATUS=4 ports"
    }
}
