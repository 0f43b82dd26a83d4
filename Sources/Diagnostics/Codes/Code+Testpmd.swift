extension Problem.Code {
    /// The testpmd program does not exist.
    package static let testpmdMissing = Problem.Code("testpmd-missing")
    /// testpmd ended with an error.
    package static let testpmd = Problem.Code("testpmd")
    /// DPDK is too old.
    package static let dpdkOld = Problem.Code("dpdk-old")
    /// DPDK refuses a device of the plan.
    package static let devices = Problem.Code("devices")
    /// The devices were not checked by DPDK.
    package static let devicesUnchecked = Problem.Code("devices-unchecked")
    /// DPDK cannot parse a device argument.
    package static let deviceRefused = Problem.Code("device-refused")
    /// A device is given twice.
    package static let deviceTwice = Problem.Code("device-twice")
    /// An argument sets what the plan decides.
    package static let argumentOwned = Problem.Code("argument-owned")
    /// testpmd refuses its arguments.
    package static let argumentsRefused = Problem.Code("arguments-refused")
    /// The arguments were not checked by testpmd.
    package static let argumentsUnchecked = Problem.Code("arguments-unchecked")
    /// No DPDK program provides telemetry.
    package static let telemetryMissing = Problem.Code("telemetry-missing")
    /// The telemetry socket refuses the connection.
    package static let telemetryRefused = Problem.Code("telemetry-refused")
    /// Telemetry does not answer.
    package static let telemetrySilent = Problem.Code("telemetry-silent")
    /// The telemetry connection was closed.
    package static let telemetryLost = Problem.Code("telemetry-lost")
    /// A JSON text is malformed.
    package static let jsonMalformed = Problem.Code("json-malformed")
    /// pvp-traffic does not accept a command.
    package static let trafficRefused = Problem.Code("traffic-refused")
    /// pvp-traffic does not answer.
    package static let trafficLost = Problem.Code("traffic-lost")
    /// No testpmd exists to report metrics of.
    package static let noMetrics = Problem.Code("no-metrics")
}
