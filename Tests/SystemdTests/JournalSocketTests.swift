import Foundation
import Linux
import Systemd
import TestSupport
import Testing

@Suite("Entries on the journal's own socket")
struct JournalSocketTests {
    private let tree: Tree
    private var path: String { tree.path + "/journal" }

    init() throws { tree = try Tree() }

    /// A socket like journald's; what it gets waits in its queue.
    private func receiver() throws -> Descriptor {
        let number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        let descriptor = Descriptor(owning: number)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        try #require(bound == 0)
        return descriptor
    }

    @Test("Fields and message, one datagram each; what has a line feed comes with its length")
    func fields() throws {
        let receiver = try receiver()
        let journal = try JournalSocket(path)
        #expect(journal.send([("PRIORITY", "6"), ("PVP_USER", "ü=x")], message: Array("hello".utf8)))
        #expect(journal.send([("A", "")], message: [0x61, 0x0a, 0x00, 0xff]))
        #expect(journal.send([], message: []))
        #expect(receiver.read() == .bytes(Array("PRIORITY=6\nPVP_USER=ü=x\nMESSAGE=hello\n".utf8)))
        let length: [UInt8] = [4, 0, 0, 0, 0, 0, 0, 0]
        #expect(receiver.read() == .bytes(Array("A=\nMESSAGE\n".utf8) + length + [0x61, 0x0a, 0x00, 0xff, 0x0a]))
        #expect(receiver.read() == .bytes(Array("MESSAGE=\n".utf8)))
        #expect(receiver.read() == .nothing)
    }

    @Test("A journal that does not read is not waited for, and told when it reads again")
    func deaf() throws {
        let receiver = try receiver()
        let journal = try JournalSocket(path)
        var sent = 0
        while journal.send([], message: Array("entry \(sent)".utf8)) { sent += 1 }
        #expect(sent > 0)
        #expect(!Descriptor.poll(journal.descriptor.number, POLLOUT, timeout: 0))
        for number in 0..<sent { #expect(receiver.read() == .bytes(Array("MESSAGE=entry \(number)\n".utf8))) }
        #expect(Descriptor.poll(journal.descriptor.number, POLLOUT, timeout: 20_000))
        #expect(journal.send([], message: Array("later".utf8)))
        #expect(receiver.read() == .bytes(Array("MESSAGE=later\n".utf8)))
    }

    @Test("A journal that is gone takes everything, and is not waited for")
    func gone() throws {
        var receiver: Descriptor? = try receiver()
        let journal = try JournalSocket(path)
        #expect(receiver != nil)
        receiver = nil
        #expect(journal.send([], message: [1]))
    }

    @Test func nobody() {
        #expect(throws: SystemError("connect", path, code: ENOENT)) { try JournalSocket(path) }
    }
}
