import HostTopology
public import Plan

extension NetworkPlan {
    /// The libvirt network (libvirt: formatnetwork.html): only guests of the plan get an address.
    public func xml(for guests: [GuestPlan]) -> XML {
        var hosts: XML = ""
        for guest in guests {
            guard let management = guest.management else { continue }
            hosts += "\n      <host mac='\(management.mac)' name='\(guest.name)' ip='\(management.address.description)'/>"
        }
        return """
            <network>
              <name>\(name)</name>
              <uuid>\(uuid)</uuid>
              <forward mode='nat'/>
              <bridge name='\(bridge)' stp='on' delay='0'/>
              <domain name='\(name)' localOnly='yes'/>
              <ip address='\(host.address.description)' prefix='\(host.prefix)'>
                <dhcp>\(hosts)
                </dhcp>
              </ip>
            </network>

            """
    }
}
