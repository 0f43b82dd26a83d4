import Diagnostics
import Foundation
import Linux
import TestSupport
import Testing

@Suite("Sockets, descriptors and signals")
struct SocketTests {
    private let tree: Tree
    private var directory: String { tree.path }
    private var path: String { directory + "/s.sock" }

    init() throws { tree = try Tree() }

    private func mode(_ path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test func bytesBothWays() throws {
        let listener = try UnixSocket.listen(path, .stream, mode: 0o660)
        #expect(try mode(path) == 0o660)
        #expect(UnixSocket.accept(listener) == nil)
        let client = try UnixSocket.connect(path, .stream)
        let server = try #require(UnixSocket.accept(listener))
        let peer = try #require(UnixSocket.peer(server))
        #expect(peer.pid == getpid() && peer.uid == geteuid())
        let count = getgroups(0, nil)
        var groups = [gid_t](repeating: 0, count: Int(count))
        #expect(getgroups(count, &groups) == count)
        #expect(peer.groups == Set(groups + [getegid()]))
        #expect(server.read() == .nothing)
        #expect(client.write([1, 2, 3]) == 3)
        #expect(server.read() == .bytes([1, 2, 3]))
        UnixSocket.finishWriting(client)
        #expect(server.read() == .end)
        #expect(server.write([4]) == 1)
        #expect(client.read() == .bytes([4]))
    }

    @Test("A write never waits, and returns how much was taken")
    func fullSocket() throws {
        let listener = try UnixSocket.listen(path, .stream, mode: 0o600)
        var client: Descriptor? = try UnixSocket.connect(path, .stream)
        #expect(client != nil)
        let server = try #require(UnixSocket.accept(listener))
        let taken = try #require(server.write([UInt8](repeating: 7, count: 10 << 20)))
        #expect(taken > 0 && taken < 10 << 20)
        #expect(server.write([1]) == 0)
        client = nil
        // Another test's child may have it for as long as it takes to become its program.
        #expect(Descriptor.poll(server.number, .output, timeout: 20_000))
        #expect(server.write([1]) == nil)
    }

    @Test("The same for a pipe whose flags another process set")
    func fullPipe() throws {
        let pipe = Pipe()
        let number = pipe.fileHandleForWriting.fileDescriptor
        let taken = try #require(Descriptor.write([UInt8](repeating: 7, count: 10 << 20), to: number))
        #expect(taken > 0 && taken < 10 << 20)
        #expect(fcntl(number, F_GETFL) & O_NONBLOCK == 0)
    }

    @Test func epoll() throws {
        let epoll = try Epoll()
        let listener = try UnixSocket.listen(path, .stream, mode: 0o600)
        #expect(try epoll.wait(0).isEmpty)
        try epoll.set(listener.number, .read)
        let client = try UnixSocket.connect(path, .stream)
        #expect(try epoll.wait(20_000).map(\.descriptor) == [listener.number])
        epoll.remove(listener.number)
        epoll.remove(listener.number)
        var server = UnixSocket.accept(listener)
        #expect(server != nil)
        try epoll.set(client.number, .read)
        try epoll.set(client.number, [.read, .write])
        #expect(try epoll.wait(20_000).map(\.ready) == [.write])
        server = nil
        try epoll.set(client.number, [])
        #expect(try epoll.wait(20_000).first?.ready.isDisjoint(with: .hangup) == false)
    }

    @Test func longPath() {
        let path = directory + "/" + String(repeating: "x", count: 108)
        #expect(throws: SystemError("socket", path, code: ENAMETOOLONG)) { try UnixSocket.connect(path, .stream) }
    }

    @Test("Signals come in order and do not interrupt")
    func signals() throws {
        let signals = try Signals([SIGUSR1, SIGUSR2])
        #expect(signals.next() == nil)
        pthread_kill(pthread_self(), SIGUSR1)
        #expect(Descriptor.poll(signals.descriptor.number, .input, timeout: 20_000))
        #expect(signals.next() == SIGUSR1)
        #expect(signals.next() == nil)
    }
}
