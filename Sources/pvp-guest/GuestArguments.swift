import Diagnostics

/// The command line, read.
struct GuestArguments: Hashable, Sendable {
    /// What the program is to do.
    enum Verb: Hashable, Sendable {
        /// Create the guest and stay with it until its end.
        case run
        /// Destroy what an earlier run left behind, unless the service manager restarts the unit
        /// (`ExecStopPost=`).
        case destroy
        /// Let the main process go without its guest, if the unit is only restarted (`ExecStop=`).
        case handOver
        /// Shut down a guest whose unit has failed (`ExecStop=` of pvp-domain@.service).
        case end
        case help
    }

    static let usage = """
        Usage: pvp-guest GUEST [OPTIONS...] < DOMAIN.xml
               pvp-guest --destroy|--end|--hand-over GUEST [--connect=URI]

        Run a libvirt domain as a systemd unit

        Creates a transient domain from the XML on standard input, and runs as long as
        the domain does. A running domain is adopted if an earlier pvp-guest created it
        from the same XML, and replaced if the XML differs. SIGTERM shuts the guest
        down, SIGUSR1 ends pvp-guest without its guest.

        Options:
          --destroy               Destroy a guest that an earlier run left behind. In
                                  ExecStopPost=: only if the unit is stopped for good,
                                  or if the guest did not start
          --end                   In ExecStop= of pvp-domain@GUEST.service: shut down a
                                  guest whose unit has failed
          --hand-over             In ExecStop=: end $MAINPID without its guest if only
                                  the unit is restarted
          --connect=URI           Use this libvirt; qemu:///system by default
          --create-timeout=SECONDS
                                  Time limit of the creation, which waits for testpmd;
                                  60 by default
          --start-timeout=SECONDS
                                  Time limit until the guest is ready; 180 by default
          --ready-when=CONDITION  Condition of a ready guest: running (the default),
                                  vhost, agent or ssh
          --vhost=SOCKET:PORT,...
                                  For vhost: telemetry socket of a testpmd, and its
                                  ports to this guest; once for each testpmd
          --ssh=ADDRESS           For ssh: address of the guest
          --stop-timeout=SECONDS  Time for the guest to shut down; 60 by default
          -h, --help              Print this help

        Examples:
          pvp-guest guest --ready-when=agent < guest.xml
          pvp-guest --destroy guest

        Exit codes: 0 after the guest has shut down, 1 on failure, 2 for wrong usage, 3
        if the guest was not ready in time.
        """

    var verb = Verb.run
    /// The guest's name, which is the domain's.
    var name = ""
    /// libvirt's URI.
    var connect = "qemu:///system"
    /// Limit for the creation, in seconds.
    var createTimeout = 60
    /// Limit for the guest's shutdown, in seconds.
    var stopTimeout = 60
    /// Limit for all until the guest is ready, in seconds.
    var startTimeout = 180
    /// When it is.
    var readyWhen = Readiness.running
    /// The ports at the other ends of its vhost-user interfaces.
    var vhosts: [Ports] = []
    /// The guest's address.
    var ssh: String?

    /// Ports of one testpmd.
    struct Ports: Hashable, Sendable {
        /// The path of its telemetry's socket.
        var telemetry: String
        /// Their numbers.
        var numbers: [Int]
    }

    /// Reads what follows the program's name. Throws `usage`.
    init(_ arguments: [String]) throws(Problem) {
        for argument in arguments {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            switch (parts[0], parts.count) {
            case ("--help", 1), ("-h", 1): verb = .help
            case ("--destroy", 1): verb = .destroy
            case ("--end", 1): verb = .end
            case ("--hand-over", 1): verb = .handOver
            case ("--connect", 2): connect = parts[1]
            case ("--create-timeout", 2): createTimeout = try Self.seconds(parts[1], of: parts[0])
            case ("--start-timeout", 2): startTimeout = try Self.seconds(parts[1], of: parts[0])
            case ("--ready-when", 2): readyWhen = try Self.readiness(parts[1])
            case ("--vhost", 2): vhosts.append(try Self.ports(parts[1]))
            case ("--ssh", 2): ssh = parts[1]
            case ("--stop-timeout", 2): stopTimeout = try Self.seconds(parts[1], of: parts[0])
            default:
                guard !argument.hasPrefix("-"), !argument.isEmpty, name.isEmpty else {
                    throw Self.problem("unexpected argument '\(argument)'")
                }
                name = argument
            }
        }
        if name.isEmpty && verb != .help { throw Self.problem("the guest's name is missing") }
        if readyWhen == .ssh, ssh == nil { throw Self.problem("--ready-when=ssh: --ssh= with the guest's address is missing") }
        if readyWhen == .vhost, vhosts.isEmpty { throw Self.problem("--ready-when=vhost: --vhost= with testpmd's ports is missing") }
    }

    private static func seconds(_ text: String, of option: String) throws(Problem) -> Int {
        guard let seconds = Int(text), (1...86400).contains(seconds) else {
            throw problem("\(option)=\(text): expected 1 to 86400 seconds")
        }
        return seconds
    }

    private static func readiness(_ text: String) throws(Problem) -> Readiness {
        if let readiness = Readiness(rawValue: text) { return readiness }
        throw problem("--ready-when=\(text): expected \(Readiness.allCases.map(\.rawValue).joined(separator: ", "))")
    }

    private static func ports(_ text: String) throws(Problem) -> Ports {
        let colon = text.lastIndex(of: ":") ?? text.endIndex
        let numbers = text[colon...].dropFirst().split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        guard text.hasPrefix("/"), !numbers.isEmpty, !numbers.contains(nil) else {
            throw problem("--vhost=\(text): expected the path of a socket, ':' and numbers of ports such as 2,3")
        }
        return Ports(telemetry: String(text[..<colon]), numbers: numbers.compactMap { $0 })
    }

    private static func problem(_ message: String) -> Problem { Problem(.usage, message, remedy: "run 'pvp-guest --help'") }
}
