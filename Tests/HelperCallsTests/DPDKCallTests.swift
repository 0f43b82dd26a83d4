import Diagnostics
import Testing

@testable import HelperCalls

@Suite("Calls of pvp-dpdk") struct DPDKCallTests {
    @Test(
        "A call is read as it was written",
        arguments: [
            DPDKCall.version, .check([.allowed("0000:17:00.0")]), .check([.allowed("")]),
            .check([
                .virtual("net_vhost0,iface=/run/pvp/vhost/a,queues=1"), .allowed("ffffffff:ff:1f.7,mprq_en=1"),
                .virtual("-a"),
            ]),
        ])
    func roundTrip(_ call: DPDKCall) throws {
        #expect(try DPDKCall(call.arguments) == call)
    }

    @Test("Options are read as EAL reads them") func spellings() throws {
        let call = try DPDKCall(["check", "--allow=a", "--allow", "b", "-a", "c", "--vdev=d=e", "--vdev", "f"])
        #expect(call == .check([.allowed("a"), .allowed("b"), .allowed("c"), .virtual("d=e"), .virtual("f")]))
    }

    @Test(
        "A wrong call is refused",
        arguments: [
            [], ["versoin"], ["version", "x"], ["check"], ["check", "-a"], ["check", "0000:00:03.0"],
            ["check", "-x", "y"],
            ["check", "-a=b"],
        ])
    func refused(_ arguments: [String]) {
        #expect(#expect(throws: Problem.self) { try DPDKCall(arguments) }?.code == .usage)
    }
}
