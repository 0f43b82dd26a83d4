import Glibc

/// The addresses and routes of a machine's interfaces, in all of the kernel's tables. Link-local
/// addresses, multicast and routes of other types than unicast are left out: every interface that
/// is up has them.
package struct RoutingTables: Hashable, Sendable {
    /// An address of an interface.
    package struct Address: Hashable, Sendable {
        package var interface: String
        /// `192.0.2.5/24`
        package var text: String

        package init(_ text: String, of interface: String) {
            self.interface = interface
            self.text = text
        }
    }

    /// A route that leaves the machine through an interface.
    package struct Route: Hashable, Sendable {
        package var interface: String
        /// `default`, or `198.51.100.0/24`.
        package var destination: String
        /// The number of the table; 254 is the main one.
        package var table: UInt32

        package init(to destination: String, table: UInt32, through interface: String) {
            self.interface = interface
            self.destination = destination
            self.table = table
        }
    }

    package var addresses: [Address] = []
    package var routes: [Route] = []

    package init() {}

    /// Asks the kernel (`rtnetlink(7)`). Unlike the files of `/proc/net` its answer has the IPv4
    /// routes of every table.
    package static func ofMachine() throws(SystemError) -> RoutingTables {
        var messages: [NetlinkMessage] = []
        // The names last, so that each interface that exists by then has one. Not by
        // if_indextoname(3): it needs a socket of another family, which a unit with
        // RestrictAddressFamilies=AF_NETLINK does not get.
        for (request, kind) in [
            (Netlink.getAddress, "addresses"), (Netlink.getRoute, "routes"), (Netlink.getLink, "interfaces"),
        ] {
            messages += try Netlink.dump(request, kind)
        }
        return RoutingTables(messages)
    }

    /// Reads messages about addresses, routes and the interfaces that these name; one of an
    /// interface that is not among them is left out.
    package init(_ messages: [NetlinkMessage]) {
        let links = messages.filter { $0.type == Netlink.newLink }.compactMap(Self.link)
        let names = Dictionary(links, uniquingKeysWith: { $1 })
        for message in messages {
            switch message.type {
            case Netlink.newAddress: add(address: message, names)
            case Netlink.newRoute: add(route: message, names)
            default: break
            }
        }
    }

    /// `struct ifinfomsg`: family, type, index, flags, changed flags. IFLA_IFNAME ends with a NUL.
    private static func link(_ message: NetlinkMessage) -> (index: UInt32, name: String)? {
        guard message.payload.count >= 16, let name = message.attributes(from: 16)[3] else { return nil }
        return (message.number(at: 4), String(decoding: name.prefix { $0 != 0 }, as: UTF8.self))
    }

    /// `struct ifaddrmsg`: family, prefix length, flags, scope, index of the interface.
    private mutating func add(address message: NetlinkMessage, _ names: [UInt32: String]) {
        guard message.payload.count >= 8 else { return }
        let attributes = message.attributes(from: 8)
        // IFA_LOCAL is the interface's own where IFA_ADDRESS is that of a point-to-point link's
        // other end.
        guard let bytes = attributes[2] ?? attributes[1], let text = Self.text(bytes), !Self.isLinkLocal(bytes) else {
            return
        }
        if let interface = names[message.number(at: 4)], interface != "lo" {
            addresses.append(Address("\(text)/\(message.payload[1])", of: interface))
        }
    }

    /// `struct rtmsg`: family, length of the destination, of the source, TOS, table, protocol,
    /// scope, type, flags.
    private mutating func add(route message: NetlinkMessage, _ names: [UInt32: String]) {
        let unicast: UInt8 = 1
        let cloned: UInt32 = 0x200
        guard message.payload.count >= 12, [UInt8(AF_INET), UInt8(AF_INET6)].contains(message.payload[0]),
            message.payload[7] == unicast, message.number(at: 8) & cloned == 0
        else { return }
        let attributes = message.attributes(from: 12)
        let length = message.payload[1]
        var destination = "default"
        if let bytes = attributes[1], length > 0 {
            guard let text = Self.text(bytes), !Self.isLinkLocal(bytes), !Self.isMulticast(bytes) else { return }
            destination = "\(text)/\(length)"
        }
        let table = attributes[15].map { Netlink.number($0, at: 0) } ?? UInt32(message.payload[4])
        // RTA_OIF, or one for each next hop of RTA_MULTIPATH.
        let indices = attributes[4].map { [Netlink.number($0, at: 0)] } ?? Netlink.nextHops(attributes[9] ?? [])
        for interface in indices.compactMap({ names[$0] }) where interface != "lo" {
            let route = Route(to: destination, table: table, through: interface)
            if !routes.contains(route) { routes.append(route) }
        }
    }

    private static func text(_ address: [UInt8]) -> String? {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard address.count == 4 || address.count == 16 else { return nil }
        let family = address.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, address, &text, socklen_t(text.count)) != nil else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// 169.254.0.0/16 (RFC 3927) and fe80::/10 (RFC 4291).
    private static func isLinkLocal(_ address: [UInt8]) -> Bool {
        address.count == 4 ? address[0] == 169 && address[1] == 254 : address[0] == 0xfe && address[1] & 0xc0 == 0x80
    }

    private static func isMulticast(_ address: [UInt8]) -> Bool {
        address.count == 4 ? address[0] & 0xf0 == 0xe0 : address[0] == 0xff
    }
}
