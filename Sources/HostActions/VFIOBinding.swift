public import Diagnostics
import Glibc
public import HostTopology
public import Linux

/// A NIC given to user space through `vfio-pci`, and taken back.
public struct VFIOBinding: Hashable, Sendable {
    private static let driver = "vfio-pci"
    /// Where it is.
    public let address: PCIAddress
    /// Others that are given to it too: if they are in the same IOMMU group they are no obstacle.
    let others: [PCIAddress]
    /// Whether it may be given away where no IOMMU keeps it off memory.
    let mayHaveNoIOMMU: Bool

    /// For the PCI function at this address; `others` go to `vfio-pci` with it.
    public init(_ address: PCIAddress, with others: [PCIAddress] = [], mayHaveNoIOMMU: Bool = false) {
        self.address = address
        self.others = others
        self.mayHaveNoIOMMU = mayHaveNoIOMMU
    }

    /// Gives the function to `vfio-pci` and looks whether it has it. Returns a line that says what was done.
    /// Throws `nic-missing`, `nic-without-iommu`, `vfio-without-iommu`, `nic-default-route`, `nic-group-shared`, `vfio-missing`, `nic-not-bound`; then the function is as it was.
    public func bind(on machine: Machine) throws(Problem) -> String {
        let function = PCIFunction(address: address, root: machine.root)
        guard function.isThere else {
            throw problem("nic-missing", "no such PCI device", "`lspci -D` lists those there; correct PCIAddress= in [NIC]")
        }
        guard function.group != nil || mayHaveNoIOMMU else {
            throw problem(
                "nic-without-iommu", "not in an IOMMU group, so there is no IOMMU at work",
                "switch VT-d or AMD-Vi on in the firmware, then `pvpgen install` and reboot, for intel_iommu=on on the kernel command line")
        }
        let before = function.driver
        if before == Self.driver {
            try check(function)
            return "\(self): on vfio-pci already"
        }
        let routes = DefaultRoute.carried(by: address, in: machine.root)
        if !routes.isEmpty {
            throw problem(
                "nic-default-route",
                "carries the default route (\(routes.joined(separator: ", "))), and this machine would be cut off",
                "choose another PCIAddress= in [NIC], or move the route")
        }
        let obstacles = obstacles(in: machine.root)
        if !obstacles.isEmpty {
            throw problem(
                "nic-group-shared", "shares IOMMU group \(function.group ?? "") with \(obstacles.joined(separator: ", "))",
                "use a NIC in another slot, or unbind these from their drivers, since a group is given away whole")
        }
        guard machine.root.exists("\(PCIFunction.bus)/drivers/\(Self.driver)") else {
            throw problem("vfio-missing", "the driver vfio-pci is not loaded", "`modprobe vfio-pci`")
        }
        if function.group == nil { try allowNoIOMMU(machine) }

        let memory = Memory(machine.root, state)
        try memory.keep(before ?? "")
        let override = function.override
        do throws(Problem) {
            try set("\(function.directory)/driver_override", Self.driver, machine)
            try move(function, to: nil, machine)
            try check(function)
        } catch {
            // What went wrong first is what the reader must know, so a failure to put things back is not told.
            try? set("\(function.directory)/driver_override", override ?? "\n", machine)
            if function.driver != before { try? move(function, to: before, machine) }
            try? memory.forget()
            throw error
        }
        let warning = function.hasNoIOMMU ? ", without an IOMMU: its program may write to all memory of this machine" : ""
        return "\(self): on vfio-pci, group \(function.group ?? "")\(before.map { ", was on \($0)" } ?? "")\(warning)"
    }

    /// Gives the function back to the driver that had it. One that is gone, or not on `vfio-pci`, is left alone. Returns a line that says what was done.
    /// Throws `nic-in-use`, `nic-not-returned`.
    public func unbind(on machine: Machine) throws(Problem) -> String {
        let function = PCIFunction(address: address, root: machine.root)
        let memory = Memory(machine.root, state)
        guard function.isThere else {
            try memory.forget()
            return "\(self): no such PCI device any more"
        }
        if function.driver == Self.driver, let node = function.groupNode, isOpen(node, machine.root) {
            throw problem(
                "nic-in-use", "a program has its group \(node) open", "stop that testpmd first; `fuser \(node)` names the program")
        }
        if function.override == Self.driver { try set("\(function.directory)/driver_override", "\n", machine) }
        guard function.driver == Self.driver else {
            try memory.forget()
            return "\(self): not on vfio-pci, \(function.driver.map { "on \($0)" } ?? "has no driver")"
        }
        let before = try memory.recall().flatMap { $0.isEmpty ? nil : $0 }
        try move(function, to: before, machine)
        let now = function.driver
        guard now != Self.driver, before == nil || now == before else {
            throw problem(
                "nic-not-returned", "\(now.map { "driver is \($0)" } ?? "no driver has it"), \(before ?? "its kernel driver") expected",
                before.map { "`modprobe \($0)`, and see `journalctl -k`" } ?? "see `journalctl -k`")
        }
        try memory.forget()
        return "\(self): \(now.map { "back on \($0)" } ?? "off vfio-pci, no driver takes it")"
    }

    /// The other functions of its IOMMU group that keep it from being given away, each with its driver: `0000:00:1f.2 (ahci)`.
    public func obstacles(in root: Root) -> [String] {
        PCIFunction(address: address, root: root).obstacles.filter { !others.contains($0.address) }.map(\.description)
    }

    private var state: String { "vfio-\(address)" }

    /// Takes the function from the driver that has it, lets the kernel choose the next, and asks for `driver` by name when it chose another.
    private func move(_ function: PCIFunction, to driver: String?, _ machine: Machine) throws(Problem) {
        if function.driver != nil { try set("\(function.directory)/driver/unbind", address.description, machine) }
        // A driver that refuses the function shows here as an error, but what counts is the driver link afterwards.
        try? set("\(PCIFunction.bus)/drivers_probe", address.description, machine)
        if let driver, function.driver == nil { try? set("\(PCIFunction.bus)/drivers/\(driver)/bind", address.description, machine) }
    }

    /// VFIO gives functions that are behind no IOMMU to user space only when it is told to (kernel: drivers/vfio/Kconfig, VFIO_NOIOMMU).
    private func allowNoIOMMU(_ machine: Machine) throws(Problem) {
        let parameter = "/sys/module/vfio/parameters/enable_unsafe_noiommu_mode"
        guard machine.root.exists(parameter) else {
            throw problem(
                "vfio-without-iommu", "no IOMMU, and this kernel's VFIO cannot do without one (CONFIG_VFIO_NOIOMMU)",
                "give the guest one: IOMMU=yes in its [Guest] section on the host")
        }
        try set(parameter, "Y", machine)
    }

    private func check(_ function: PCIFunction) throws(Problem) {
        guard function.driver == Self.driver else {
            let found = function.driver.map { "driver is still \($0)" } ?? "no driver has it"
            throw problem("nic-not-bound", "\(found), vfio-pci expected", "`journalctl -k` says why vfio-pci did not take it")
        }
        guard let node = function.groupNode, function.root.exists(node) else {
            let missing = function.groupNode.map { "\($0) is not there" } ?? "it has no group"
            throw problem("nic-not-bound", "on vfio-pci, but \(missing)", "`journalctl -k` says why; is /dev a devtmpfs?")
        }
    }

    /// The kernel lets one program at a time open a group.
    private func isOpen(_ node: String, _ root: Root) -> Bool {
        do {
            _ = try root.bytes(node)
            return false
        } catch {
            return error.code == EBUSY
        }
    }

    private func set(_ path: String, _ value: String, _ machine: Machine) throws(Problem) {
        do {
            try machine.set(path, value)
        } catch {
            throw problem("nic-unwritable", "\(path): \(error.call): \(error.reason)", "run it as root, with /sys writable")
        }
    }

    private func problem(_ code: String, _ message: String, _ remedy: String) -> Problem {
        Problem(code, "\(self): \(message)", remedy: remedy)
    }
}

extension VFIOBinding: CustomStringConvertible {
    /// For messages: `NIC 0000:00:03.0`.
    public var description: String { "NIC \(address)" }
}
