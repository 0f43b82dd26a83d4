import Builds
import Config
import Diagnostics
import Linux
import Plan

/// The drivers in the source of a DPDK, and those that were built of them.
struct SourceDrivers {
    let build: BuildPlan
    let paths: BuildPaths
    let root: Root

    /// Refuses a name in `Drivers=` that the source does not have. Throws `build-drivers`.
    func checkNames() throws(Problem) {
        guard case .given(.named(let names)) = build.drivers,
            let unknown = names.filter({ !exists($0) }).sorted().first
        else { return }
        throw Problem(
            .buildDrivers, "build \(build.name): the source has no driver \(unknown)",
            remedy: "correct Drivers= in [Build]")
    }

    /// Verifies that no driver is missing: meson leaves one out whose library it does not find,
    /// with a line among hundreds. Throws `build-drivers`.
    func checkBuilt(_ inputs: BuildInputs) throws(Problem) {
        guard inputs.drivers != ["all"] else { return }
        // The drivers of a NIC are those of all releases.
        let missing = inputs.drivers.filter { exists($0) && !root.exists("\(paths.build)/\(Self.library(of: $0))") }
        guard !missing.isEmpty else { return }
        throw Problem(
            .buildDrivers,
            "build \(build.name): not built for want of a library: \(missing.joined(separator: ", "))",
            remedy:
                "run 'pvpgen build log \(build.name)' for the library that each requires, or set Drivers= in [Build]"
        )
    }

    /// Since 25.03, Intel's drivers are in `net/intel/`, and meson takes their earlier names for
    /// them (DPDK: drivers/meson.build, `driver_map`).
    private func exists(_ driver: String) -> Bool {
        let moved = driver.hasPrefix("net/") ? ["net/intel/" + driver.dropFirst("net/".count)] : []
        return ([driver] + moved).contains { root.exists("\(paths.source)/drivers/\($0)") }
    }

    /// The file that meson creates for a driver: its name has the class and the driver, without a
    /// directory between them (DPDK: drivers/meson.build, `lib_name`).
    private static func library(of driver: String) -> String {
        let parts = driver.split(separator: "/")
        return "drivers/librte_\(parts.first ?? "")_\(parts.last ?? "").a"
    }
}
