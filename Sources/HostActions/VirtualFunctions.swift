package import Diagnostics
import HostTopology
import Linux
package import Values

/// The virtual functions of a NIC, which stays with its kernel driver (kernel:
/// Documentation/PCI/pci-iov-howto.rst).
package struct VirtualFunctions: Hashable, Sendable {
    let parent: PCIAddress

    /// Of the NIC at this address.
    package init(of parent: PCIAddress) { self.parent = parent }

    /// Creates `count` functions and checks their addresses against the plan. If as many exist
    /// already, they are used. Returns a line that says what was done. Throws `nic-missing`,
    /// `nic-without-sriov`, `too-many-vfs`, `vfs-exist`, `vfs-short`, `vf-address`,
    /// `nic-unwritable`.
    package func create(_ count: Int, on host: HostFilesystem) throws(Problem) -> String {
        let function = PCIFunction(address: parent, root: host.root)
        guard function.exists else {
            throw problem(.nicMissing, "PCI device not found", "correct [NIC]; 'lspci -D' lists the devices")
        }
        guard let sriov = SRIOV(in: function.directory, host.root), sriov.total > 0, let before = number(function)
        else {
            throw problem(
                .nicWithoutSRIOV, "expected support for \(count) virtual functions, the device does not support SR-IOV",
                "enable SR-IOV in the firmware and on the card, or remove VirtualFunctions= in [NIC]")
        }
        guard count <= sriov.total else {
            throw problem(
                .tooManyVFs, "\(count) virtual functions requested, the device supports at most \(sriov.total)",
                "set VirtualFunctions=\(sriov.total) or less in [NIC]")
        }
        guard before == 0 || before == count else {
            throw problem(
                .vfsExist,
                "expected no or \(count) virtual functions, found \(before) that pvpgen did not create",
                "disable what creates them, then run 'echo 0 > \(function.directory)/sriov_numvfs'")
        }
        if before == 0 {
            var claim = try claim(on: host, function)
            var record = ClaimRecord()
            record.add(.init(Self.kind, at: "\(function.directory)/sriov_numvfs", before: "0", set: "\(count)"))
            try claim.hold(record)
            do throws(SystemError) {
                try host.write("\(function.directory)/sriov_numvfs", "\(count)")
            } catch {
                try claim.forget()
                throw refused(function, error)
            }
        }
        try check(function, count, sriov)
        return "\(self): \(count) virtual functions \(before == 0 ? "made" : "there already")"
    }

    /// Removes the virtual functions that `create` made; other numbers of them, which another
    /// process made, stay. Returns what was done, and what another process has changed. Throws
    /// `vf-in-use`, `nic-unwritable`, `vfs-short`.
    package func remove(on host: HostFilesystem) throws(Problem) -> [JournalLine] {
        let function = PCIFunction(address: parent, root: host.root)
        var claim = try claim(on: host, function)
        guard claim.isHeld, let count = number(function), count > 0 else {
            try claim.forget()
            return [JournalLine("\(self): no virtual functions were created, none to remove")]
        }
        var failure: Problem?
        let released = try claim.release { _ in
            "\(count)"
        } restore: { _, value in
            do throws(Problem) {
                try restore(function, count, to: value, on: host)
                return nil
            } catch {
                failure = error
                return error.message
            }
        }
        if let failure { throw failure }
        if !released.restored.isEmpty { return [JournalLine("\(self): \(count) virtual functions removed")] }
        return released.foreign.map { entry, now in
            JournalLine(
                "\(self): \(entry.report(of: now)): another process has changed it, leaving it", isWarning: true)
        }
    }

    private func restore(_ function: PCIFunction, _ count: Int, to value: String, on host: HostFilesystem)
        throws(Problem)
    {
        let used = addresses(function, count).compactMap { $0 }.filter {
            PCIFunction(address: $0, root: host.root).driver == "vfio-pci"
        }
        guard used.isEmpty else {
            throw problem(
                .vfInUse, "\(used.map(\.description).joined(separator: ", ")) still on vfio-pci",
                "stop pvp.target first; 'pvpgen status' shows what runs")
        }
        do throws(SystemError) {
            try host.write("\(function.directory)/sriov_numvfs", value)
        } catch {
            throw refused(function, error)
        }
        guard let left = number(function), left == 0 else {
            throw problem(
                .vfsShort, "the kernel did not remove the virtual functions", "read 'journalctl -k' for the reason")
        }
    }

    private static let kind = "virtual-functions"

    private func claim(on host: HostFilesystem, _ function: PCIFunction) throws(Problem) -> Claim {
        try Claim("vfs-\(parent)", on: host.root) { text in
            // The file of an earlier release has the number alone.
            var record = ClaimRecord()
            record.add(.init(Self.kind, at: "\(function.directory)/sriov_numvfs", before: "0", set: text))
            return record
        }
    }

    /// How many there are; `nil` when it cannot have any.
    private func number(_ function: PCIFunction) -> Int? {
        (try? function.root.text("\(function.directory)/sriov_numvfs")).flatMap { Int($0) }
    }

    /// The addresses; `nil` for a function that does not exist.
    private func addresses(_ function: PCIFunction, _ count: Int) -> [PCIAddress?] {
        (0..<count).map { function.root.linkName("\(function.directory)/virtfn\($0)").flatMap { PCIAddress($0) } }
    }

    /// Offset and stride may change when there are functions (PCI Express Base Specification,
    /// 9.3.3.9), so where they were planned is looked at afterwards.
    private func check(_ function: PCIFunction, _ count: Int, _ planned: SRIOV) throws(Problem) {
        let now = number(function) ?? 0
        guard now == count else {
            throw problem(
                .vfsShort, "expected \(count) virtual functions, the kernel created \(now)",
                "read 'journalctl -k' for the reason")
        }
        for (index, found) in addresses(function, count).enumerated() where found != planned.address(index, of: parent)
        {
            let wanted = planned.address(index, of: parent).map(\.description) ?? "nowhere"
            throw problem(
                .vfAddress,
                "virtual function \(index): expected address \(wanted), got \(found.map(\.description) ?? "none")",
                "run 'systemctl daemon-reload', which reads the addresses, and start pvp.target again")
        }
    }

    private func refused(_ function: PCIFunction, _ error: SystemError) -> Problem {
        guard error.call == "write" else {
            return problem(
                .nicUnwritable, "\(error.subject): \(error.call): \(error.reason)",
                "run the command as root, with /sys writable")
        }
        return problem(
            .vfsShort,
            "driver \(function.driver ?? "none"): cannot set the number of virtual functions: \(error.reason)",
            "read 'journalctl -k', and bind the NIC to a kernel driver that supports SR-IOV")
    }

    private func problem(_ code: Problem.Code, _ message: String, _ remedy: String) -> Problem {
        Problem(code, "\(self): \(message)", remedy: remedy)
    }
}

extension VirtualFunctions: CustomStringConvertible {
    /// For messages: `NIC 0000:17:00.0`.
    package var description: String { "NIC \(parent)" }
}
