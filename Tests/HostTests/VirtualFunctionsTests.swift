import Diagnostics
import HostActions
import Linux
import TestSupport
import Testing
import Values

@Suite struct VirtualFunctionsTests {
    static let parent = "0000:17:00.0"
    static let device = "/sys/bus/pci/devices/\(parent)"
    let functions: VirtualFunctions

    init() throws { functions = VirtualFunctions(of: try #require(PCIAddress(Self.parent))) }

    /// A NIC that can have 7, the first at 17:02.0 and then every second.
    static func tree(there: Int = 0) throws -> Tree {
        let tree = try Tree([
            "\(Self.device)/sriov_totalvfs": "7\n", "\(Self.device)/sriov_offset": "16\n",
            "\(Self.device)/sriov_stride": "2\n",
            "\(Self.device)/sriov_numvfs": "0\n",
        ])
        try tree.link("\(Self.device)/driver", "../../drivers/igb")
        try make(there, tree)
        return tree
    }

    static func make(_ count: Int, at offset: Int = 16, _ tree: Tree) throws {
        for number in 0..<8 { try tree.root.remove("\(device)/virtfn\(number)") }
        for number in 0..<count {
            let address = try #require(PCIAddress(parent)?.advanced(by: offset + 2 * number))
            try tree.link("\(device)/virtfn\(number)", "../\(address)")
        }
        try tree.write("\(device)/sriov_numvfs", "\(count)\n")
    }

    /// The kernel: makes at most `limit`, from `offset` on.
    static func machine(_ tree: Tree, limit: Int = 7, offset: Int = 16) -> HostFilesystem {
        HostFilesystem(tree.root) { path, value throws(SystemError) in
            do {
                #expect(path == "\(device)/sriov_numvfs")
                try make(min(limit, Int(value) ?? 0), at: offset, tree)
            } catch {
                throw SystemError("write", path, code: 5)
            }
        }
    }

    @Test func makesThemAndTakesThemAway() throws {
        let tree = try Self.tree()
        #expect(try functions.create(3, on: Self.machine(tree)) == "NIC 0000:17:00.0: 3 virtual functions made")
        #expect(tree.root.linkName("\(Self.device)/virtfn2") == "0000:17:02.4")
        #expect(
            try functions.create(3, on: Self.machine(tree)) == "NIC 0000:17:00.0: 3 virtual functions there already")
        #expect(
            try functions.remove(on: Self.machine(tree)).map(\.text) == [
                "NIC 0000:17:00.0: 3 virtual functions removed"
            ])
        #expect(try tree.text("\(Self.device)/sriov_numvfs") == "0" && tree.state.isEmpty)
        #expect(try functions.remove(on: Self.machine(tree)).first?.text.hasSuffix("none to remove") == true)
    }

    @Test func thoseOfAnotherProcessStay() throws {
        let tree = try Self.tree(there: 3)
        #expect(try functions.create(3, on: Self.machine(tree)).hasSuffix("there already"))
        #expect(try functions.remove(on: Self.machine(tree)).first?.text.hasSuffix("none to remove") == true)
        #expect(try tree.text("\(Self.device)/sriov_numvfs") == "3")
        let problem = failure { try functions.create(4, on: Self.machine(tree)) }
        #expect(problem?.code == .vfsExist)
    }

    @Test func moreThanItCanHave() throws {
        let tree = try Self.tree()
        #expect(
            failure { try functions.create(8, on: Self.machine(tree)) }?.line
                == "NIC 0000:17:00.0: 8 virtual functions requested, the device supports at most 7; "
                + "set VirtualFunctions=7 or less in [NIC]"
        )
        try tree.root.remove("\(Self.device)/sriov_totalvfs")
        #expect(failure { try functions.create(1, on: Self.machine(tree)) }?.code == .nicWithoutSRIOV)
        #expect(failure { try functions.create(1, on: HostFilesystem(try Tree().root)) }?.code == .nicMissing)
    }

    @Test func fewerThanWanted() throws {
        let tree = try Self.tree()
        #expect(failure { try functions.create(5, on: Self.machine(tree, limit: 2)) }?.code == .vfsShort)
    }

    /// The offset changed when they were made. They stay, so that the next plan knows better.
    @Test func elsewhereThanPlanned() throws {
        let tree = try Self.tree()
        let problem = failure { try functions.create(2, on: Self.machine(tree, offset: 128)) }
        #expect(problem?.code == .vfAddress && problem?.message.contains("0000:17:10.0") == true)
        #expect(problem?.remedy.contains("systemctl daemon-reload") == true)
        #expect(
            try functions.remove(on: Self.machine(tree)).first?.text.hasSuffix("2 virtual functions removed") == true)
    }

    @Test func refusedByTheDriver() throws {
        let tree = try Self.tree()
        let machine = HostFilesystem(tree.root) { path, _ throws(SystemError) in
            throw SystemError("write", path, code: 2)
        }
        #expect(
            failure { try functions.create(2, on: machine) }?.message
                == "NIC 0000:17:00.0: driver igb: cannot set the number of virtual functions: No such file or directory"
        )
        #expect(tree.state.isEmpty)
    }

    @Test func inUse() throws {
        let tree = try Self.tree()
        _ = try functions.create(2, on: Self.machine(tree))
        try tree.link("/sys/bus/pci/devices/0000:17:02.2/driver", "../../drivers/vfio-pci")
        let problem = failure { try functions.remove(on: Self.machine(tree)) }
        #expect(problem?.code == .vfInUse && problem?.message.contains("0000:17:02.2") == true)
        #expect(try tree.text("\(Self.device)/sriov_numvfs") == "2")
    }
}
