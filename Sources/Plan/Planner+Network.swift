import Config
import Diagnostics
import HostTopology
import Values

/// The owner of an address, described as `guest a`.
struct AddressOwner: CustomStringConvertible {
    var kind: String
    var name: String

    var description: String { "\(kind) \(name)" }
}

/// A port of this host that leads to a guest, on an address or on all of them.
struct SSHPort {
    var port: Int
    var listen: String?
    var owner: String
}

extension Planner {
    /// The addresses of the guests: the configured ones, and the next free one for each other
    /// guest. A guest with an error keeps its index.
    static func addresses(_ config: Config) -> [IPv4Address?] {
        let host = config.network.address
        var taken = ([host.address] + config.guests.compactMap { $0.network ? $0.address.value : nil }).sorted()[...]
        var addresses: [IPv4Address?] = config.guests.map { _ in nil }
        var next = IPv4Address(host.network.value + 1)
        for index in addresses.indices where config.guests[index].network {
            if let given = config.guests[index].address.value {
                addresses[index] = given
                continue
            }
            while let first = taken.first, first <= next {
                if first == next { next = IPv4Address(next.value + 1) }
                taken.removeFirst()
            }
            guard next < host.broadcast else { break }
            addresses[index] = next
            next = IPv4Address(next.value + 1)
        }
        return addresses
    }

    /// Plans a guest's interface on the management network; `nil` without one. What is wrong is
    /// reported.
    mutating func planManagement(_ section: GuestSection, _ name: String, _ address: IPv4Address?) -> GuestPlan
        .Management?
    {
        var owner: String { "guest " + name }
        guard section.network else {
            for key in ["MACAddress", "Address", "SSHPort", "SSHListen"]
            where !section.source.assignments(of: key).isEmpty {
                report(
                    .guestNetwork, "\(owner): \(key)= requires the management network, and Network=no is set",
                    remedy: "remove \(key)=, or Network=no", at: section.location(of: key))
            }
            return nil
        }
        let network = config.network
        guard let address else {
            report(
                .networkFull, "\(owner): no free address in [Network] Address=\(network.address)",
                remedy: "set a shorter prefix in [Network], or Network=no in [Guest]", at: section.location)
            return nil
        }
        if section.address.value != nil { checkAddress(address, section, owner) }
        let mac =
            section.managementMAC.value
            ?? Self.macAddress(("\(host.machineID ?? "") \(name)" as UTF8StringBuilder).bytes)
        let holder = AddressOwner(kind: "guest", name: name)
        if let other = macs.updateValue(holder, forKey: mac) {
            report(mac, of: holder, and: other, at: section.location(of: "MACAddress"))
        }
        let listen = planSSH(section, owner)
        return GuestPlan.Management(network: network.name, mac: mac, address: address, sshListen: listen)
    }

    /// Checks an address that was given: those that were not are free.
    private mutating func checkAddress(_ address: IPv4Address, _ section: GuestSection, _ owner: String) {
        let own = config.network.address
        if !own.hasPlace(for: address) {
            report(
                .addressOutside, "\(owner): Address=\(address) is not in the network of [Network] Address=\(own)",
                remedy: "set an address between \(own.network) and \(own.broadcast), or remove Address=",
                at: section.location(of: "Address"))
        } else if address == own.address {
            report(
                .addressHost, "\(owner): Address=\(address) is the address of the host in [Network]",
                remedy: "set another address, or remove Address=",
                at: section.location(of: "Address"))
        } else if let other = addressOwners.updateValue(owner, forKey: address) {
            report(
                .addressTwice, "\(owner): Address=\(address) is already in use by \(other)",
                remedy: "set another address, or remove Address=",
                at: section.location(of: "Address"))
        }
    }

    /// Where the host listens for the guest's ssh. Two may have one port on different addresses.
    private mutating func planSSH(_ section: GuestSection, _ owner: @autoclosure () -> String) -> String? {
        let port = section.sshPort.value ?? (config.guests.count == 1 ? 2222 : 0)
        guard port > 0 else {
            if section.sshListen != nil {
                report(
                    .sshPort, "\(owner()): SSHListen= requires SSHPort=, which is not set, ignoring",
                    remedy: "set SSHPort=",
                    severity: .warning, at: section.location(of: "SSHListen"))
            }
            return nil
        }
        let listen = section.sshListen
        if let other = sshPorts.first(where: {
            $0.port == port && ($0.listen == nil || listen == nil || $0.listen == listen)
        }) {
            report(
                .sshPortTwice, "\(owner()): SSHPort=\(port) is already in use by \(other.owner)",
                remedy: "set another SSHPort= or SSHListen=", at: section.location(of: "SSHPort"))
            return nil
        }
        sshPorts.append(SSHPort(port: port, listen: listen, owner: owner()))
        guard let listen else { return "\(port)" }
        return listen.utf8.contains(UInt8(ascii: ":")) ? "[\(listen)]:\(port)" : "\(listen):\(port)"
    }

    /// Reports a MAC address that two have.
    mutating func report(
        _ mac: MACAddress, of owner: AddressOwner, and other: AddressOwner, at location: SourceLocation?
    ) {
        report(
            .macTwice, "\(owner): MAC address \(mac) is already in use by \(other)", remedy: "set another MACAddress=",
            at: location)
    }

    /// The network, when a guest is on it.
    func planNetwork(_ guests: [GuestPlan]) -> NetworkPlan? {
        guard guests.contains(where: { $0.management != nil }) else { return nil }
        let name = config.network.name
        return NetworkPlan(
            name: name, uuid: Self.uuid("\(host.machineID ?? "") network \(name)"), host: config.network.address)
    }

    /// A UUID of two hashes (FNV-1a), of the version for custom formats (RFC 9562: 8).
    static func uuid(_ name: String) -> String {
        let bytes = Array(name.utf8)
        let first = FNV1a.hash64(bytes)
        let second = FNV1a.hash64(bytes, basis: 0x8422_2325_cbf2_9ce4)
        let high = Hexadecimal.bytes(first & ~0xf000 | 0x8000, count: 8, separator: nil)
        let low = Hexadecimal.bytes(second & (1 << 62 - 1) | 1 << 63, count: 8, separator: nil)
        var text: [UInt8] = []
        for (index, digit) in (high + low).utf8.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append(UInt8(ascii: "-")) }
            text.append(digit)
        }
        return String(decoding: text, as: UTF8.self)
    }
}
