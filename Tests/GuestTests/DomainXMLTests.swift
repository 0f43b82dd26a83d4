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

    @Test func readsWhatItWants() {
        let domain = DomainXML(full)
        #expect(domain.name == "a&b")
        #expect(domain.isMarked)
        #expect(domain.vhostSockets == ["/run/pvp/vhost/a-0", "/run/a>1"])
    }

    @Test func agent() {
        func hasAgent(_ target: String) -> Bool {
            DomainXML("<domain><devices><channel>\(target)</channel></devices></domain>").hasAgent
        }
        #expect(hasAgent("<target type='virtio' name='org.qemu.guest_agent.0' state='connected'/>"))
        #expect(!hasAgent("<target type='virtio' name='org.qemu.guest_agent.0' state='disconnected'/>"))
        #expect(!hasAgent("<target type='virtio' name='other' state='connected'/>"))
    }

    @Test func markHasToBeInMetadata() {
        #expect(
            !DomainXML("<domain><name>urn:pvpgen:domain</name><description xmlns='urn:pvpgen:domain'/></domain>")
                .isMarked)
        #expect(!DomainXML("<domain><metadata><a xmlns='urn:pvpgen:domains'/></metadata></domain>").isMarked)
        #expect(DomainXML("<domain><metadata><guest xmlns='urn:pvpgen:domain'/></metadata></domain>").isMarked)
    }

    @Test func anyStartOfATextIsReadWithoutHarm() {
        for length in 0...full.count {
            let domain = DomainXML(String(full.prefix(length)))
            #expect(domain.vhostSockets.count <= 2)
        }
    }

    @Test(arguments: [
        "", "<", "<>", "</>", "<a", "<a b", "<a b=", "<a b='", "<a b=c>", "</domain>", "a>b&;&", "<!--", "<a/",
        "<domain><name>&</name>",
    ])
    func nonsense(_ text: String) {
        #expect(DomainXML(text).vhostSockets.isEmpty)
        #expect(!DomainXML(text).isMarked)
    }
}
