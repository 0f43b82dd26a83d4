import Console
import Diagnostics
import Linux

/// The command line.
struct Options {
    static let usage = "Usage: pvp-console --name=NAME --ports=COUNT [OPTIONS...] -- PROGRAM [ARG...]"
    /// What `--help` prints after the usage.
    static let help = """

        Run testpmd on a terminal that several clients share

        Output of PROGRAM is logged to the journal line by line. Clients attach through
        the sockets that the service manager passes.

        Options:
          --name=NAME             Name of the testpmd and of its unit
          --ports=COUNT           Number of started ports that the service is ready with;
                                  with --auto-start among the arguments of PROGRAM,
                                  packets must be forwarded too
          --group=NAME            Group whose members can attach, as root can; pvp by
                                  default
          --view-group=NAME       Group whose members can attach read-only; none by
                                  default
          --telemetry=PATH        Telemetry socket of DPDK;
                                  $RUNTIME_DIRECTORY/dpdk/NAME/dpdk_telemetry.v2 by
                                  default
          --stop-timeout=SECONDS  Time for testpmd to stop, 1 to 3600; 30 by default.
                                  SIGTERM is sent after two thirds of it, SIGKILL at its
                                  end
          -h, --help              Print this help

        Examples:
          systemd-socket-activate -l /tmp/console \\
            pvp-console --name=testpmd --ports=2 --telemetry=/tmp/telemetry \\
            -- dpdk-testpmd -l 1-3 -- -i

        Exit codes: that of PROGRAM, 1 on failure, 2 for wrong usage.

        """

    var name = ""
    var group = "pvp"
    var viewGroup: String?
    var telemetry = ""
    var ports = 0
    var stopTimeout = 30
    var command: [String] = []

    /// Throws `usage` with what is wrong.
    init(_ arguments: [String]) throws(Problem) {
        guard let end = arguments.firstIndex(of: "--"), end + 1 < arguments.count else {
            throw Self.wrong("the program to run is missing", "name the program after --")
        }
        command = Array(arguments[(end + 1)...])
        for argument in arguments[..<end] {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let value = parts.count == 2 ? parts[1] : ""
            guard !value.isEmpty else { throw Self.wrong("\(argument): expected --NAME=VALUE", "see pvp-console --help") }
            switch parts[0] {
            case "--name": name = value
            case "--group": group = value
            case "--view-group": viewGroup = value
            case "--telemetry": telemetry = value
            case "--ports": ports = try Self.number(argument, value, 1...1024)
            case "--stop-timeout": stopTimeout = try Self.number(argument, value, 1...3600)
            default: throw Self.wrong("\(parts[0]): no such option", "see pvp-console --help")
            }
        }
        for (option, isMissing) in [("--name", name.isEmpty), ("--ports", ports == 0)] where isMissing {
            throw Self.wrong("\(option) is missing", "see pvp-console --help")
        }
        if telemetry.isEmpty {
            guard let directory = Environment["RUNTIME_DIRECTORY"]?.split(separator: ":").first else {
                throw Self.wrong("--telemetry is missing and RUNTIME_DIRECTORY is not set", "set RuntimeDirectory= in the unit")
            }
            telemetry = "\(directory)/dpdk/\(name)/dpdk_telemetry.v2"
        }
    }

    var settings: Console.Settings {
        var settings = Console.Settings(
            name: name, ports: ports, forwards: command.contains("--auto-start"), stopTimeout: stopTimeout * 1000)
        settings.group = group
        return settings
    }

    private static func number(_ argument: String, _ value: String, _ range: ClosedRange<Int>) throws(Problem) -> Int {
        guard let number = Int(value), range.contains(number) else {
            throw wrong("\(argument): expected a number from \(range.lowerBound) to \(range.upperBound)", "see pvp-console --help")
        }
        return number
    }

    private static func wrong(_ message: String, _ remedy: String) -> Problem { Problem(.usage, message, remedy: remedy) }
}
