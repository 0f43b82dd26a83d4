import Diagnostics
import JSON
import Measurement

extension LossLocation {
    /// Kind and names, and ``text`` for people.
    var json: JSON {
        var members: [JSON.Member]
        switch self {
        case .nic(let name): members = [.init("kind", "nic"), .init("name", .string(name))]
        case .testpmd(let name, let peer):
            members = [.init("kind", "testpmd"), .init("name", .string(name)), .init("toward", peer.json)]
        case .testpmdReceiving(let name, let peer):
            members = [.init("kind", "testpmd-receiving"), .init("name", .string(name)), .init("from", peer.json)]
        case .guest(let name): members = [.init("kind", "guest"), .init("name", .string(name))]
        case .sendingNIC(let name): members = [.init("kind", "sending-nic"), .init("name", .string(name))]
        }
        return .object(members + [.init("text", .string(text))])
    }

    init(_ members: ResultMembers) throws(Problem) {
        let name = try members.string("name")
        switch try members.string("kind") {
        case "nic": self = .nic(name)
        case "testpmd": self = .testpmd(name, toward: try HopCounters.Peer(members.members("toward")))
        case "testpmd-receiving":
            self = .testpmdReceiving(name, from: try HopCounters.Peer(members.members("from")))
        case "guest": self = .guest(name)
        case "sending-nic": self = .sendingNIC(name)
        case let kind: throw members.malformed("kind", "unknown place '\(kind)'")
        }
    }
}

extension HopCounters.Peer {
    fileprivate var json: JSON {
        switch self {
        case .nic(let name): ["kind": "nic", "name": .string(name)]
        case .guest(let name): ["kind": "guest", "name": .string(name)]
        }
    }

    fileprivate init(_ members: ResultMembers) throws(Problem) {
        let name = try members.string("name")
        switch try members.string("kind") {
        case "nic": self = .nic(name)
        case "guest": self = .guest(name)
        case let kind: throw members.malformed("kind", "unknown port '\(kind)'")
        }
    }
}
