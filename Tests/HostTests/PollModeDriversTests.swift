import HostActions
import HostTopology
import Linux
import Testing

/// The drivers of the DPDK that is installed here.
@Suite struct PollModeDriversTests {
    let drivers: PollModeDrivers

    init() throws {
        let program = DPDKProgram("/usr/bin/dpdk-testpmd", in: .machine)
        let directory = try #require(program.drivers)
        drivers = PollModeDrivers(directory: directory, program: "/usr/bin/dpdk-testpmd", in: .machine)
    }

    @Test(arguments: [
        ("8086:10d3", "net_e1000_em", true), ("8086:1572", "net_i40e", true), ("1af4:1000", "net_virtio", true),
        ("15b3:1017", "mlx5_eth", false),
    ])
    func knows(_ id: String, _ name: String, _ onVFIO: Bool) throws {
        let card = try #require(PCIDeviceID(id))
        let driver = try #require(drivers.driver(for: card, subsystem: nil))
        #expect(driver.name == name && driver.modules.contains("vfio-pci") == onVFIO)
    }

    @Test func knowsNoBogusCard() throws {
        let card = try #require(PCIDeviceID("8086:ffee"))
        #expect(drivers.driver(for: card, subsystem: nil) == nil)
        #expect(drivers.files > 20)
    }

    @Test func nothingInstalled() throws {
        let none = PollModeDrivers(directory: nil, program: "/nonexistent", in: .machine)
        let card = try #require(PCIDeviceID("8086:10d3"))
        #expect(none.files == 0 && none.driver(for: card, subsystem: nil) == nil)
    }
}
