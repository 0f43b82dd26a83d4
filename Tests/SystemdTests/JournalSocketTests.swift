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

    @Test("Fields and message, one datagram each; what has a line feed comes with its length")
    func fields() throws {
        let socket = try receiver(at: path)
        let journal = try JournalSocket(path)
        #expect(journal.send([("PRIORITY", "6"), ("PVP_USER", "ü=x")], message: Array("hello".utf8)))
        #expect(journal.send([("A", "")], message: [0x61, 0x0a, 0x00, 0xff]))
        #expect(journal.send([], message: []))
        #expect(socket.read() == .bytes(Array("PRIORITY=6\nPVP_USER=ü=x\nMESSAGE=hello\n".utf8)))
        let length: [UInt8] = [4, 0, 0, 0, 0, 0, 0, 0]
        #expect(socket.read() == .bytes(Array("A=\nMESSAGE\n".utf8) + length + [0x61, 0x0a, 0x00, 0xff, 0x0a]))
        #expect(socket.read() == .bytes(Array("MESSAGE=\n".utf8)))
        #expect(socket.read() == .nothing)
    }

    @Test("a journal that does not read is not waited for, and the loss is reported when it reads again")
    func deaf() throws {
        let socket = try receiver(at: path)
        let journal = try JournalSocket(path)
        var sent = 0
        while journal.send([], message: Array("entry \(sent)".utf8)) { sent += 1 }
        #expect(sent > 0)
        #expect(!Descriptor.poll(journal.descriptor.number, .output, timeout: 0))
        for number in 0..<sent { #expect(socket.read() == .bytes(Array("MESSAGE=entry \(number)\n".utf8))) }
        #expect(Descriptor.poll(journal.descriptor.number, .output, timeout: 20_000))
        #expect(journal.send([], message: Array("later".utf8)))
        #expect(socket.read() == .bytes(Array("MESSAGE=later\n".utf8)))
    }

    @Test("A journal that is gone takes everything, and is not waited for")
    func gone() throws {
        var socket: Descriptor? = try receiver(at: path)
        let journal = try JournalSocket(path)
        #expect(socket != nil)
        socket = nil
        #expect(journal.send([], message: [1]))
    }

    @Test("After a restart of the journal's socket the next entry arrives at the new one")
    func reconnects() throws {
        var socket: Descriptor? = try receiver(at: path)
        let journal = try JournalSocket(path)
        #expect(journal.send([], message: Array("before".utf8)) && socket != nil)
        socket = nil
        unlink(path)
        let new = try receiver(at: path)
        #expect(journal.send([], message: Array("first".utf8)))
        #expect(journal.send([], message: Array("second".utf8)))
        #expect(new.read() == .bytes(Array("MESSAGE=first\n".utf8)))
        #expect(new.read() == .bytes(Array("MESSAGE=second\n".utf8)))
    }

    @Test func noProcess() {
        #expect(throws: SystemError("connect", path, code: ENOENT)) { try JournalSocket(path) }
    }
}
