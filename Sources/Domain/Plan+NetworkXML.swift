package import Plan
import Values
package import XML

extension NetworkPlan {
    /// The libvirt network (libvirt: formatnetwork.html): only guests of the plan get an address.
    package func xml(for guests: [GuestPlan]) -> XML {
        func entry(_ index: Int) -> XML {
            guard let management = guests[index].management else { return "" }
            let name = HostName.label(guests[index].name)
            return "\n      <host mac='\(management.mac)' name='\(name)' ip='\(management.address)'/>"
        }
        return """
            <network>
              <name>\(name)</name>
              <uuid>\(uuid)</uuid>
              <forward mode='nat'/>
              <bridge name='\(bridge)' stp='on' delay='0'/>
              <domain name='\(name)' localOnly='yes'/>
              <ip address='\(host.address)' prefix='\(host.prefix)'>
                <dhcp>\(guests.indices, entry)
                </dhcp>
              </ip>
            </network>

            """
    }
}
