import Console
import Diagnostics
import HelperCalls
import Linux

extension ConsoleServerCall {
    /// The path of DPDK's telemetry socket: as given, or where testpmd creates it in the unit's
    /// runtime directory.
    /// - Throws: `usage`.
    var telemetryPath: String {
        get throws(Problem) {
            if let telemetry { return telemetry }
            guard let directory = Environment["RUNTIME_DIRECTORY"]?.split(separator: ":").first else {
                throw Problem(
                    .usage, "--telemetry is missing and RUNTIME_DIRECTORY is not set",
                    remedy: "set RuntimeDirectory= in the unit")
            }
            return "\(directory)/dpdk/\(name)/dpdk_telemetry.v2"
        }
    }
}

extension Console.Settings {
    init(_ call: ConsoleServerCall) {
        self.init(
            name: call.name, ports: call.ports, forwards: call.command.contains("--auto-start"),
            stopTimeout: call.stopTimeout * 1000)
        group = call.group
    }
}
