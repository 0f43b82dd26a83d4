import Foundation
import Linux
import TestSupport
import Testing

@testable import ConsoleServer

@Suite("Who logged in at the other end of a console's connection")
struct PeerAccessTests {
    private let tree: Tree

    init() throws {
        tree = try Tree()
        try tree.write("/proc/4711/loginuid", "1000\n")
        try tree.write("/proc/4712/loginuid", "4294967295\n")
    }

    @Test("The login of a process that still runs is the label, also on a kernel without a handle for it")
    func running() throws {
        #expect(PeerAccess.login(4711, try ProcessHandle(getpid()), in: tree.root) == 1000)
        #expect(PeerAccess.login(4711, nil, in: tree.root) == 1000)
        #expect(PeerAccess.login(4712, nil, in: tree.root) == nil)
        #expect(PeerAccess.login(4713, nil, in: tree.root) == nil)
    }

    @Test("The number of a process that has ended is another's: no label")
    func ended() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/cat")
        let input = Pipe()
        process.standardInput = input
        try process.run()
        let handle = try ProcessHandle(process.processIdentifier)
        #expect(!handle.hasEnded)
        try input.fileHandleForWriting.close()
        #expect(handle.hasEnded(within: 60_000))
        #expect(PeerAccess.login(4711, handle, in: tree.root) == nil)
    }

    @Test("The handle of a connection is the process that made it")
    func connection() throws {
        let (end, other) = try UnixSocket.pair()
        // Linux before 6.5 has none.
        if let handle = ProcessHandle(peerOf: end) { #expect(!handle.hasEnded) }
        withExtendedLifetime(other) {}
    }
}
