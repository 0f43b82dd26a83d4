import Config
import Foundation
import Linux
import TestSupport
import Testing
import Values

@testable import Builds
@testable import Plan

/// The commands of each release, as files in the directory commands, and the options that each
/// release has, as it lists them itself, in the directory options.
@Suite struct RecipeTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    static func plan(
        _ project: BuildProject, options: [String] = [], instructionSet: String = "generic",
        source: BuildPlan.Source = .directory("/src"), patches: [String] = []
    ) -> BuildPlan {
        BuildPlan(
            name: project.rawValue, project: project, source: source, version: nil, patches: patches, options: options,
            instructionSet: instructionSet, drivers: .auto, jobs: nil)
    }

    static func steps(
        _ project: BuildProject, _ version: String, drivers: [String]? = ["net/ice", "common/iavf", "net/iavf"],
        libraries: Set<QEMULibrary> = [], options: [String] = [], instructionSet: String = "generic"
    ) throws -> [[String]] {
        Recipe.steps(
            for: plan(project, options: options, instructionSet: instructionSet),
            version: try #require(ReleaseNumber(version)), drivers: drivers, libraries: libraries, jobs: 2,
            in: Workspace(
                source: "/work/source", build: "/work/build",
                prefix: "/opt/pvpgen/builds/\(project.rawValue)-\(version)-3f9c2a17")
        ).map(\.command.arguments)
    }

    /// The releases in a file of the directory options, with their options.
    static func options(_ name: String) throws -> [(release: String, options: Set<String>)] {
        let text = try String(contentsOf: folder.appending(path: "options/\(name).txt"), encoding: .utf8)
        return text.split(separator: "\n").map { line in
            let words = line.split(separator: " ").map(String.init)
            return (words[0], Set(words.dropFirst()))
        }
    }

    static let releases: [(BuildProject, String)] =
        ["20.11", "21.05", "21.11", "22.11", "23.11", "24.11", "25.11"].map { (.dpdk, $0) }
        + ["7.2", "8.2", "9.2", "10.0", "10.2", "11.0"].map { (.qemu, $0) }

    @Test(arguments: releases) func commandsAreThoseOfTheFile(_ project: BuildProject, _ version: String) throws {
        let text = try Self.steps(project, version).map { $0.map { "\($0)\n" }.joined() }.joined(separator: "\n")
        let name = "commands/\(project.rawValue)-\(version).txt"
        let file = Self.folder.appending(path: name)
        if Golden.isRewritten(name) { try text.write(to: file, atomically: true, encoding: .utf8) }
        #expect(
            try String(contentsOf: file, encoding: .utf8) == text,
            "UPDATE_GOLDEN=1 swift test --filter RecipeTests rewrites \(name)")
    }

    /// meson ends with an error for an option that the project lacks.
    @Test(arguments: ["generic", "native", "x86-64-v3"], [[String]?.none, ["net/ice"]])
    func eachReleaseOfDPDKHasTheOptions(_ instructionSet: String, _ drivers: [String]?) throws {
        for (release, options) in try Self.options("dpdk") {
            let setup = try Self.steps(.dpdk, release, drivers: drivers, instructionSet: instructionSet)[0]
            let names = setup.filter { $0.hasPrefix("-D") }.compactMap(DPDKRecipe.name)
            // An option of meson itself.
            let missing = Set(names).subtracting(options).subtracting(["c_link_args"])
            #expect(missing.isEmpty, "DPDK \(release)")
            #expect(names.count == Set(names).count)
        }
    }

    @Test func eachReleaseOfQEMUHasTheOptions() throws {
        for (release, options) in try Self.options("qemu") {
            let arguments = try Self.steps(
                .qemu, release, libraries: Set(QEMULibrary.allCases), instructionSet: "native")[0].dropFirst()
            let names = arguments.map { argument in
                argument.firstIndex(of: "=").map { argument[...$0] } ?? argument[...]
            }
            #expect(Set(names.map(String.init)).subtracting(options).isEmpty, "QEMU \(release)")
        }
    }

    @Test(arguments: [
        ("20.11", "generic", ["-Dmachine=default"]), ("20.11", "native", ["-Dmachine=native"]),
        ("21.05", "x86-64-v3", ["-Dmachine=x86-64-v3"]), ("21.11", "generic", ["-Dplatform=generic"]),
        ("24.11.1", "native", ["-Dplatform=native"]),
        ("25.11", "x86-64-v3", ["-Dplatform=generic", "-Dcpu_instruction_set=x86-64-v3"]),
    ]) func dpdkIsBuiltForTheInstructionSet(_ version: String, _ set: String, _ expected: [String]) throws {
        let setup = try Self.steps(.dpdk, version, instructionSet: set)[0]
        let names = ["-Dmachine=", "-Dplatform=", "-Dcpu_instruction_set="]
        #expect(setup.filter { argument in names.contains { argument.hasPrefix($0) } } == expected)
    }

    @Test(arguments: [
        (["-Dc_link_args=-s"], "c_link_args"), (["-Dbuildtype=debug"], "buildtype"),
        (["--buildtype=debug"], "buildtype"), (["--default-library=shared"], "default_library"),
        (["-D", "tests=true"], "tests"),
    ]) func anOptionOfTheUserReplacesOurs(_ options: [String], _ name: String) throws {
        let setup = try Self.steps(.dpdk, "24.11", options: options)[0]
        #expect(setup.suffix(options.count) == options[...])
        #expect(setup.filter { DPDKRecipe.name($0) == name }.count == 1)
        let configure = try Self.steps(.qemu, "10.0", options: ["--enable-debug-info"])[0]
        #expect(configure.last == "--enable-debug-info")
    }

    @Test func driversThatARecipeOf2011NamesAreNotDisabled() throws {
        let setup = try Self.steps(.dpdk, "20.11", drivers: ["net/mlx5", "common/mlx5", "crypto/qat"])[0]
        let argument = try #require(setup.first { $0.hasPrefix("-Ddisable_drivers=") })
        let disabled = Set(argument.dropFirst("-Ddisable_drivers=".count).split(separator: ",").map(String.init))
        let kept = ["net/mlx5", "common/mlx5", "crypto/*"] + DPDKRecipe.virtualDrivers
        #expect(disabled.isDisjoint(with: kept))
        #expect(disabled.isSuperset(of: ["net/ice", "event/*", "common/iavf", "bus/dpaa"]))
        #expect(try Self.steps(.dpdk, "20.11", drivers: nil)[0].allSatisfy { !$0.contains("_drivers=") })
    }

    @Test func librariesOfTheHostAreEnabledInQEMU() throws {
        let configure = try Self.steps(.qemu, "7.2", libraries: [.ioUring, .zstd])[0]
        #expect(configure.contains("--enable-linux-io-uring") && configure.contains("--enable-zstd"))
    }

    @Test func theProgramIsWhereThePlanLooksForIt() {
        for project in [BuildProject.dpdk, .qemu] {
            #expect(
                Recipe.artifacts(of: project).map { "/opt/x/\($0.installed)" }
                    == [BuildResult.program(of: project, in: "/opt/x")])
        }
    }
}
