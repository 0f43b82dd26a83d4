import Glibc
import Linux
import Testing

@testable import Systemd

/// Sockets as the service manager passes them (`sd_listen_fds(3)`). In processes of their own,
/// because numbers and environment are everybody's.
@Suite struct PassedSocketsTests {
    /// systemd begins with 3, which in a test's process is libdispatch's or the test runner's.
    private static let first: Int32 = 200

    /// Passes two descriptors.
    private static func pass(to pid: Int32, names: String?) {
        for number in first...first + 1 { dup2(0, number) }
        setenv("LISTEN_PID", "\(pid)", 1)
        setenv("LISTEN_FDS", "2", 1)
        if let names { setenv("LISTEN_FDNAMES", names, 1) } else { unsetenv("LISTEN_FDNAMES") }
    }

    @Test func theyComeInOrderWithTheirNames() async {
        await #expect(processExitsWith: .exitCode(7)) {
            PassedSocketsTests.pass(to: getpid(), names: "console:view")
            let sockets = passedSockets(from: PassedSocketsTests.first)
            let areClosedForChildren = sockets.allSatisfy { fcntl($0.descriptor.number, F_GETFD) == FD_CLOEXEC }
            let doNotWait = sockets.allSatisfy { fcntl($0.descriptor.number, F_GETFL) & O_NONBLOCK != 0 }
            let isAsked = getenv("LISTEN_PID") == nil && getenv("LISTEN_FDS") == nil
            let first = PassedSocketsTests.first
            let isRight =
                sockets.map(\.name) == ["console", "view"] && sockets.map(\.descriptor.number) == [first, first + 1]
            exit(isRight && areClosedForChildren && doNotWait && isAsked ? 7 : 1)
        }
    }

    @Test func withoutNamesTheyHaveNone() async {
        await #expect(processExitsWith: .exitCode(7)) {
            PassedSocketsTests.pass(to: getpid(), names: nil)
            exit(passedSockets(from: PassedSocketsTests.first).map(\.name) == ["", ""] ? 7 : 1)
        }
    }

    @Test func whatIsMeantForAnotherIsLeftAlone() async {
        await #expect(processExitsWith: .exitCode(7)) {
            PassedSocketsTests.pass(to: getppid(), names: "console:view")
            exit(passedSockets(from: PassedSocketsTests.first).isEmpty && getenv("LISTEN_PID") != nil ? 7 : 1)
        }
    }
}
