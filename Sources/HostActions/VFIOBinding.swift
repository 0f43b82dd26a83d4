package import Diagnostics
package import HelperCalls
import HostTopology
package import Linux
package import Values

/// A NIC given to user space through `vfio-pci`, and taken back.
package struct VFIOBinding: Hashable, Sendable {
    private static let driver = "vfio-pci"
    /// Where it is.
    package let address: PCIAddress
    /// Others that are given to it too: if they are in the same IOMMU group they are no obstacle.
    let others: [PCIAddress]
    /// Whether it may be given away where no IOMMU keeps it off memory.
    let mayHaveNoIOMMU: Bool
    /// Which NICs of the host's own network are taken all the same.
    let exemption: NetworkExemption

    /// For the PCI function at this address; `others` go to `vfio-pci` with it.
    package init(_ address: PCIAddress, with others: [PCIAddress] = [], mayHaveNoIOMMU: Bool = false) {
        self.init(address, with: others, mayHaveNoIOMMU: mayHaveNoIOMMU, exemption: .none)
    }

    /// As pvp-host is asked for it.
    package init(_ call: VFIOCall) {
        self.init(call.address, with: call.others, mayHaveNoIOMMU: call.mayHaveNoIOMMU, exemption: call.exemption)
    }

    package init(
        _ address: PCIAddress, with others: [PCIAddress] = [], mayHaveNoIOMMU: Bool = false, exemption: NetworkExemption
    ) {
        self.address = address
        self.others = others
        self.mayHaveNoIOMMU = mayHaveNoIOMMU
        self.exemption = exemption
    }

    /// Binds the function to `vfio-pci` and verifies that it is bound. Returns a line that says
    /// what was done. Throws `nic-missing`, `no-iommu-group`, `vfio-without-iommu`, `nic-network`,
    /// `nic-network-recorded`, `nic-network-unknown`, `nic-group-shared`, `vfio-missing`,
    /// `nic-not-bound`; then the function is as it was.
    package func bind(on host: HostFilesystem) throws(Problem) -> String {
        let function = PCIFunction(address: address, root: host.root)
        guard function.exists else {
            throw problem(
                .nicMissing, "PCI device not found", "correct PCIAddress= in [NIC]; 'lspci -D' lists the devices")
        }
        guard function.group != nil || mayHaveNoIOMMU else {
            throw problem(
                .noIOMMUGroup, "not in an IOMMU group, so the kernel uses no IOMMU",
                "enable VT-d or AMD-Vi in the firmware, run 'pvpgen install' and reboot")
        }
        let before = function.driver
        if before == Self.driver {
            try check(function)
            return "\(self): on vfio-pci already"
        }
        if exemption != .all,
            let objection = try NetworkGuard(reading: host.root).objection(
                to: address, "\(self)", needsRecord: exemption == .none)
        {
            throw objection
        }
        let members = boundGroupMembers(in: host.root)
        if !members.isEmpty {
            throw problem(
                .nicGroupShared, "shares IOMMU group \(function.group ?? "") with \(members.joined(separator: ", "))",
                "use a NIC in another slot, or unbind these devices from their drivers, because a group is assigned "
                    + "as a whole"
            )
        }
        guard host.root.exists("\(PCIFunction.bus)/drivers/\(Self.driver)") else {
            throw problem(.vfioMissing, "the driver vfio-pci is not loaded", "run 'modprobe vfio-pci'")
        }
        if function.group == nil { try allowNoIOMMU(host) }

        var claim = try claim(on: host)
        let override = function.override
        try claim.hold(record(of: function, after: claim.record))
        do throws(Problem) {
            try setOverride(function, Self.driver, host)
            try move(function, host)
            try check(function)
        } catch {
            // What went wrong first is what the reader must know, so a failure to restore the
            // driver is not reported.
            try? setOverride(function, override, host)
            if function.driver != before { try? move(function, host, to: before) }
            try? claim.forget()
            throw error
        }
        let warning =
            function.hasNoIOMMU ? ", without an IOMMU: its program may write to all memory of this machine" : ""
        return "\(self): on vfio-pci, group \(function.group ?? "")\(before.map { ", was on \($0)" } ?? "")\(warning)"
    }

    /// Restores the driver and the `driver_override` that the function had before `bind`. A
    /// function that another process bound to `vfio-pci` stays there. Returns what was done, and
    /// what another process has changed since. Throws `nic-in-use`, `nic-not-restored`.
    package func unbind(on host: HostFilesystem) throws(Problem) -> [JournalLine] {
        let function = PCIFunction(address: address, root: host.root)
        var claim = try claim(on: host)
        guard function.exists else {
            try claim.forget()
            return [JournalLine("\(self): no such PCI device any more")]
        }
        guard claim.isHeld else {
            if function.driver == Self.driver {
                return [JournalLine("\(self): stays on vfio-pci, where it was before pvpgen started")]
            }
            return [JournalLine("\(self): not on vfio-pci, \(function.driver.map { "on \($0)" } ?? "has no driver")")]
        }
        if function.driver == Self.driver, let node = function.groupNode, isOpen(node, host.root) {
            throw problem(
                .nicInUse, "in use by a process that has its group \(node) open",
                "stop the process; 'fuser \(node)' names it")
        }
        let before = claim.record[Kind.driver]?.before ?? ""
        var failure: Problem?
        let released = try claim.release { entry in
            entry.kind == Kind.driver ? function.driver ?? "" : function.override ?? ""
        } restore: { entry, value in
            do throws(Problem) {
                if entry.kind == Kind.override {
                    try setOverride(function, value.isEmpty ? nil : value, host)
                } else {
                    try restore(function, value, host)
                }
                return nil
            } catch {
                failure = error
                return error.message
            }
        }
        if let failure { throw failure }
        let none = "off vfio-pci, has no driver\(before.isEmpty ? ", as before" : "")"
        let state = function.driver.map { before == $0 ? "back on \($0)" : "on \($0)" } ?? none
        return [JournalLine("\(self): \(state)")]
            + released.foreign.map { entry, now in
                JournalLine(
                    "\(self): \(entry.report(of: now)): another process has changed it, leaving it", isWarning: true)
            }
    }

    private enum Kind {
        static let driver = "driver"
        static let override = "driver-override"
    }

    private func claim(on host: HostFilesystem) throws(Problem) -> Claim {
        let directory = PCIFunction(address: address, root: host.root).directory
        return try Claim("vfio-\(address)", on: host.root) { text in
            // The file of an earlier release has the driver's name alone.
            var record = ClaimRecord()
            record.add(.init(Kind.driver, at: "\(directory)/driver", before: text, set: Self.driver))
            record.add(.init(Kind.override, at: "\(directory)/driver_override", before: "", set: Self.driver))
            return record
        }
    }

    /// The record of a claim. A value that is no longer what an earlier call set is another
    /// process's, and the one to restore.
    private func record(of function: PCIFunction, after earlier: ClaimRecord) -> ClaimRecord {
        var record = ClaimRecord()
        record.add(
            .init(Kind.driver, at: "\(function.directory)/driver", before: function.driver ?? "", set: Self.driver))
        var override = function.override ?? ""
        if override == Self.driver, let known = earlier[Kind.override] { override = known.before }
        record.add(
            .init(Kind.override, at: "\(function.directory)/driver_override", before: override, set: Self.driver))
        return record
    }

    /// The other functions of its IOMMU group that keep it from being given away, each with its
    /// driver: `0000:00:1f.2 (ahci)`.
    package func boundGroupMembers(in root: Root) -> [String] {
        PCIFunction(address: address, root: root).boundGroupMembers.filter { !others.contains($0.address) }.map(
            \.description)
    }

    /// Unbinds the function, lets the kernel choose its next driver, and asks for `driver` by name
    /// when the kernel chose none.
    private func move(_ function: PCIFunction, _ host: HostFilesystem, to driver: String? = nil) throws(Problem) {
        if function.driver != nil { try set("\(function.directory)/driver/unbind", address.description, host) }
        // A driver that refuses the function shows here as an error, but what counts is the driver
        // link afterwards.
        try? set("\(PCIFunction.bus)/drivers_probe", address.description, host)
        if let driver, function.driver == nil {
            try? set("\(PCIFunction.bus)/drivers/\(driver)/bind", address.description, host)
        }
    }

    /// Moves the function from `vfio-pci` to the driver that it had; to none when it had none.
    private func restore(_ function: PCIFunction, _ driver: String, _ host: HostFilesystem) throws(Problem) {
        if driver.isEmpty {
            try set("\(function.directory)/driver/unbind", address.description, host)
        } else {
            // The override existed before, although another driver had the function: it is cleared
            // for the probe.
            let override = function.override
            if override == Self.driver { try setOverride(function, nil, host) }
            try move(function, host, to: driver)
            if override == Self.driver { try setOverride(function, override, host) }
        }
        let now = function.driver
        // An override that another process has set decides.
        let isChosen = now == (driver.isEmpty ? nil : driver) || function.override.map { $0 != driver } ?? false
        guard now != Self.driver, isChosen else {
            throw problem(
                .nicNotRestored, "expected driver \(driver.isEmpty ? "none" : driver), got \(now ?? "none")",
                driver.isEmpty ? "see `journalctl -k`" : "`modprobe \(driver)`, and see `journalctl -k`")
        }
    }

    /// `nil` for none, which is written as an empty line (kernel:
    /// Documentation/ABI/testing/sysfs-bus-pci).
    private func setOverride(_ function: PCIFunction, _ driver: String?, _ host: HostFilesystem) throws(Problem) {
        try set("\(function.directory)/driver_override", driver ?? "\n", host)
    }

    /// VFIO gives functions without an IOMMU to user space only if that is enabled (kernel:
    /// drivers/vfio/Kconfig, VFIO_NOIOMMU).
    private func allowNoIOMMU(_ host: HostFilesystem) throws(Problem) {
        let parameter = "/sys/module/vfio/parameters/enable_unsafe_noiommu_mode"
        guard host.root.exists(parameter) else {
            throw problem(
                .vfioWithoutIOMMU, "no IOMMU, and this kernel's VFIO cannot do without one (CONFIG_VFIO_NOIOMMU)",
                "set IOMMU=yes in its [Guest] section on the host")
        }
        try set(parameter, "Y", host)
    }

    private func check(_ function: PCIFunction) throws(Problem) {
        guard function.driver == Self.driver else {
            let found = function.driver.map { "driver is still \($0)" } ?? "no driver has it"
            throw problem(.nicNotBound, "expected driver vfio-pci, \(found)", "read 'journalctl -k' for the reason")
        }
        guard let node = function.groupNode, function.root.exists(node) else {
            let missing = function.groupNode.map { "\($0) not found" } ?? "the device has no IOMMU group"
            throw problem(
                .nicNotBound, "on vfio-pci, but \(missing)", "read 'journalctl -k', and check that /dev is a devtmpfs")
        }
    }

    /// The kernel lets one program at a time open a group.
    private func isOpen(_ node: String, _ root: Root) -> Bool {
        do {
            _ = try root.bytes(node)
            return false
        } catch {
            return error.code == Errno.busy
        }
    }

    private func set(_ path: String, _ value: String, _ host: HostFilesystem) throws(Problem) {
        do {
            try host.write(path, value)
        } catch {
            throw problem(
                .nicUnwritable, "\(path): \(error.call): \(error.reason)", "run the command as root, with /sys writable"
            )
        }
    }

    private func problem(_ code: Problem.Code, _ message: String, _ remedy: String) -> Problem {
        Problem(code, "\(self): \(message)", remedy: remedy)
    }
}

extension VFIOBinding: CustomStringConvertible {
    /// For messages: `NIC 0000:00:03.0`.
    package var description: String { "NIC \(address)" }
}
