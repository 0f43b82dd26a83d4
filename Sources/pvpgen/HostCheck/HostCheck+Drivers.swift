import Config
import Diagnostics
import HostActions
import HostTopology
import Linux
import Plan

extension HostCheck {
    /// Whether the installed DPDK has a driver for each card, and whether that driver wants the card as it is given to it.
    var pollModeDrivers: [Problem] {
        let installed = DPDKABI.installed(in: root)
        return plan.testpmds.flatMap { testpmd -> [Problem] in
            let cards = plan.nics.filter { testpmd.nics.contains($0.address) }.compactMap { nic in card(of: nic).map { (nic, $0) } }
            guard !cards.isEmpty else { return [] }
            let drivers = PollModeDrivers(directory: installed?.drivers, program: testpmd.binary, in: root)
            return cards.compactMap { nic, card in problem(nic, card, drivers, testpmd.binary, installed) }
        }
    }

    private typealias Card = (id: PCIDeviceID, subsystem: PCIDeviceID?)

    /// A virtual function that is not there yet is of its parent's vendor, and the parent knows which device it will be.
    private func card(of nic: Plan.NIC) -> Card? {
        let directory = "/sys/bus/pci/devices/\(nic.address)"
        if let id = PCIDeviceID(in: directory, root) { return (id, PCIDeviceID(in: directory, root, prefix: "subsystem_")) }
        guard let parent = nic.parent.flatMap({ PCIDeviceID(in: "/sys/bus/pci/devices/\($0)", root) }),
            let address = nic.parent, let text = try? root.text("/sys/bus/pci/devices/\(address)/sriov_vf_device"),
            let device = UInt16(text, radix: 16)
        else { return nil }
        return (PCIDeviceID(vendor: parent.vendor, device: device), nil)
    }

    private func problem(
        _ nic: Plan.NIC, _ card: Card, _ drivers: PollModeDrivers, _ program: String, _ installed: (version: DPDKABI, drivers: String)?
    ) -> Problem? {
        let who = "NIC \(nic.name): \(nic.address) (\(card.id))"
        guard let driver = drivers.driver(for: card.id, subsystem: card.subsystem) else {
            let dpdk = installed.map { "DPDK with ABI \($0.version.major).\($0.version.minor)" } ?? "DPDK"
            return Problem(
                "pmd-missing",
                "\(who): the installed \(dpdk) has no driver for it; \(drivers.files) files with drivers were found in \(installed?.drivers ?? "no directory") and \(program)",
                remedy: "install the package with DPDK's network drivers, or a DPDK that knows this card")
        }
        let wantsVFIO = driver.modules.contains("vfio-pci")
        if nic.driver == .vfioPCI, !wantsVFIO, !driver.modules.isEmpty {
            return Problem(
                "driver-wrong", "\(who): Driver=vfio-pci, but DPDK's \(driver.name) wants it on its kernel driver (\(driver.modules))",
                remedy: "set Driver=none in [NIC]")
        }
        if nic.driver == .none, wantsVFIO {
            return Problem(
                "driver-wrong", "\(who): Driver=none, but DPDK's \(driver.name) wants it on one of: \(driver.modules)",
                remedy: "set Driver=vfio-pci in [NIC], or leave it out")
        }
        return nil
    }
}
