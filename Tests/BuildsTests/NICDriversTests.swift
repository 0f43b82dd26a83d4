import HostTopology
import Testing

@testable import Builds

@Suite struct NICDriversTests {
    static func drivers(_ ids: String...) throws -> [String] {
        NICDrivers.drivers(for: try ids.map { try #require(PCIDeviceID($0)) })
    }

    @Test(arguments: [
        ("15b3:1017", ["bus/auxiliary", "common/mlx5", "net/mlx5"]), ("15b3:1003", ["net/mlx4"]),
        ("14e4:16d7", ["net/bnxt"]), ("14e4:168e", ["net/bnx2x"]), ("1d0f:ec20", ["net/ena"]),
        ("1af4:1041", ["net/virtio"]), ("10ee:0100", ["common/sfc_efx", "net/sfc"]), ("8086:15a4", ["net/fm10k"]),
        ("ffff:0001", []),
    ]) func aDeviceHasItsDrivers(_ id: String, _ drivers: [String]) throws {
        #expect(try Self.drivers(id) == drivers)
        #expect(NICDrivers.isKnown(try #require(PCIDeviceID(id))) == !drivers.isEmpty)
    }

    @Test func driversOfSeveralDevicesAreNamedOnce() throws {
        let found = try Self.drivers("8086:159b", "8086:1572", "1d0f:ec20")
        #expect(found == found.sorted() && found.count == Set(found).count)
        #expect(Set(found).isSuperset(of: ["net/ice", "net/i40e", "common/iavf", "net/iavf", "net/ena"]))
    }
}
