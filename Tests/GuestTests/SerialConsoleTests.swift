import Console
import Foundation
import Linux
import Testing

/// The guest's serial console.
extension LibvirtRestartTests {
    private var path: String { libvirt.file("serial.sock").path }

    private func startWithSerial() throws -> GuestProcess {
        var domain = TinyDomain(name: "serial")
        domain.addSerial()
        try BootSector.echoes.write(to: libvirt.file("serial.img"))
        try libvirt.give("serial.img")
        domain.addDisk(libvirt.file("serial.img").path, format: "raw")
        let guest = try GuestProcess(libvirt, ["serial", "--stop-timeout=1"], xml: domain.xml, console: path)
        try eventually("it waits for a connection") { FileManager.default.fileExists(atPath: path) }
        _ = try UnixSocket.connect(path, .stream)
        try guest.expect("READY=1")
        return guest
    }

    private func read(_ client: Descriptor, until text: String) throws {
        var seen = ""
        while !seen.contains(text) {
            try #require(Descriptor.poll(client.number, .input, timeout: 90_000), "no \(text) in \(seen)")
            guard case .bytes(let bytes) = client.read() else { break }
            seen += String(decoding: bytes, as: UTF8.self)
        }
        #expect(seen.contains(text))
    }

    @Test(
        "What it prints is seen by all who attach and logged; what is typed reaches it; libvirt may go away in between")
    func serial() throws {
        let guest = try startWithSerial()
        let client = try UnixSocket.connect(path, .stream)
        try read(client, until: "pvp\n")
        _ = client.write(Array("hello\n".utf8))
        try read(client, until: "hello\n")
        let late = try UnixSocket.connect(path, .stream)
        try read(late, until: "pvp\nhello\n")
        #expect(guest.lines == ["pvp", "hello"])
        let question =
            Frame.preface + Frame.hello(role: .control, replay: 0).bytes
            + Frame.ask(Array("stop".utf8), timeout: 1000).bytes
        let asker = try UnixSocket.connect(path, .stream)
        _ = asker.write(question)
        try read(asker, until: "no command line")
        try libvirt.stop()
        try guest.expect("STATUS=waiting for libvirt")
        try libvirt.start()
        try guest.expect("STATUS=running")
        try eventually("the console is open again") {
            _ = client.write(Array("again\n".utf8))
            return guest.lines.contains("again")
        }
        guest.signal(SIGTERM)
        #expect(try guest.exit() == 0)
    }
}
