import HostActions
import Linux
import TestSupport
import Testing
import Values

/// NICs and their virtual functions.
enum NICLaw {
    /// A NIC with a driver and a `driver_override`; `change` is what another process does to the
    /// tree.
    private static func host(
        _ driver: String?, override: String = "", matching: String? = "e1000e",
        change: @escaping (PCITree) throws -> Void = { _ in }
    ) throws -> LawTests.Host {
        let pci = try PCITree(driver: driver, matching: matching)
        try pci.files.write("\(pci.device)/driver_override", override.isEmpty ? "(null)\n" : "\(override)\n")
        let binding = VFIOBinding(try #require(PCIAddress(PCITree.nic)))
        return LawTests.Host {
            let text = try pci.files.text("\(pci.device)/driver_override")
            return "driver \(pci.driver ?? "none"), override \(text == "(null)" ? "none" : text)"
        } claim: {
            _ = try binding.bind(on: pci.machine)
        } change: {
            try change(pci)
        } release: {
            let lines = try binding.unbind(on: pci.machine)
            #expect(try pci.files.state.isEmpty)
            return lines.filter(\.isWarning).map(\.text)
        }
    }

    /// A NIC that can have 7 virtual functions.
    private static func parent(_ count: Int, claims: Int, change: Int? = nil) throws -> LawTests.Host {
        let functions = VirtualFunctions(of: try #require(PCIAddress(VirtualFunctionsTests.parent)))
        let tree = try VirtualFunctionsTests.tree(there: count)
        return LawTests.Host {
            try tree.text("\(VirtualFunctionsTests.device)/sriov_numvfs") + " functions"
        } claim: {
            _ = try functions.create(claims, on: VirtualFunctionsTests.machine(tree))
        } change: {
            if let change { try VirtualFunctionsTests.make(change, tree) }
        } release: {
            let lines = try functions.remove(on: VirtualFunctionsTests.machine(tree))
            #expect(tree.state.isEmpty)
            return lines.filter(\.isWarning).map(\.text)
        }
    }

    static let cases: [LawTests.Case] = [
        .init("NIC") { try host("e1000e") },
        .init("NIC", change: "binds igb", after: "driver igb, override none") {
            try host("e1000e") { try $0.files.link("\($0.device)/driver", "../../drivers/igb") }
        },
        .init("NIC", change: "unbinds it", after: "driver none, override none") {
            try host("e1000e") { try $0.files.root.remove("\($0.device)/driver") }
        },
        .init("NIC", change: "sets driver_override to igb", after: "driver igb, override igb") {
            try host("e1000e") { try $0.files.write("\($0.device)/driver_override", "igb\n") }
        },
        .init("NIC", change: "clears driver_override") {
            try host("e1000e") { try $0.files.write("\($0.device)/driver_override", "(null)\n") }
        },
        .init("NIC with an override") { try host("e1000e", override: "e1000e") },
        .init("NIC with an override", change: "sets driver_override to igb", after: "driver igb, override igb") {
            try host("e1000e", override: "e1000e") { try $0.files.write("\($0.device)/driver_override", "igb\n") }
        },
        .init("NIC with an override for vfio-pci") { try host("e1000e", override: "vfio-pci") },
        .init("NIC with a driver that does not match") { try host("igb", matching: nil) },
        .init("NIC without a driver") { try host(nil) },
        .init("NIC without a driver", change: "binds igb", after: "driver igb, override none") {
            try host(nil) { try $0.files.link("\($0.device)/driver", "../../drivers/igb") }
        },
        .init("NIC on vfio-pci") { try host("vfio-pci") },
        .init("NIC on vfio-pci with an override") { try host("vfio-pci", override: "vfio-pci") },
        .init("virtual functions") { try parent(0, claims: 3) },
        .init("virtual functions", change: "makes 5", after: "5 functions") { try parent(0, claims: 3, change: 5) },
        .init("virtual functions", change: "removes them") { try parent(0, claims: 3, change: 0) },
        .init("virtual functions, there before") { try parent(3, claims: 3) },
    ]
}
