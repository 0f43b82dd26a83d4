/// `[Tuning]`: what of the host is changed while pvp.target is up.
package struct TuningSection: ConfigSection {
    /// Whether the watchdog for hard lockups is stopped.
    package var stopNMIWatchdog = true
    /// Whether the kernel's work that is bound to no CPU is kept off.
    package var moveWorkqueues = true
    /// Whether interrupts are kept off.
    package var moveInterrupts = true
    /// Whether irqbalance is configured, too.
    package var limitIRQBalance = true
    /// Whether other processes are kept off by systemd's slices.
    package var limitSlices = true
    /// Whether samepage merging is stopped.
    package var stopKSM = true
    /// Whether transparent hugepages are stopped.
    package var stopTransparentHugepages = true
    /// Whether automatic NUMA balancing is stopped.
    package var stopNUMABalancing = true
    /// Whether memory statistics are gathered more seldom.
    package var slowStatistics = true
    /// Whether CPUs run at their highest frequency.
    package var performanceGovernor = true
    /// Whether there is no frequency beyond the nominal one.
    package var stopTurbo = false
    /// Whether idle threads of busy cores are taken offline.
    package var offlineSiblings = false
    /// Whether corrected hardware errors are not polled for.
    package var ignoreCorrectedErrors = false
    /// Whether real-time threads may have all of their CPU.
    package var stopRealtimeLimit = false
    /// How long a CPU may take to wake up, in microseconds.
    package var wakeupLatency: Int?
    /// Where it was read.
    package var source = SectionSource()
    /// The section with every default.
    package init() {}
}

extension TuningSection {
    /// `[Tuning]`
    package static let title = "Tuning"
    /// What `[Tuning]` is for.
    package static let documentation =
        "Lists what pvp-tune.service changes on the host while pvp.target is active, and restores on stop. "
        + "What the machine lacks, and what a running tuned sets itself, is left out."
    /// The settings of `[Tuning]`.
    package static let settings: [Setting<TuningSection>] = [
        Setting(
            "MoveInterrupts", \.moveInterrupts, .boolean, default: "yes",
            summary: "Move device interrupts to housekeeping CPUs",
            description:
                "Takes a boolean. If enabled, device interrupts are moved to housekeeping CPUs, interrupts of later "
                + "devices too."
        ),
        Setting(
            "LimitIRQBalance", \.limitIRQBalance, .boolean, default: "yes",
            summary: "Keep a running irqbalance off isolated CPUs",
            description: "Takes a boolean. If enabled, a running irqbalance is instructed to leave isolated CPUs alone."
        ),
        Setting(
            "MoveWorkqueues", \.moveWorkqueues, .boolean, default: "yes",
            summary: "Move unbound kernel workqueues to housekeeping CPUs",
            description:
                "Takes a boolean. If enabled, kernel workqueues that are not bound to a CPU, such as writeback, "
                + "run on housekeeping CPUs."),
        Setting(
            "LimitSlices", \.limitSlices, .boolean, default: "yes",
            summary: "Limit system, user and init slices to housekeeping CPUs",
            description:
                "Takes a boolean. If enabled, init.scope, system.slice and user.slice are limited to housekeeping CPUs "
                + "(AllowedCPUs=), so that their processes cannot use isolated CPUs even on request."),
        Setting(
            "StopNMIWatchdog", \.stopNMIWatchdog, .boolean, default: "yes",
            summary: "Disable the hard lockup detector",
            description: "Takes a boolean. If enabled, the hard lockup detector (NMI watchdog) is disabled."),
        Setting(
            "StopKSM", \.stopKSM, .boolean, default: "yes",
            summary: "Disable kernel samepage merging",
            description: "Takes a boolean. If enabled, kernel samepage merging is disabled."),
        Setting(
            "StopTransparentHugepages", \.stopTransparentHugepages, .boolean, default: "yes",
            summary: "Disable transparent hugepages",
            description: "Takes a boolean. If enabled, transparent hugepages are disabled."),
        Setting(
            "StopNUMABalancing", \.stopNUMABalancing, .boolean, default: "yes",
            summary: "Disable automatic NUMA balancing",
            description: "Takes a boolean. If enabled, automatic NUMA balancing is disabled."),
        Setting(
            "SlowStatistics", \.slowStatistics, .boolean, default: "yes",
            summary: "Update memory statistics every 10 s instead of every second",
            description:
                "Takes a boolean. If enabled, the kernel updates memory statistics every 10 s instead of every "
                + "second."),
        Setting(
            "PerformanceGovernor", \.performanceGovernor, .boolean, default: "yes",
            summary: "Use the CPU frequency governor performance",
            description: "Takes a boolean. If enabled, all CPUs use the frequency governor performance."),
        Setting(
            "StopTurbo", \.stopTurbo, .boolean, default: "no",
            summary: "Disable turbo (boost) frequencies",
            description: "Takes a boolean. If enabled, turbo (boost) frequencies are disabled."),
        Setting(
            "OfflineSiblings", \.offlineSiblings, .boolean, default: "no",
            summary: "Take idle SMT siblings of busy CPUs offline",
            description:
                "Takes a boolean. If enabled, idle SMT siblings of the CPUs of lcores and vCPUs are taken offline."),
        Setting(
            "IgnoreCorrectedErrors", \.ignoreCorrectedErrors, .boolean, default: "no",
            summary: "Stop polling for corrected hardware errors",
            description:
                "Takes a boolean. If enabled, the kernel no longer polls for corrected hardware errors, "
                + "and does not report them."
        ),
        Setting(
            "StopRealtimeLimit", \.stopRealtimeLimit, .boolean, default: "no",
            summary: "Let real-time threads use all of their CPU",
            description:
                "Takes a boolean. If enabled, real-time threads can use all of their CPU. "
                + "A real-time thread that never sleeps then blocks its CPU for good."),
        Setting(
            "WakeupLatency", \.wakeupLatency, .integer(0...10000, "microseconds"),
            summary: "Longest wake-up time of an idle CPU",
            description:
                "Specifies the longest time that an idle CPU may take to wake up. Deeper idle states are not used. "
                + "If not set, there is no limit."),
    ]
}
