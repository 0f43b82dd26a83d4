import Diagnostics
import Testing

@testable import pvp_guest

@Suite struct DomainXMLTests {
    private let full = """
        <?xml version="1.0"?>
        <!-- <name>not this</name> > -->
        <domain type='kvm'>
          <name>a&amp;b</name>
          <metadata><x:name xmlns:x="urn:x">no</x:name><pvp:guest xmlns:pvp = "urn:pvpgen:domain" name='a'/></metadata>
          <devices>
            <interface type='vhostuser'>
              <mac address='52:54:00:00:00:01'/>
              <source type='unix' path='/run/pvp/vhost/a-0' mode='server'/>
            </interface>
            <interface type="vhostuser"><source mode="server" path="/run/a&gt;1" type="unix"/></interface>
            <interface type='vhostuser'><source type='unix' path='/client' mode='client'/></interface>
            <interface type='network'><source network='pvp' path='/no' mode='server'/></interface>
            <serial type='unix'><source mode='server' path='/serial'/></serial>
          </devices>
        </domain>
        """

    @Test func readsWhatItWants() throws {
        let domain = try DomainXML(full)
        #expect(domain.name == "a&b")
        #expect(domain.isMarked)
        #expect(domain.vhostSockets == ["/run/pvp/vhost/a-0", "/run/a>1"])
    }

    @Test func agent() throws {
        func hasAgent(_ target: String) throws -> Bool {
            try DomainXML("<domain><devices><channel>\(target)</channel></devices></domain>").hasAgent
        }
        #expect(try hasAgent("<target type='virtio' name='org.qemu.guest_agent.0' state='connected'/>"))
        #expect(try !hasAgent("<target type='virtio' name='org.qemu.guest_agent.0' state='disconnected'/>"))
        #expect(try !hasAgent("<target type='virtio' name='other' state='connected'/>"))
    }

    @Test func markHasToBeInMetadata() throws {
        func isMarked(_ text: String) throws -> Bool { try DomainXML(text).isMarked }
        #expect(
            try !isMarked("<domain><name>urn:pvpgen:domain</name><description xmlns='urn:pvpgen:domain'/></domain>"))
        #expect(try !isMarked("<domain><metadata><a xmlns='urn:pvpgen:domains'/></metadata></domain>"))
        #expect(try isMarked("<domain><metadata><guest xmlns='urn:pvpgen:domain'/></metadata></domain>"))
        #expect(try isMarked("<domain xmlns:p='urn:pvpgen:domain'><metadata><p:guest/></metadata></domain>"))
    }

    @Test("A document that is cut off is an error at its end")
    func cutOff() throws {
        for length in 0..<full.count - 1 {
            #expect(throws: Problem.self) { try DomainXML(String(full.prefix(length))) }
        }
        let problem = #expect(throws: Problem.self) { try DomainXML("<domain>\n  <name>a</name>\n  <devices>\n") }
        #expect(problem?.code == .domainXML && problem?.location?.line == 4)
    }
}
