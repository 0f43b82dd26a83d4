// swift-tools-version: 6.2
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

func program(_ name: String, _ dependencies: [Target.Dependency], link: [LinkerSetting] = []) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict, linkerSettings: link)
}

let libraries: [Target] =
    [
        .target(name: "CLinux"),
        .systemLibrary(name: "CLibvirt", pkgConfig: "libvirt", providers: [.apt(["libvirt-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        // SwiftPM cannot read the libdpdk.pc that DPDK ships, so the flags are in a file of ours.
        .systemLibrary(
            name: "CDPDK", pkgConfig: Context.packageDirectory + "/Sources/CDPDK/pvp-dpdk.pc", providers: [.apt(["libdpdk-dev"])]),
        .target(name: "CDPDKShim", dependencies: ["CDPDK"]),
    ]
    + module("Diagnostics")
    + module("UnitFile")
    + module("Linux", ["CLinux", "Diagnostics"], testing: ["TestSupport"])
    + module("HostTopology", ["Diagnostics", "Linux"], testing: ["TestSupport"])
    + module("Config", ["Diagnostics", "HostTopology", "Linux", "UnitFile"], testing: ["TestSupport"])
    + module(
        "Manual", ["Config", "JSON"],
        testing: ["Diagnostics", "Linux", "TestSupport", "pvpgen", .product(name: "ArgumentParser", package: "swift-argument-parser")])
    // What the generator has to know of it is little, and its memory is counted.
    + module("Tuning", ["HostTopology"])
    + module("HostTuning", ["HostTopology", "Tuning"])
    + module("Plan", ["Config", "Diagnostics", "HostTopology", "Linux", "Tuning"])
    + module("Domain", ["Plan", "HostTopology"])
    + module(
        "Units", ["Config", "Diagnostics", "Domain", "HostTopology", "Linux", "Plan", "Tuning", "UnitFile"], testing: ["TestSupport"])
    + module("PlanView", ["Config", "Domain", "HostTopology", "JSON", "Plan", "Tuning"], testing: ["Linux", "TestSupport"])
    + module("UnitView", ["JSON", "Linux", "UnitFile", "Units"], testing: ["TestSupport"])
    + module("Import", ["CYAML", "Config", "Diagnostics", "HostTopology"], testing: ["TestSupport"])
    + module(
        "Console",
        testing: ["CLinux", "ConsoleServer", "Diagnostics", "JSON", "Linux", "Telemetry", "TestSupport", "pvp-console", "pvpgen"])
    + module("ConsoleClient", ["Console", "Diagnostics", "Linux"], testing: ["CLinux", "JSON", "TestSupport", "pvpgen"])
    + module("JSON", ["Diagnostics"])
    + module("Telemetry", ["Diagnostics", "JSON", "Linux"], testing: ["TestSupport"])
    + module(
        "Traffic", ["Diagnostics", "HostTopology", "JSON", "Plan", "PlanView", "Telemetry"],
        testing: ["Config", "Linux", "TestSupport"])
    + module("Metrics", ["Diagnostics", "Telemetry", "Traffic", "UnitView"], testing: ["Linux", "TestSupport"])
    + module(
        "Verification", ["Config", "HostTopology", "HostTuning", "JSON", "Plan", "PlanView", "Tuning", "UnitView", "Units"],
        testing: ["Linux", "TestSupport"])
    + module("Report", ["Config", "Diagnostics", "HostTopology", "JSON", "Plan"], testing: ["TestSupport", "pvpgen"])
    + module("Systemd", ["Diagnostics", "Linux"], testing: ["TestSupport"])
    + module("BootLoader", ["Diagnostics", "Linux"], testing: ["TestSupport"])
    + module("Installation", ["BootLoader", "Diagnostics", "HostTopology", "JSON", "Linux"], testing: ["TestSupport"])
    + module(
        "GuestImage", ["Config", "Diagnostics", "JSON", "Linux", "Plan"],
        testing: ["Import", "TestSupport", "pvp-image"])
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
            dependencies: [
                "BootLoader", "HostActions", "Diagnostics", "HostTopology", "HostTuning", "Installation", "Linux", "TestSupport", "Tuning",
                "pvp-host",
            ],
            exclude: ["law.txt"], swiftSettings: strict),
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

let programs: [Target] = [
    // The generator runs before anything else on the host; of a console there is one for each testpmd, in memory for as long.
    program("pvp-generator", pipeline, link: staticProgram),
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
        name: "GuestTests", dependencies: ["CLinux", "pvp-guest", "Console", "Diagnostics", "Libvirt", "Linux", "TestSupport"],
        swiftSettings: strict),
    .testTarget(
        name: "NetworkTests",
        dependencies: ["pvp-network", "Config", "Diagnostics", "Domain", "HostTopology", "Linux", "Plan", "TestSupport"],
        swiftSettings: strict),
]

let package = Package(
    name: "pvpgen",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: libraries + programs + programTests + nspawn + lab,
    swiftLanguageModes: [.v6]
)
