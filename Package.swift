// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// What runs for seconds and in pvpgen alone is compiled for size: its package has a limit.
let small: Set = [
    "Authoring", "BuildActions", "Builds", "GuestImage", "HostCheck", "Import", "Installation", "Lifecycle", "Manual",
    "MeasurementActions", "MeasurementResults", "Reports", "TRex", "Verification", "pvp-build", "pvp-image", "pvpgen",
]

func settings(of name: String) -> [SwiftSetting] {
    small.contains(name) ? strict + [.unsafeFlags(["-Osize"], .when(configuration: .release))] : strict
}

/// A library module, and the tests that belong to it with what they import beside it. Files of the
/// tests that are no Swift code are excluded.
func module(
    _ name: String, _ dependencies: [Target.Dependency] = [], tests: [Target.Dependency] = [], exclude: [String] = []
) -> [Target] {
    [
        .target(name: name, dependencies: dependencies, swiftSettings: settings(of: name)),
        .testTarget(
            name: name + "Tests", dependencies: [.byName(name: name)] + tests, exclude: exclude, swiftSettings: strict),
    ]
}

func program(_ name: String, _ dependencies: [Target.Dependency], link: [LinkerSetting] = []) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings(of: name), linkerSettings: link)
}

func helper(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings(of: name))
}

let libraries: [Target] =
    [
        .target(name: "CLinux"),
        // Libraries that are loaded when they are first used.
        .target(name: "CLoader"),
        .target(name: "CLibvirt", dependencies: ["CLoader"]),
        .target(name: "CSystemd", dependencies: ["CLoader"]),
        .target(name: "CYAML", dependencies: ["CLoader"]),
        .target(name: "CZeroMQ", dependencies: ["CLoader"]),
        .target(name: "CDPDKShim", dependencies: ["CDPDK", "CLoader"]),
        .target(name: "CLibXML2", dependencies: ["CLoader", "CXML2"]),
        // The flags for the headers alone: what links with libxml2 loads it at each start.
        .systemLibrary(
            name: "CXML2", pkgConfig: Context.packageDirectory + "/Sources/CXML2/pvp-libxml2.pc",
            providers: [.apt(["libxml2-dev"])]),
        // SwiftPM cannot read the libdpdk.pc that DPDK ships, so the flags are in a file of ours.
        .systemLibrary(
            name: "CDPDK", pkgConfig: Context.packageDirectory + "/Sources/CDPDK/pvp-dpdk.pc",
            providers: [.apt(["libdpdk-dev"])]),
    ]
    + module("Values", tests: ["Linux", "TestSupport"])
    + module("Diagnostics")
    + module("XML", ["Values"])
    + module("LibXML2", ["CLibXML2", "Diagnostics"], tests: ["Diagnostics"])
    + module("UnitFile")
    + module("Presentation", ["Diagnostics", "Linux"])
    + module("Linux", ["CLinux", "Diagnostics", "Values"], tests: ["CLinux", "Diagnostics", "TestSupport", "Values"])
    + module("HostTopology", ["Linux", "Values"], tests: ["Linux", "TestSupport", "Values"])
    + module(
        "Config", ["Diagnostics", "Linux", "UnitFile", "Values"],
        tests: ["Diagnostics", "Linux", "TestSupport", "Values"])
    + module(
        "Manual", ["Config", "Diagnostics", "JSON", "Presentation", "Values"],
        tests: [
            "Config", "Diagnostics", "JSON", "Linux", "TestSupport", "pvpgen",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ])
    + module("Tuning", ["Values"], tests: ["Values"])
    + module(
        "HelperCalls", ["Diagnostics", "Tuning", "Values"],
        tests: ["Diagnostics", "TestSupport", "Tuning", "UnitFile", "Values"])
    + module(
        "Plan", ["Config", "Diagnostics", "HostTopology", "Linux", "Tuning", "Values", "XML"],
        tests: ["Config", "Diagnostics", "HostTopology", "Linux", "TestSupport", "Values"])
    + module("Domain", ["Config", "HelperCalls", "Plan", "Values", "XML"], tests: ["XML"])
    + module(
        "Builds", ["Config", "HostTopology", "JSON", "Linux", "Plan", "Values"],
        tests: ["Config", "HostTopology", "JSON", "Linux", "Plan", "TestSupport", "Values"],
        exclude: ["commands", "options"])
    + module(
        "Units",
        ["Config", "Diagnostics", "Domain", "HelperCalls", "Linux", "Plan", "Tuning", "UnitFile", "Values", "XML"],
        tests: ["Config", "Diagnostics", "Linux", "Plan", "TestSupport", "UnitFile"])
    + module(
        "Views",
        [
            "Config", "Diagnostics", "HostTopology", "JSON", "Linux", "Plan", "Presentation", "SystemdBus", "Tuning",
            "UnitFile", "Units",
            "Values", "XML",
        ],
        tests: [
            "Config", "HostTopology", "JSON", "Linux", "Plan", "Presentation", "SystemdBus", "TestSupport", "Units",
            "Values",
        ])
    + module(
        "Import", ["CYAML", "Config", "Diagnostics", "JSON", "Values"],
        tests: ["Diagnostics", "JSON", "TestSupport", "Values"])
    + module(
        "Console",
        tests: [
            "CLinux", "ConsoleServer", "Diagnostics", "HelperCalls", "JSON", "Linux", "Telemetry", "TestSupport",
            "pvp-console", "pvpgen",
        ])
    + module(
        "ConsoleClient", ["Console", "Diagnostics", "JSON", "Linux", "Plan", "Presentation"],
        tests: ["CLinux", "Console", "Diagnostics", "JSON", "Linux", "TestSupport", "pvpgen"])
    + module("JSON", ["Diagnostics"], tests: ["Diagnostics", "Linux", "TestSupport", "Values"])
    + module("Measurement", ["Diagnostics", "JSON"], exclude: ["oracle", "oracle.txt"])
    + module(
        "MeasurementResults", ["Diagnostics", "JSON", "Linux", "Measurement", "Presentation", "Reports", "XML"],
        tests: [
            "Diagnostics", "JSON", "Linux", "Measurement", "Presentation", "Reports", "TestSupport", "XML", "pvpgen",
        ],
        exclude: ["result.txt", "throughput.svg"])
    + module("Reports", ["Diagnostics", "JSON", "Presentation"], tests: ["Diagnostics", "JSON"])
    + module(
        "TrafficGenerator", ["Diagnostics", "JSON", "Linux", "Measurement", "Values"],
        tests: ["Diagnostics", "JSON", "Linux", "Measurement", "TestSupport", "Values", "pvp-traffic"])
    + module(
        "MeasurementActions",
        [
            "Config", "Diagnostics", "HelperCalls", "HostCheck", "JSON", "Linux", "Measurement",
            "MeasurementResults", "Plan", "Reports", "Systemd", "SystemdBus", "TRex", "Telemetry", "Traffic",
            "TrafficGenerator", "Units", "Values", "Verification", "Views",
        ],
        tests: [
            "Diagnostics", "JSON", "Linux", "Measurement", "MeasurementResults", "Plan", "Telemetry", "TestSupport",
            "Traffic", "TrafficGenerator", "Values", "pvp-traffic", "pvpgen",
        ])
    + [
        .target(
            name: "TRex",
            dependencies: ["CZeroMQ", "Diagnostics", "JSON", "Linux", "Measurement", "TrafficGenerator", "Values"],
            swiftSettings: strict),
        // A fake TRex calls functions that no program does.
        .testTarget(
            name: "TRexTests",
            dependencies: [
                "CZeroMQ", "Diagnostics", "JSON", "Linux", "Measurement", "TRex", "TrafficGenerator", "Values",
            ],
            swiftSettings: strict, linkerSettings: [.linkedLibrary("zmq")]),
    ]
    + module("Telemetry", ["Diagnostics", "JSON", "Linux"], tests: ["Diagnostics", "JSON", "Linux", "TestSupport"])
    + module(
        "Traffic", ["Diagnostics", "JSON", "Linux", "Plan", "Presentation", "Telemetry", "Values", "Views"],
        tests: [
            "Diagnostics", "JSON", "Linux", "Plan", "Presentation", "SystemdBus", "Telemetry", "TestSupport", "Views",
        ])
    + module(
        "Lifecycle", ["Config", "Diagnostics", "JSON", "Linux", "Presentation", "SystemdBus", "Values", "Views"],
        tests: ["Diagnostics", "JSON", "Linux", "Presentation", "SystemdBus", "TestSupport", "Units", "Views"])
    + module(
        "Verification",
        [
            "Config", "Diagnostics", "HostActions", "HostTopology", "JSON", "Linux", "Plan",
            "Presentation", "Tuning",
            "Units", "Values", "Views",
        ], tests: ["Config", "HostActions", "Linux", "Plan", "TestSupport", "Units", "Values"])
    + module(
        "HostCheck",
        [
            "BuildActions", "Builds", "Config", "Diagnostics", "GuestImage", "HelperCalls", "HostActions",
            "HostTopology", "Installation", "JSON",
            "Linux", "Plan", "Reports", "SystemdBus", "Telemetry", "Tuning", "Units", "Values", "Views",
        ],
        tests: [
            "Builds", "Config", "Diagnostics", "HostActions", "JSON", "Linux", "Plan", "Reports", "TestSupport",
            "Units", "Values", "pvpgen",
        ])
    // The part of systemd's interfaces for static programs: Debian has no static libsystemd.
    + module("Systemd", ["Linux"], tests: ["Linux", "TestSupport"])
    + module(
        "SystemdBus", ["CSystemd", "Diagnostics", "Linux", "Values"],
        tests: ["Diagnostics", "Linux", "TestSupport", "Values"])
    + module("BootLoader", ["Diagnostics", "Linux"], tests: ["Diagnostics", "Linux", "TestSupport"])
    + module(
        "Installation",
        [
            "BootLoader", "Diagnostics", "HostActions", "HostTopology", "JSON", "Linux", "Plan", "SystemdBus", "Values",
        ],
        tests: ["BootLoader", "Diagnostics", "JSON", "Linux", "TestSupport"])
    + module(
        "Downloads", ["Diagnostics", "Linux", "Values"], tests: ["Diagnostics", "Linux", "TestSupport", "Values"])
    + module(
        "GuestImage", ["Config", "Diagnostics", "Downloads", "JSON", "Linux", "Plan", "Values"],
        tests: ["Config", "Diagnostics", "Import", "Linux", "Plan", "TestSupport", "Values", "pvpgen"])
    + module(
        "BuildActions",
        [
            "Builds", "Config", "Diagnostics", "Downloads", "HostActions", "HostTopology", "JSON", "Linux", "Plan",
            "Presentation", "SystemdBus", "Values",
        ], tests: ["Builds", "Config", "Diagnostics", "JSON", "Linux", "Plan", "TestSupport", "Values", "pvpgen"])
    + module(
        "Authoring",
        [
            "Config", "Diagnostics", "GuestImage", "HostActions", "HostTopology", "Linux", "Manual", "Plan", "Values",
        ], tests: ["Config", "Diagnostics", "Linux", "Plan", "TestSupport", "Values"])
    + [
        .target(name: "Libvirt", dependencies: ["CLibvirt", "Linux"], swiftSettings: strict),
        // It also calls functions that no program does.
        .testTarget(
            name: "LibvirtTests", dependencies: ["CLibvirt", "Libvirt"], swiftSettings: strict,
            linkerSettings: [.linkedLibrary("virt")]),
        .target(
            name: "TestSupport", dependencies: ["CSystemd", "Linux", "SystemdBus", "TrafficGenerator", "Values"],
            path: "Tests/Support",
            swiftSettings: strict,
            // A fake systemd calls functions that no program does.
            linkerSettings: [.linkedLibrary("systemd")]),
        .testTarget(
            name: "PvpgenTests",
            dependencies: [
                "Config", "ConsoleClient", "Diagnostics", "GuestImage", "JSON", "Linux", "Manual", "Plan",
                "SystemdBus", "TestSupport", "Units", "Values", "pvpgen",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["mistakes.txt"], swiftSettings: strict),
        .target(name: "ConsoleServer", dependencies: ["Console", "Linux", "Systemd"], swiftSettings: strict),
        .target(
            name: "HostActions",
            dependencies: [
                "Diagnostics", "HelperCalls", "HostTopology", "Linux", "SystemdBus", "Tuning", "Values",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "HostTests",
            dependencies: [
                "BootLoader", "Diagnostics", "HelperCalls", "HostActions", "HostTopology", "Installation", "Linux",
                "SystemdBus", "TestSupport", "Tuning", "Values", "pvpgen",
            ],
            exclude: ["law.txt"], swiftSettings: strict),
        .testTarget(
            name: "GeneratorTests", dependencies: ["Linux", "TestSupport", "pvp-generator"], swiftSettings: strict),
        .testTarget(name: "DPDKTests", dependencies: ["Linux", "TestSupport", "pvpgen"], swiftSettings: strict),
    ]

/// A PVP host without devices and guest under a real systemd, in a container.
let nspawn: [Target] = [
    .target(
        name: "Nspawn", dependencies: ["CLinux", "JSON", "LabTools", "Linux"], path: "Tests/Nspawn",
        exclude: ["boot", "root"],
        swiftSettings: strict),
    .testTarget(name: "NspawnTests", dependencies: ["LabTools", "Linux", "Nspawn"], swiftSettings: strict),
]

/// A whole PVP host in QEMU: what it is made of, its tests and `make demo`.
let lab: [Target] = [
    .target(name: "LabTools", dependencies: ["CLinux", "Linux"], path: "Tests/LabTools", swiftSettings: strict),
    .target(
        name: "Lab", dependencies: ["CLinux", "JSON", "LabTools", "Linux"], path: "Tests/Lab", swiftSettings: strict),
    .testTarget(
        name: "LabTests", dependencies: ["JSON", "Lab", "LabTools", "Linux", "Nspawn"], swiftSettings: strict),
    .executableTarget(name: "pvp-demo", dependencies: ["Lab", "LabTools"], path: "Tests/Demo", swiftSettings: strict),
]

/// One file that needs no library. Release only, because linker settings reach test bundles.
let staticProgram: [LinkerSetting] = [.unsafeFlags(["-static-executable"], .when(configuration: .release))]

let programs: [Target] = [
    // The generator runs before anything else on the host; of a console there is one for each
    // testpmd, in memory for as long.
    program("pvp-generator", ["Diagnostics", "Linux", "Plan", "Units"], link: staticProgram),
    // In C, because DPDK's calls for bursts are inline functions; alone in its process, because
    // it is linked with DPDK.
    .executableTarget(
        name: "pvp-traffic", dependencies: ["CDPDK"],
        // The instruction set of DPDK's generic builds, which its headers require.
        cSettings: [.define("_GNU_SOURCE"), .unsafeFlags(["-O3", "-march=corei7", "-Wall", "-Wextra", "-Werror"])],
        linkerSettings: [
            // Nothing of it is Swift, so it needs no runtime.
            .unsafeFlags(["-nostartfiles"]),
            // Buses register themselves when they are loaded.
            .unsafeFlags(["-Xlinker", "--no-as-needed"]), .linkedLibrary("rte_bus_pci"), .linkedLibrary("rte_bus_vdev"),
            .unsafeFlags(["-Xlinker", "--as-needed"]), .linkedLibrary("rte_eal"), .linkedLibrary("rte_ethdev"),
            .linkedLibrary("rte_mbuf"), .linkedLibrary("rte_mempool"), .linkedLibrary("rte_net"),
        ]),
    program(
        "pvpgen",
        [
            "Authoring", "BootLoader", "BuildActions", "Builds", "Config", "ConsoleClient", "Diagnostics", "GuestImage",
            "HelperCalls",
            "HostActions", "HostCheck", "HostTopology", "Import", "Installation", "JSON", "Lifecycle", "Linux",
            "Manual", "Measurement", "MeasurementActions", "MeasurementResults",
            "Plan", "Presentation", "Reports", "SystemdBus", "Telemetry", "Traffic", "TrafficGenerator", "Units",
            "Values", "Verbs", "Verification", "Views", "pvp-build", "pvp-dpdk", "pvp-guest", "pvp-host", "pvp-image",
            "pvp-network",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        // A megabyte of relocations becomes some kilobytes; gold cannot pack them.
        link: [
            .unsafeFlags(
                ["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"],
                .when(configuration: .release))
        ]),
    program(
        "pvp-console", ["Console", "ConsoleServer", "Diagnostics", "HelperCalls", "Linux", "Systemd", "Telemetry"],
        link: staticProgram),
]

/// What the verbs of pvpgen share, and programs that are pvpgen under other names, by links.
let helpers: [Target] = [
    helper(
        "Verbs",
        [
            "Config", "Diagnostics", "HostTopology", "Installation", "JSON", "Linux", "Plan", "Presentation",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ]),
    helper(
        "pvp-build",
        ["BuildActions", "Builds", "Diagnostics", "Downloads", "HelperCalls", "Linux", "Plan", "Systemd"]),
    helper("pvp-dpdk", ["CDPDKShim", "Diagnostics", "HelperCalls", "Linux"]),
    helper(
        "pvp-guest",
        [
            "Console", "ConsoleServer", "Diagnostics", "HelperCalls", "JSON", "LibXML2", "Libvirt", "Linux", "Systemd",
            "SystemdBus", "Telemetry",
            "Values", "XML",
        ]),
    helper("pvp-host", ["Diagnostics", "HelperCalls", "HostActions", "Linux", "Systemd", "SystemdBus", "Tuning"]),
    helper(
        "pvp-image", ["Config", "Diagnostics", "Downloads", "GuestImage", "HelperCalls", "Linux", "Plan", "Systemd"]),
    helper("pvp-network", ["Diagnostics", "HelperCalls", "LibXML2", "Libvirt", "Linux", "Values"]),
]

/// Programs as a whole, run as systemd would run them.
let programTests: [Target] = [
    .testTarget(
        name: "GuestTests",
        dependencies: [
            "CLinux", "Console", "Diagnostics", "Libvirt", "Linux", "TestSupport", "Values", "pvp-guest", "pvpgen",
        ],
        swiftSettings: strict),
    .testTarget(
        name: "NetworkTests",
        dependencies: [
            "Diagnostics", "Domain", "Linux", "Plan", "TestSupport", "Values", "XML", "pvp-network", "pvpgen",
        ],
        swiftSettings: strict),
]

let package = Package(
    name: "pvpgen",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: libraries + helpers + programs + programTests + nspawn + lab,
    swiftLanguageModes: [.v6]
)
