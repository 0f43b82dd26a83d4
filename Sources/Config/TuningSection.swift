/// `[Tuning]`: what of the host is changed while pvp.target is up.
public struct TuningSection: ConfigSection {
    /// Whether the watchdog for hard lockups is stopped.
    public var stopNMIWatchdog = true
    /// Whether the kernel's work that is bound to no CPU is kept off.
    public var moveWorkqueues = true
    /// Whether interrupts are kept off.
    public var moveInterrupts = true
    /// Whether irqbalance is told so.
    public var limitIRQBalance = true
    /// Whether other processes are kept off by systemd's slices.
    public var limitSlices = true
    /// Whether samepage merging is stopped.
    public var stopKSM = true
    /// Whether transparent hugepages are stopped.
    public var stopTransparentHugepages = true
    /// Whether automatic NUMA balancing is stopped.
    public var stopNUMABalancing = true
    /// Whether memory statistics are gathered more seldom.
    public var slowStatistics = true
    /// Whether CPUs run at their highest frequency.
    public var performanceGovernor = true
    /// Whether there is no frequency beyond the nominal one.
    public var stopTurbo = false
    /// Whether idle threads of busy cores are taken offline.
    public var offlineSiblings = false
    /// Whether corrected hardware errors are not polled for.
    public var ignoreCorrectedErrors = false
    /// Whether real-time threads may have all of their CPU.
    public var stopRealtimeLimit = false
    /// How long a CPU may take to wake up, in microseconds.
    public var wakeupLatency: Int?
    /// Where it was read.
    public var source = SectionSource()
    /// The section with every default.
    public init() {}
}

extension TuningSection {
    /// `[Tuning]`
    public static let title = "Tuning"
    /// What `[Tuning]` is for.
    public static let documentation =
        "What pvp-tune.service changes on the host while pvp.target is up, and puts back when it stops. What this machine does not have, and what a running tuned sets itself, is left out."
    /// The settings of `[Tuning]`.
    public static let settings: [Setting<TuningSection>] = [
        Setting(
            "MoveInterrupts", \.moveInterrupts, .boolean, default: "yes",
            "Whether interrupts of devices are moved off isolated CPUs, later ones too"),
        Setting(
            "LimitIRQBalance", \.limitIRQBalance, .boolean, default: "yes",
            "Whether a running irqbalance is told to leave isolated CPUs alone"
        ),
        Setting(
            "MoveWorkqueues", \.moveWorkqueues, .boolean, default: "yes",
            "Whether writeback and other work of the kernel that is bound to no CPU is kept off isolated CPUs"),
        Setting(
            "LimitSlices", \.limitSlices, .boolean, default: "yes",
            "Whether init.scope, system.slice and user.slice are kept on housekeeping CPUs (AllowedCPUs=), whatever their processes ask for"
        ),
        Setting("StopNMIWatchdog", \.stopNMIWatchdog, .boolean, default: "yes", "Whether the watchdog for hard lockups is stopped"),
        Setting("StopKSM", \.stopKSM, .boolean, default: "yes", "Whether kernel samepage merging is stopped"),
        Setting(
            "StopTransparentHugepages", \.stopTransparentHugepages, .boolean, default: "yes",
            "Whether transparent hugepages are switched off"),
        Setting("StopNUMABalancing", \.stopNUMABalancing, .boolean, default: "yes", "Whether automatic NUMA balancing is switched off"),
        Setting(
            "SlowStatistics", \.slowStatistics, .boolean, default: "yes",
            "Whether statistics of memory are gathered each 10 s in place of each second"
        ),
        Setting(
            "PerformanceGovernor", \.performanceGovernor, .boolean, default: "yes",
            "Whether all CPUs get the frequency governor performance"),
        Setting("StopTurbo", \.stopTurbo, .boolean, default: "no", "Whether turbo (boost) is switched off"),
        Setting(
            "OfflineSiblings", \.offlineSiblings, .boolean, default: "no",
            "Whether idle threads of cores that lcores and vCPUs are on are taken offline"),
        Setting(
            "IgnoreCorrectedErrors", \.ignoreCorrectedErrors, .boolean, default: "no",
            "Whether corrected hardware errors are no longer polled for; nobody is told of them then"),
        Setting(
            "StopRealtimeLimit", \.stopRealtimeLimit, .boolean, default: "no",
            "Whether real-time threads may have all of their CPU; one that never sleeps holds it up for good then"),
        Setting(
            "WakeupLatency", \.wakeupLatency, .integer(0...10000, "microseconds"),
            "How long a CPU may take to wake up from idle; deeper idle states are not used. As long as it likes if it is not given"),
    ]
}
