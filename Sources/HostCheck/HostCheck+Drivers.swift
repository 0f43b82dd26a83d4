import Config
import Diagnostics
import HostActions
import HostTopology
import Linux
import Plan

extension HostCheck {
    /// Whether the DPDK of each testpmd has a driver for each card, and whether that driver wants
    /// the card as it is given to it.
    var pollModeDrivers: [Problem] {
        // The files are large: they are read once for each program.
        var known: [String: PollModeDrivers] = [:]
        return plan.testpmds.flatMap { testpmd -> [Problem] in
            let cards = plan.nics.filter { $0.testpmd == testpmd.name }.compactMap { nic in
                card(of: nic).map { (nic, $0) }
            }
            guard !cards.isEmpty else { return [] }
            let program = DPDKProgram(testpmd.binary, in: root)
            let drivers =
                known[testpmd.binary] ?? PollModeDrivers(directory: program.drivers, program: testpmd.binary, in: root)
            known[testpmd.binary] = drivers
            return cards.compactMap { nic, card in problem(nic, card, drivers, of: testpmd.binary, program: program) }
        }
    }

    private typealias Card = (id: PCIDeviceID, subsystem: PCIDeviceID?)

    /// A virtual function that does not exist yet has the vendor of its parent, which knows the
    /// future device ID.
    private func card(of nic: Plan.NIC) -> Card? {
        let function = PCIFunction(address: nic.address, root: root)
        if let id = function.id { return (id, function.subsystem) }
        guard let parent = nic.parent.map({ PCIFunction(address: $0, root: root) }), let vendor = parent.id?.vendor,
            let text = try? root.text("\(parent.directory)/sriov_vf_device"), let device = UInt16(text, radix: 16)
        else { return nil }
        return (PCIDeviceID(vendor: vendor, device: device), nil)
    }

    private func problem(
        _ nic: Plan.NIC, _ card: Card, _ drivers: PollModeDrivers, of binary: String, program: DPDKProgram
    ) -> Problem? {
        let subject = "NIC \(nic.name): \(nic.address) (\(card.id))"
        guard let driver = drivers.driver(for: card.id, subsystem: card.subsystem) else {
            return missing(subject, drivers, of: binary, program: program)
        }
        let wantsVFIO = driver.modules.contains("vfio-pci")
        if nic.driver == .vfioPCI, !wantsVFIO, !driver.modules.isEmpty {
            return Problem(
                .driverMismatch,
                "\(subject): DPDK's \(driver.name) requires the kernel driver (\(driver.modules)), got Driver=vfio-pci",
                remedy: "set Driver=none in [NIC]")
        }
        if nic.driver == .none, wantsVFIO {
            return Problem(
                .driverMismatch,
                "\(subject): DPDK's \(driver.name) requires one of: \(driver.modules), got Driver=none",
                remedy: "set Driver=vfio-pci in [NIC], or remove Driver=")
        }
        return nil
    }

    private func missing(_ subject: String, _ drivers: PollModeDrivers, of binary: String, program: DPDKProgram)
        -> Problem
    {
        switch program.linkage {
        case .shared(let abi):
            Problem(
                .pmdMissing,
                "\(subject): the DPDK of \(binary) (ABI \(abi)) has no driver for it; \(drivers.files) files with "
                    + "drivers were found in \(program.drivers ?? "no directory") and \(binary)",
                remedy: "install the package with DPDK's network drivers, or a DPDK that knows this card")
        case .static:
            Problem(
                .pmdMissing, "\(subject): \(binary), which DPDK is a part of, has no driver for it",
                remedy:
                    "build it with the driver of this card (meson option enable_drivers), or correct Binary= in "
                    + "[Testpmd]"
            )
        case .unknown:
            Problem(
                .pmdUnchecked, "\(subject): \(binary) is not an ELF program, continuing without a check of its drivers",
                remedy: "set Binary= in [Testpmd] to the program itself", severity: .warning)
        }
    }
}
