import Diagnostics
import JSON
import Linux
import Values

/// The ownership of ports of TRex, which ends with ``release()``. Every command of a port needs
/// the handler that TRex returns for it.
final class TRexSession {
    /// A port that is acquired.
    struct Port {
        var number: Int
        var handler: String
        /// Its hardware address.
        var address: MACAddress
        /// Whether it received frames for other addresses before.
        var wasPromiscuous: Bool
    }

    /// A port's state (`get_port_status`).
    struct Status {
        var owner: String
        var isLinkUp: Bool
        /// Whether a former session has left traffic running.
        var isSending: Bool
        var isPromiscuous: Bool
    }

    /// The API that is spoken: STL of TRex 3.0 to 3.08.
    static let api = (name: "STL", major: 5, minor: 1)

    let connection: TRexConnection
    /// The release, as TRex writes it: `v3.08`.
    let version: String
    /// Threads that send, for each pair of ports.
    let cores: Int
    private(set) var ports: [Port] = []
    private let key: String

    /// Checks the version and acquires the ports, without force. A port that the previous session
    /// of this process owns is acquired again.
    /// - Throws: `trex-version`, `trex-busy`, and what ``TRexConnection`` throws. No port stays
    ///   acquired then.
    init(_ connection: TRexConnection, ports numbers: [Int], previous: TRexSession? = nil) throws(Problem) {
        self.connection = connection
        version = try Self.version(connection)
        key = try Self.synchronize(connection, version: version)
        let system = try connection.call("get_system_info", [.init("api_h", .string(key))])
        cores = max(1, system["dp_core_count_per_port"]?.int ?? 1)
        do throws(Problem) {
            for number in numbers {
                var port = try acquire(number, system)
                if let old = previous?.ports.first(where: { $0.number == number }) {
                    port.wasPromiscuous = old.wasPromiscuous
                }
                ports.append(port)
            }
            // A port that does not support it receives all frames or only its own.
            for port in ports where !port.wasPromiscuous { _ = try connection.send([promiscuous(port, true)]) }
        } catch {
            release()
            throw error
        }
    }

    /// Releases the ports with the settings that they had before. Errors are ignored: the ports
    /// belong to another session then, or TRex has ended.
    func release() {
        for port in ports {
            var commands = [
                command("stop_traffic", port), command("remove_all_streams", port),
            ]
            if !port.wasPromiscuous { commands.append(promiscuous(port, false)) }
            // Without an answer, each further command would wait as long.
            if (try? connection.send(commands + [command("release", port)])) == nil { break }
        }
        ports = []
    }

    /// A command with the key of the API and, for a port, its number and handler.
    func command(_ method: String, _ port: Port? = nil, _ parameters: [JSON.Member] = []) -> TRexConnection.Command {
        var members = [JSON.Member("api_h", .string(key))]
        if let port { members += [.init("port_id", .number(port.number)), .init("handler", .string(port.handler))] }
        return .init(method, members + parameters)
    }

    /// Throws what ``TRexConnection`` throws.
    func status(of number: Int) throws(Problem) -> Status {
        let method = "get_port_status"
        let status = try connection.call(
            method, [.init("api_h", .string(key)), .init("port_id", .number(number)), .init("block", false)])
        guard let owner = status["owner"]?.string, let link = status["attr"]?["link"]?["up"] else {
            throw Problem(connection.address, answers: method, without: "an owner and the state of the link")
        }
        return Status(
            owner: owner, isLinkUp: link == true,
            isSending: ["TX", "PAUSE", "PCAP_TX"].contains(status["state"]?.string ?? ""),
            isPromiscuous: status["attr"]?["promiscuous"]?["enabled"] == true)
    }

    private func promiscuous(_ port: Port, _ isEnabled: Bool) -> TRexConnection.Command {
        command("set_port_attr", port, [.init("attr", ["promiscuous": ["enabled": .bool(isEnabled)]])])
    }

    private func acquire(_ number: Int, _ system: JSON) throws(Problem) -> Port {
        guard let description = system["ports"]?.array?.first(where: { $0["index"]?.int == number }) else {
            throw Problem(
                .trexRefused, "TRex at \(connection.address): port \(number) does not exist",
                remedy: "set Ports= to ports of TRex, which './t-rex-64 -i' lists")
        }
        // The specification and releases of TRex have different names.
        let names = ["hw_mac", "hw_macaddr", "src_macaddr"]
        guard let address = names.lazy.compactMap({ description[$0]?.string.flatMap { MACAddress($0) } }).first else {
            throw Problem(connection.address, answers: "get_system_info", without: "a MAC address")
        }
        let status = try status(of: number)
        let command = command(
            "acquire", nil,
            [
                .init("port_id", .number(number)), .init("user", .string(Self.user)),
                .init("session_id", .number(Int(CurrentProcess.id))), .init("force", false),
            ])
        switch try connection.send([command])[0] {
        case .success(let handler):
            guard let handler = handler.string else {
                throw Problem(connection.address, answers: "acquire", without: "a handler")
            }
            return Port(
                number: number, handler: handler, address: address, wasPromiscuous: status.isPromiscuous)
        case .failure(let error):
            // It may have been acquired in between.
            let owner = try self.status(of: number).owner
            guard !owner.isEmpty else { throw Problem(connection.address, refuses: "acquire", error) }
            throw Problem(
                .trexBusy, "TRex at \(connection.address): port \(number) is in use by '\(owner)'",
                remedy: "stop that client, or run 'acquire --force' and 'release' in trex-console")
        }
    }

    /// The name under which other clients see the ports.
    private static let user = "pvpgen"
}

extension TRexSession {
    private static func version(_ connection: TRexConnection) throws(Problem) -> String {
        // It needs no key.
        let answer = try connection.call("get_version")
        guard let version = answer["version"]?.string else {
            throw Problem(connection.address, answers: "get_version", without: "a version")
        }
        guard let number = ReleaseNumber(version.hasPrefix("v") ? String(version.dropFirst()) : version),
            number.isAtLeast(3, 0)
        else { throw unsupported(connection, "expected version 3.0 or later, got '\(version)'") }
        if let mode = answer["mode"]?.string, mode != api.name {
            throw unsupported(connection, "expected mode \(api.name), got '\(mode)'")
        }
        return version
    }

    private static func synchronize(_ connection: TRexConnection, version: String) throws(Problem) -> String {
        let method = "api_sync_v2"
        let command = TRexConnection.Command(
            method,
            [.init("name", .string(api.name)), .init("major", .number(api.major)), .init("minor", .number(api.minor))])
        switch try connection.send([command])[0] {
        case .success(let result):
            guard let key = result["api_h"]?.string else {
                throw Problem(connection.address, answers: method, without: "a key")
            }
            return key
        case .failure(let error):
            let expected = "expected API \(api.name) \(api.major).\(api.minor), \(version) has another one"
            throw unsupported(connection, "\(expected): \(error.text)")
        }
    }

    private static func unsupported(_ connection: TRexConnection, _ what: String) -> Problem {
        Problem(
            .trexVersion, "TRex at \(connection.address): \(what)",
            remedy: "run TRex 3.0 to 3.08 in stateless mode: './t-rex-64 -i'")
    }
}
