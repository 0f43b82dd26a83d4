import Diagnostics
import Glibc
import Libvirt
import Linux

// Signals are blocked first, so that every thread inherits that.
let termination = Termination()

/// Ends the program at once: libvirt's threads may be in the middle of a call, which exit handlers must not pull the floor from.
func finish(_ code: Int32) -> Never { _exit(code) }

do throws(Problem) {
    let arguments = try Arguments(Array(CommandLine.arguments.dropFirst()))
    switch arguments.verb {
    case .help:
        print(Arguments.usage)
        exit(0)
    case .destroy:
        try startLibvirt()
        if try Hypervisor(uri: arguments.connect, name: arguments.name).destroyOurs() == .ours {
            Report.say(.notice, "guest \(arguments.name): destroyed what was left of it")
        }
        finish(0)
    case .run:
        let xml = try readXML(arguments.name)
        try startLibvirt()
        finish(Runner(arguments, xml: xml.text, sockets: xml.domain.vhostSockets).run(termination))
    }
} catch {
    // As ExecStopPost= (systemd.exec(5), SERVICE_RESULT): that libvirt is away has been told by the service itself.
    if error.code.hasPrefix("libvirt-"), Environment["SERVICE_RESULT"] != nil { finish(1) }
    Report.say(.error, error.line)
    finish(error.code == "usage" ? 2 : 1)
}

/// The domain on standard input, whole.
func readXML(_ name: String) throws(Problem) -> (text: String, domain: DomainXML) {
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
        let count = read(STDIN_FILENO, &chunk, chunk.count)
        if count > 0 {
            content += chunk[..<count]
        } else if count == 0 || errno != EINTR {
            break
        }
    }
    let text = String(decoding: content, as: UTF8.self)
    let domain = DomainXML(text)
    let remedy = "the unit's StandardInputText= has to hold the domain that pvpgen makes for this guest"
    if content.isEmpty { throw Problem("domain-xml", "guest \(name): standard input is empty, expected a domain in XML", remedy: remedy) }
    guard domain.name == name else {
        throw Problem("domain-xml", "guest \(name): the XML on standard input is of domain '\(domain.name)'", remedy: remedy)
    }
    guard domain.isMarked else {
        throw Problem("domain-xml", "guest \(name): the XML on standard input has no <metadata> of \(DomainXML.namespace)", remedy: remedy)
    }
    return (text, domain)
}

func startLibvirt() throws(Problem) {
    do {
        try EventLoop.start()
    } catch {
        throw Problem("libvirt-failed", "libvirt cannot be used: \(error.message)", remedy: "reinstall package libvirt0")
    }
}
