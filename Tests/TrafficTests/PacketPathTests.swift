import Linux
import Plan
import TestSupport
import Testing

@testable import Traffic

/// The plan of a case of `Tests/Cases`.
func plan(of name: String) throws -> Plan {
    let host = try HostCase(name)
    return try #require(Plan.read(from: host.root).plan)
}

@Suite("Ways through the chain")
struct PacketPathTests {
    private func paths(_ name: String) throws -> [String] {
        try PacketPath.all(in: plan(of: name)).map { path in
            path.hops.map { "\($0.testpmd):\($0.port) \($0.direction.rawValue) \($0.role.name)" }.joined(
                separator: ", ")
        }
    }

    @Test func oneGuest() throws {
        #expect(
            try paths("01-example") == [
                "testpmd:0 in nic0, testpmd:2 out guest/guest-0, testpmd:3 in guest/guest-1, testpmd:1 out nic1",
                "testpmd:1 in nic1, testpmd:3 out guest/guest-1, testpmd:2 in guest/guest-0, testpmd:0 out nic0",
            ])
    }

    @Test func threeGuestsOneAfterTheOther() throws {
        let paths = try paths("10-chain-of-three")
        #expect(paths.count == 2)
        for path in paths { #expect(path.split(separator: ",").count == 8, "\(path)") }
    }

    @Test func eachTestpmdHasItsOwn() throws {
        let paths = try PacketPath.all(in: plan(of: "09-two-testpmds"))
        #expect(paths.count == 4)
        for path in paths { #expect(Set(path.hops.map(\.testpmd)).count == 1) }
    }

    @Test("In and out take turns, and a guest with one interface sends back on it")
    func oneInterface() throws {
        var plan = try plan(of: "01-example")
        plan.guests[0].vhosts.removeLast()
        plan.testpmds[0].portList = [0, 2]
        let path = try #require(PacketPath.all(in: plan).first)
        #expect(path.hops.map(\.port) == [0, 2, 2, 0])
        #expect(path.hops.map(\.direction) == [.into, .out, .into, .out])
    }

    @Test func nothingForwards() throws {
        var plan = try plan(of: "01-example")
        plan.testpmds[0].portList = []
        #expect(PacketPath.all(in: plan).isEmpty)
    }
}
