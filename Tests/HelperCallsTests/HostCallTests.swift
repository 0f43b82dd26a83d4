import Diagnostics
import Testing
import Tuning
import Values

@testable import HelperCalls

@Suite("Calls of pvp-host") struct HostCallTests {
    private static let nics = ["0000:00:00.0", "0000:17:00.1", "ffffffff:ff:1f.7"].compactMap { PCIAddress($0) }
    private static let sizes = ["1K", "2M", "512M", "1G", "1048575G"].compactMap { HugepageSize($0) }

    private static var pools: [HostVerb] {
        sizes.flatMap { size in
            [(0, 1), (1 << 30, 1 << 30)].flatMap { node, pages in
                [
                    HostVerb.reserveHugepages(node: node, size: size, pages: pages),
                    .releaseHugepages(node: node, size: size),
                ]
            }
        }
    }

    private static var bindings: [HostVerb] {
        [[], [nics[1]], nics].flatMap { others in
            [NetworkExemption.none, .unrecorded, .all].flatMap { exemption in
                [true, false].map { mayHaveNoIOMMU in
                    var call = VFIOCall(nics[2])
                    call.others = others
                    call.exemption = exemption
                    call.mayHaveNoIOMMU = mayHaveNoIOMMU
                    return .bindVFIO(call)
                }
            }
        }
    }

    private static var tunings: [HostVerb] {
        guard let many = CPUSet("0-1023"), let some = CPUSet("1,3,5-7,4095") else { return [] }
        let tunings = [
            Tuning(isolated: some, housekeeping: many, items: [.nmiWatchdog]),
            Tuning(isolated: many, housekeeping: some, items: [], wakeupLatency: 0),
            Tuning(isolated: some, housekeeping: many, siblings: some, items: .all, wakeupLatency: 1 << 30),
        ]
        return tunings.flatMap { [.tune($0, stays: true), .tune($0, stays: false)] }
    }

    static var verbs: [HostVerb] {
        let functions = nics.flatMap {
            [HostVerb.createVFs(of: $0, count: 1), .createVFs(of: $0, count: 1 << 30), .removeVFs(of: $0)]
        }
        let units: [HostVerb] = [
            .ready(["testpmd.service"]), .ready(["pvp-vfio@0000:17:00.0.service", "a.service", "b.socket"]),
        ]
        return pools + functions + bindings + nics.map { .unbindVFIO($0) } + tunings + units
            + [.untune, .configError, .moveThreads(guest: "guest"), .moveThreads(guest: "A.b_c-1")]
    }

    @Test("A call is read as it was written", arguments: verbs) func roundTrip(_ verb: HostVerb) throws {
        var call = HostCall(verb)
        #expect(try HostCall(call.arguments) == call)
        call.root = "/a=b/--c"
        #expect(try HostCall(call.arguments) == call)
    }

    @Test("The table has each verb, and values as extreme as they may be") func table() {
        #expect(Set(Self.verbs.map { $0.arguments[0] }).count == 11)
        #expect(Self.sizes.count == 5 && Self.nics.count == 3 && Self.tunings.count == 6)
    }

    @Test("Variables hold what a template's command line does not")
    func variables() throws {
        let size = try #require(HugepageSize("1G"))
        #expect(
            HostVerb.reserveHugepages(node: 0, size: size, pages: 4).variables == ["PVP_PAGE_SIZE=1G", "PVP_PAGES=4"])
        #expect(HostVerb.createVFs(of: Self.nics[0], count: 2).variables == ["PVP_VFS=2"])
        #expect(HostVerb.bindVFIO(VFIOCall(Self.nics[0])).variables == [] && HostVerb.untune.variables == [])
        var call = VFIOCall(Self.nics[0])
        call.others = Array(Self.nics[1...])
        call.exemption = .all
        #expect(HostVerb.bindVFIO(call).variables == ["PVP_VFIO=--with=0000:17:00.1,ffffffff:ff:1f.7 --force=yes"])
        let tuning = Tuning(
            isolated: try #require(CPUSet("2-7")), housekeeping: try #require(CPUSet("0-1")), items: [.samepageMerging],
            wakeupLatency: 2)
        #expect(
            HostVerb.tune(tuning, stays: true).variables == [
                "PVP_TUNE=--isolated=2-7 --housekeeping=0-1 --wakeup-latency=2 ksm"
            ])
    }

    @Test(
        "A wrong call is refused",
        arguments: [
            [], ["bnid-vfio"], [""], ["-x"], ["--"], ["untune", "ksm"], ["untune", "--stay"],
            ["config-error", "--root"],
            ["config-error", "--root="], ["untune", "--root=/a", "--root=/b"],
            ["bind-vfio"], ["bind-vfio", "03.0"], ["bind-vfio", "0000:00:03.0", "0000:00:04.0"],
            ["bind-vfio", "0000:00:03.0", "--with=0000:00:04.0,"], ["bind-vfio", "0000:00:03.0", "--force=no"],
            ["unbind-vfio", "0000:00:03.0", "--with=0000:00:04.0"],
            ["reserve-hugepages", "--node=0", "--size=1G"],
            ["reserve-hugepages", "--node=0", "--size=1G", "--pages=0"],
            ["reserve-hugepages", "--node=0", "--size=1G", "--pages=1073741825"],
            ["reserve-hugepages", "--node=0", "--size=1X", "--pages=2"],
            ["reserve-hugepages", "--node=-1", "--size=1G", "--pages=2"],
            ["reserve-hugepages", "--size=1G", "--pages=2"],
            ["release-hugepages", "--node=0", "--size=1G", "--pages=2"],
            ["release-hugepages", "--node=0", "--node=1", "--size=1G"],
            ["create-vfs", "0000:00:03.0"], ["create-vfs", "--count=2"], ["create-vfs", "0000:00:03.0", "--count=0"],
            ["remove-vfs"],
            ["ready"], ["ready", "--stay", "testpmd.service"], ["move-threads"], ["move-threads", "a", "b"],
            ["tune", "--isolated=2-3", "--housekeeping=0-1"], ["tune", "--isolated=2-3", "--housekeeping=0-1", "kms"],
            ["tune", "ksm"],
            ["tune", "--isolated=2-3", "--housekeeping=0-1", "--wakeup-latency=-1"],
            ["tune", "--isolated=", "--housekeeping=0-1", "ksm"],
            ["tune", "--isolated=2-3", "--housekeeping=0-1", "--stay=yes", "ksm"],
        ])
    func refused(_ arguments: [String]) {
        #expect(#expect(throws: Problem.self) { try HostCall(arguments) }?.code == .usage)
    }
}
