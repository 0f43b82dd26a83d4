package import Diagnostics
package import Values

/// A call of pvp-guest, which is the main process of a guest's unit and also runs in its
/// `ExecStop=` and `ExecStopPost=`.
package struct GuestCall: Hashable, Sendable {
    package static let program = "pvp-guest"
    /// The namespace of the element in `<metadata>` of the domain on standard input, by which
    /// pvp-guest knows its own domains.
    package static let domainNamespace = "urn:pvpgen:domain"

    /// What the program is to do.
    package enum Verb: String, CaseIterable, Hashable, Sendable {
        /// Create the guest and stay with it until its end.
        case run
        /// Destroy what an earlier run left behind, unless the service manager restarts the unit
        /// (`ExecStopPost=`).
        case destroy
        /// Let the main process go without its guest, if the unit is only restarted (`ExecStop=`).
        case handOver = "hand-over"
        /// Shut down a guest whose unit has failed (`ExecStop=` of pvp-domain@.service).
        case end
    }

    /// Ports of one testpmd.
    package struct Ports: Hashable, Sendable {
        /// The path of its telemetry's socket.
        package var telemetry: String
        /// Their numbers.
        package var numbers: [Int]

        package init(telemetry: String, numbers: [Int]) {
            self.telemetry = telemetry
            self.numbers = numbers
        }

        /// Reads a path, `:` and numbers such as `2,3`; `nil` when it is anything else.
        fileprivate init?(_ text: String) {
            guard text.hasPrefix("/"), let colon = text.lastIndex(of: ":") else { return nil }
            let numbers = text[colon...].dropFirst().split(separator: ",", omittingEmptySubsequences: false).map {
                Int($0)
            }
            if numbers.contains(nil) { return nil }
            self.init(telemetry: String(text[..<colon]), numbers: numbers.compactMap { $0 })
        }
    }

    private enum Default {
        static let connect = "qemu:///system"
        static let startTimeout = 180
        static let stopTimeout = 60
    }

    package var verb: Verb
    /// The guest's name, which is the domain's.
    package var name: String
    /// libvirt's URI.
    package var connect = Default.connect
    /// Limit for the creation, in seconds: 1 to 86400, as the other limits; `nil` for the default.
    package var createTimeout: Int?
    /// Limit for the guest's shutdown, in seconds.
    package var stopTimeout = Default.stopTimeout
    /// Limit for all until the guest is ready, in seconds.
    package var startTimeout = Default.startTimeout
    /// Limit for the creation, in seconds: by default half of that for all.
    package var creationLimit: Int { createTimeout ?? (startTimeout + 1) / 2 }
    /// When it is.
    package var readyWhen = ReadyWhen.running
    /// The ports at the other ends of its vhost-user interfaces.
    package var vhosts: [Ports] = []
    /// The guest's address.
    package var ssh: String?

    package init(_ name: String, verb: Verb = .run) {
        self.verb = verb
        self.name = name
    }

    /// `PVP_READY` for the drop-in of a guest's unit: when the guest is ready.
    package var readyVariable: String { ("PVP_READY=\(words: readiness)" as UTF8StringBuilder).string }
    /// `PVP_STOP` for the same.
    package var stopVariable: String { "PVP_STOP=--stop-timeout=\(stopTimeout)" }

    package var arguments: [String] {
        var arguments = verb == .run ? [name] : ["--\(verb.rawValue)", name]
        if connect != Default.connect { arguments.append("--connect=\(connect)") }
        if let createTimeout { arguments.append("--create-timeout=\(createTimeout)") }
        if stopTimeout != Default.stopTimeout { arguments.append("--stop-timeout=\(stopTimeout)") }
        return arguments + readiness
    }

    private var readiness: [String] {
        var words = ["--ready-when=\(readyWhen.rawValue)"]
        for ports in vhosts {
            words.append(("--vhost=\(ports.telemetry):\(ports.numbers)" as UTF8StringBuilder).string)
        }
        if let ssh { words.append("--ssh=\(ssh)") }
        if startTimeout != Default.startTimeout { words.append("--start-timeout=\(startTimeout)") }
        return words
    }

    /// Reads what follows the program's name.
    /// - Throws: `usage`.
    package init(_ arguments: [String]) throws(Problem) {
        var reader = try ArgumentReader(arguments, of: Self.program)
        verb = Verb.allCases.first { $0 != .run && reader.flag($0.rawValue) } ?? .run
        let name = reader.operand()
        connect = try reader.value("connect") ?? Default.connect
        createTimeout = try Self.seconds("create-timeout", &reader)
        stopTimeout = try Self.seconds("stop-timeout", &reader) ?? Default.stopTimeout
        startTimeout = try Self.seconds("start-timeout", &reader) ?? Default.startTimeout
        let conditions = ReadyWhen.allCases.map(\.rawValue).joined(separator: ", ")
        readyWhen = try reader.value("ready-when", expected: conditions) { ReadyWhen(rawValue: $0) } ?? .running
        for text in try reader.values("vhost") {
            guard let ports = Ports(text) else {
                throw reader.usage(
                    "--vhost=\(text): expected the path of a socket, ':' and numbers of ports such as 2,3")
            }
            vhosts.append(ports)
        }
        ssh = try reader.value("ssh")
        try reader.finish()
        self.name = try reader.required("the guest's name", name)
        if readyWhen == .ssh, ssh == nil {
            throw reader.usage("--ready-when=ssh: --ssh= with the guest's address is missing")
        }
        if readyWhen == .vhost, vhosts.isEmpty {
            throw reader.usage("--ready-when=vhost: --vhost= with testpmd's ports is missing")
        }
    }

    private static func seconds(_ option: String, _ reader: inout ArgumentReader) throws(Problem) -> Int? {
        try reader.number(option, in: 1...86400)
    }
}
