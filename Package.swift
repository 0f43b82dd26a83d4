// swift-tools-version: 6.2
import Foundation
import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A library module and the tests that belong to it.
func module(_ name: String, _ dependencies: [Target.Dependency] = [], testing: [Target.Dependency] = []) -> [Target] {
    [
        .target(name: name, dependencies: dependencies, swiftSettings: strict),
        .testTarget(name: name + "Tests", dependencies: [.byName(name: name)] + dependencies + testing, swiftSettings: strict),
    ]
}

func program(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], link: [LinkerSetting] = []) -> Target {
    .executableTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict, linkerSettings: link)
}

/// DPDK's logging is a library of its own since 23.11.
let dpdkLog: [LinkerSetting] = ["lib/x86_64-linux-gnu", "lib/aarch64-linux-gnu", "lib64"]
    .filter { FileManager.default.fileExists(atPath: "/usr/\($0)/librte_log.so") }
    .map { _ in .linkedLibrary("rte_log") }

let libraries: [Target] =
    [
        .target(name: "CLinux"),
        .systemLibrary(name: "CLibvirt", pkgConfig: "libvirt", providers: [.apt(["libvirt-dev"])]),
        // SwiftPM cannot read the libdpdk.pc that DPDK ships, so the flags are in a file of ours.
        .systemLibrary(
            name: "CDPDK", pkgConfig: Context.packageDirectory + "/Sources/CDPDK/pvp-dpdk.pc", providers: [.apt(["libdpdk-dev"])]),
        .target(name: "CDPDKShim", dependencies: ["CDPDK"], linkerSettings: dpdkLog),
    ]
    + module("Diagnostics")
    + module("UnitFile")
    + module("Linux", ["CLinux", "Diagnostics"], testing: ["TestSupport"])
    + module("HostTopology", ["Diagnostics", "Linux"])
    + module("Config", ["Diagnostics", "HostTopology", "Linux", "UnitFile"], testing: ["TestSupport"])
    + module("Manual", ["Config", "JSON"], testing: ["Diagnostics", "Linux", "TestSupport", "pvpgen"])
    // What the generator has to know of it is little, and its memory is counted.
    + module("Tuning", ["HostTopology"])
    + module("HostTuning", ["HostTopology", "Tuning"])
    + module("Plan", ["Config", "Diagnostics", "HostTopology", "Linux", "Tuning"])
    + module("Domain", ["Plan", "HostTopology"])
    + module("Units", ["Config", "Diagnostics", "Domain", "HostTopology", "Linux", "Plan", "Tuning", "UnitFile"])
    + module("PlanView", ["Config", "Domain", "HostTopology", "JSON", "Plan", "Tuning"], testing: ["Linux", "TestSupport"])
    + module("UnitView", ["JSON", "Linux", "UnitFile", "Units"], testing: ["TestSupport"])
    + module(
        "Import", ["Config", "Diagnostics", "HostTopology", .product(name: "Yams", package: "Yams")])
    + module("Console", testing: ["CLinux", "Diagnostics", "JSON", "Linux", "Telemetry", "TestSupport", "pvp-console", "pvpgen"])
    + module("ConsoleClient", ["Console", "Diagnostics", "Linux"], testing: ["CLinux", "JSON", "TestSupport", "pvpgen"])
    + module("JSON", ["Diagnostics"])
    + module("Telemetry", ["Diagnostics", "JSON", "Linux"], testing: ["TestSupport"])
    + module(
        "Traffic", ["Diagnostics", "HostTopology", "JSON", "Plan", "PlanView", "Telemetry"],
        testing: ["Config", "Linux", "TestSupport"])
    + module("Metrics", ["Diagnostics", "Telemetry", "Traffic", "UnitView"], testing: ["Linux", "TestSupport"])
    + module("Verification", ["Config", "HostTopology", "HostTuning", "JSON", "Plan", "PlanView", "Tuning", "UnitView", "Units"])
    + module("Report", ["Config", "Diagnostics", "HostTopology", "JSON", "Plan"], testing: ["TestSupport", "pvpgen"])
    + module("Systemd", ["Diagnostics", "Linux"], testing: ["TestSupport"])
    + module("BootLoader", ["Diagnostics", "Linux"], testing: ["TestSupport"])
    + module("Installation", ["BootLoader", "Diagnostics", "JSON", "Linux"], testing: ["TestSupport"])
    + module(
        "GuestImage", ["Config", "Diagnostics", "JSON", "Linux", "Plan"],
        testing: ["TestSupport", "pvp-image", .product(name: "Yams", package: "Yams")])
    + module("Libvirt", ["CLibvirt", "Diagnostics", "Linux"])
    + [
        .target(name: "TestSupport", dependencies: ["Linux"], path: "Tests/Support", swiftSettings: strict),
        .testTarget(
            name: "PvpgenTests",
            dependencies: [
                "Config", "Diagnostics", "HostTopology", "JSON", "Linux", "Plan", "Telemetry", "TestSupport", "Units", "pvpgen",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .target(name: "ConsoleServer", dependencies: ["Console", "Linux", "Systemd"], swiftSettings: strict),
        .target(
            name: "HostActions", dependencies: ["Diagnostics", "HostTopology", "HostTuning", "Linux", "Tuning"], swiftSettings: strict),
        .testTarget(
            name: "HostTests",
            dependencies: ["HostActions", "Diagnostics", "HostTopology", "HostTuning", "Linux", "TestSupport", "Tuning", "pvp-host"],
            swiftSettings: strict),
        .testTarget(name: "GeneratorTests", dependencies: ["Diagnostics", "Linux", "pvp-generator"], swiftSettings: strict),
        .testTarget(name: "DPDKTests", dependencies: ["Linux", "TestSupport", "pvp-dpdk"], swiftSettings: strict),
    ]

/// A PVP host without devices and guest under a real systemd, in a container.
let nspawn: [Target] = [
    .target(
        name: "Nspawn", dependencies: ["CLinux", "JSON", "LabTools", "Linux"], path: "Tests/Nspawn", exclude: ["boot", "root"],
        swiftSettings: strict),
    .testTarget(name: "NspawnTests", dependencies: ["LabTools", "Linux", "Nspawn"], swiftSettings: strict),
]

/// A whole PVP host in QEMU: what it is made of, its tests and `make demo`.
let lab: [Target] = [
    .target(name: "LabTools", dependencies: ["CLinux", "Linux"], path: "Tests/LabTools", swiftSettings: strict),
    .target(name: "Lab", dependencies: ["CLinux", "LabTools", "Linux"], path: "Tests/Lab", swiftSettings: strict),
    .testTarget(name: "LabTests", dependencies: ["Lab", "LabTools"], swiftSettings: strict),
    .executableTarget(name: "pvp-demo", dependencies: ["Lab", "LabTools"], path: "Tests/Demo", swiftSettings: strict),
]

let pipeline: [Target.Dependency] = ["Config", "Diagnostics", "HostTopology", "Linux", "Plan", "UnitFile", "Units"]

/// One file that needs no library. Release only, because linker settings reach test bundles.
let staticProgram: [LinkerSetting] = [.unsafeFlags(["-static-executable"], .when(configuration: .release))]

/// Half of a short run is page faults: functions that run are put side by side (lld's manual, --symbol-ordering-file). `make functions` lists them.
let orderedProgram: [LinkerSetting] =
    staticProgram + [
        .unsafeFlags(
            [
                "-use-ld=lld", "-Xlinker", "--no-warn-symbol-ordering",
                "-Xlinker", "--symbol-ordering-file=\(Context.packageDirectory)/Sources/pvp-generator/functions.txt",
            ], .when(configuration: .release))
    ]

let programs: [Target] = [
    // The generator runs before anything else on the host; of a console there is one for each testpmd, in memory for as long.
    program("pvp-generator", pipeline, exclude: ["functions.txt"], link: orderedProgram),
    program(
        "pvpgen",
        pipeline + [
            "BootLoader", "ConsoleClient", "Domain", "GuestImage", "HostActions", "HostTuning", "Import", "Installation", "JSON", "Manual",
            "Metrics", "PlanView", "Report", "Telemetry", "Traffic", "Tuning", "UnitView", "Verification",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ]),
    program("pvp-console", ["Console", "ConsoleServer", "Diagnostics", "Linux", "Systemd", "Telemetry"], link: staticProgram),
    program("pvp-guest", ["Console", "ConsoleServer", "Diagnostics", "JSON", "Libvirt", "Linux", "Systemd", "Telemetry"]),
    program("pvp-network", ["Diagnostics", "HostTopology", "Libvirt", "Linux"]),
    program("pvp-host", ["Diagnostics", "HostActions", "Linux", "Systemd", "Tuning"]),
    program("pvp-image", ["Config", "Diagnostics", "GuestImage", "Linux", "Plan", "Systemd"]),
    program("pvp-dpdk", ["CDPDKShim", "Diagnostics", "Linux"]),
]

/// Programs as a whole, run as systemd would run them.
let programTests: [Target] = [
    .testTarget(
        name: "GuestTests", dependencies: ["pvp-guest", "Console", "Diagnostics", "Libvirt", "Linux", "TestSupport"], swiftSettings: strict),
    .testTarget(
        name: "NetworkTests",
        dependencies: ["pvp-network", "Config", "Diagnostics", "Domain", "HostTopology", "Linux", "Plan", "TestSupport"],
        swiftSettings: strict),
]

let package = Package(
    name: "pvpgen",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    ],
    targets: libraries + programs + programTests + nspawn + lab,
    swiftLanguageModes: [.v6]
)
