import JSON
import Linux

@testable import TRex

/// The state of a fake TRex, and its answers.
struct FakeTRexState: Sendable {
    /// An error of JSON-RPC.
    struct Refusal: Error {
        var code: Int
        var text: String

        static func parameters(_ text: String) -> Refusal { Refusal(code: -32602, text: text) }
        static func execution(_ text: String) -> Refusal { Refusal(code: -32000, text: text) }
    }

    var behavior: FakeTRexBehavior
    var ports = [FakeTRexPort(), FakeTRexPort()]
    var methods: [String] = []
    private let key = "k3yOfAPI"
    private var shownAt = 0.0
    private var shown = [FakeTRexPort(), FakeTRexPort()]
    private var fullQueues = 0
    private var missingBuffers = 0
    private var queueDrops = 0
    private var failedLinks: Set<Int> = []

    init(_ behavior: FakeTRexBehavior) { self.behavior = behavior }

    /// Seconds since a start long ago.
    private var now: Double { Double(MonotonicClock.microseconds) / 1e6 + 20_000 }

    /// `nil` for no answer.
    mutating func answer(to bytes: [UInt8]) -> [UInt8]? {
        guard let request = try? JSON(bytes) else {
            return Array(#"{"id":null,"jsonrpc":"2.0","error":{"code":-32700,"message":"Bad JSON Format"}}"#.utf8)
        }
        let requests = request.array ?? [request]
        var answers: [JSON] = []
        var isSilent = false
        for request in requests {
            let method = request["method"]?.string ?? ""
            methods.append(method)
            let answer = execute(method, request)
            isSilent = isSilent || behavior.silent.contains(method)
            if let text = behavior.nonsense[method] { return Array(text.utf8) }
            answers.append(answer)
        }
        if isSilent { return nil }
        return Array((answers.count == 1 ? answers[0] : .array(answers)).line.utf8)
    }

    private mutating func execute(_ method: String, _ request: JSON) -> JSON {
        let id = request["id"] ?? .null
        do {
            if let error = behavior.errors[method], behavior.errorCount > 0 {
                behavior.errorCount -= 1
                throw Refusal(code: error.code, text: error.text)
            }
            return ["jsonrpc": "2.0", "id": id, "result": try result(method, request["params"] ?? .null)]
        } catch let refusal as Refusal {
            return [
                "jsonrpc": "2.0", "id": id,
                "error": ["code": .number(refusal.code), "message": "Error", "specific_err": .string(refusal.text)],
            ]
        } catch {
            return .null
        }
    }

    private mutating func result(_ method: String, _ parameters: JSON) throws -> JSON {
        switch method {
        case "ping": return ["ts": .number("\(now)")]
        case "get_version": return ["version": .string(behavior.version), "mode": .string(behavior.mode)]
        case "api_sync_v2":
            guard parameters["name"]?.string == "STL", parameters["major"]?.int == behavior.major,
                let minor = parameters["minor"]?.int, minor <= behavior.minor
            else { throw Refusal.execution("RPC version mismatch: a newer client version is required\n(server)") }
            return ["api_h": .string(key)]
        default: break
        }
        guard parameters["api_h"]?.string == key else {
            throw Refusal.execution("API verification failed - API handler provided mismatch for class: 'STL'")
        }
        switch method {
        case "get_system_info": return systemInfo
        case "get_global_stats":
            return [
                "m_cpu_util": .number(behavior.cpuLoad), "m_total_queue_full": .number(fullQueues),
                "m_total_alloc_error": .number(missingBuffers), "m_total_queue_drop": .number(queueDrops),
            ]
        case "get_utilization": return utilization
        default: break
        }
        guard let number = parameters["port_id"]?.int, ports.indices.contains(number) else {
            throw Refusal.execution("invalid port id - should be: 0 1")
        }
        switch method {
        case "get_port_status": return status(number)
        case "get_port_stats": return statistics(number)
        case "acquire": return try acquire(number, parameters)
        default: break
        }
        let commands = [
            "release", "set_port_attr", "remove_all_streams", "service", "add_stream", "start_traffic", "stop_traffic",
        ]
        guard commands.contains(method) else {
            throw Refusal(code: -32601, text: "Method \(method) not registered")
        }
        guard let handler = parameters["handler"]?.string else { throw Refusal.parameters("field 'handler' is null") }
        if owner(number).isEmpty { throw Refusal.execution("please acquire the port before modifying port state") }
        guard handler == ports[number].handler, behavior.owners[number] == nil else {
            throw Refusal.execution("port is not owned by you or your current executing session")
        }
        try change(number, method, parameters)
        return method == "start_traffic" ? ["multiplier": 1, "ts": .number("\(now)")] : [:]
    }

    private func owner(_ number: Int) -> String { behavior.owners[number] ?? ports[number].owner }

    private mutating func acquire(_ number: Int, _ parameters: JSON) throws -> JSON {
        guard let user = parameters["user"]?.string, let session = parameters["session_id"]?.int,
            parameters["force"] != nil
        else { throw Refusal.parameters("field 'session_id' value is null") }
        let owner = owner(number)
        guard owner.isEmpty || owner == user else { throw Refusal.execution("port is already taken by '\(owner)'") }
        guard owner.isEmpty || ports[number].session == session else {
            throw Refusal.execution("port is already owned by another session of '\(user)'")
        }
        ports[number].owner = user
        ports[number].session = session
        ports[number].handler = "handler\(number)"
        return .string(ports[number].handler)
    }

    private mutating func change(_ number: Int, _ method: String, _ parameters: JSON) throws {
        switch method {
        case "release": ports[number].owner = ""
        case "set_port_attr": ports[number].isPromiscuous = parameters["attr"]?["promiscuous"]?["enabled"] == true
        case "service": ports[number].isInService = parameters["enabled"] == true
        case "remove_all_streams":
            guard ports[number].startTime == nil else { throw Refusal.execution("remove: port is active") }
            ports[number].streams = [:]
        case "add_stream":
            let stream = try FakeTRexPort.Stream(parameters["stream"] ?? .null)
            guard let id = parameters["stream_id"]?.int, ports[number].streams[id] == nil else {
                throw Refusal.parameters("stream_id")
            }
            ports[number].streams[id] = stream
        case "start_traffic": try start(number, parameters)
        default: stop(number)
        }
    }

    private mutating func start(_ number: Int, _ parameters: JSON) throws {
        let mul = parameters["mul"]
        guard mul?["type"]?.string == "raw", mul?["op"]?.string == "abs", mul?["value"]?.double == 1,
            parameters["duration"]?.double == -1, parameters["force"] == false
        else { throw Refusal.parameters("mul") }
        guard ports[number].state == "STREAMS" else { throw Refusal.execution("start: bad state") }
        guard !behavior.linksDown.contains(number) else { throw Refusal.execution("Link state is DOWN.") }
        guard let time = parameters["start_at_ts"]?.double, time >= now + 0.1 else {
            throw Refusal.execution("start_at_ts, if defined, should be at least 100msec from now_sec()")
        }
        ports[number].startTime = time
    }

    private mutating func stop(_ number: Int) {
        guard let start = ports[number].startTime else { return }
        if behavior.stopDelay > 0 { MonotonicClock.sleep(milliseconds: Int(behavior.stopDelay * 1000)) }
        let end = now
        let frames = Int(Double(ports[number].frames(until: end)) * behavior.sent)
        shown = ports
        shownAt = end + behavior.counterDelay
        ports[number].sentStreams = ports[number].streams.sorted { $0.key < $1.key }.map(\.value)
        ports[number].startTime = nil
        ports[number].sent += frames
        ports[number].sendErrors += behavior.sendErrors
        // The device has room for some frames.
        let most = behavior.limit * max(0, end - start) + 8
        let forwarded = Int(min(Double(frames), most) * behavior.forwarded)
        ports[1 - number].received += forwarded - behavior.receiveErrors
        ports[1 - number].receiveErrors += behavior.receiveErrors
        fullQueues += behavior.fullQueues
        missingBuffers += behavior.missingBuffers
        queueDrops += behavior.queueDrops
        failedLinks.formUnion(behavior.linksFailing)
    }
}

extension FakeTRexState {
    private var systemInfo: JSON {
        let list = ports.indices.map { number -> JSON in
            ["index": .number(number), "driver": "net_fake", "hw_mac": .string("02:00:00:00:00:0\(number + 1)")]
        }
        return ["dp_core_count": 1, "dp_core_count_per_port": 1, "port_count": 2, "ports": .array(list)]
    }

    private var utilization: JSON {
        let history: JSON = [.number(behavior.cpuLoad), 99, 3]
        // Another thread serves ports of other clients.
        return behavior.hasPlainUtilization
            ? ["cpu": [history]]
            : ["cpu": [["history": [100], "ports": [2, 3]], ["history": history, "ports": [0, 1]]]]
    }

    private func status(_ number: Int) -> JSON {
        let isUp = !behavior.linksDown.contains(number) && !failedLinks.contains(number)
        return [
            "owner": .string(owner(number)), "state": .string(ports[number].state),
            "attr": ["link": ["up": .bool(isUp)], "promiscuous": ["enabled": .bool(ports[number].isPromiscuous)]],
        ]
    }

    private func statistics(_ number: Int) -> JSON {
        let port = now < shownAt ? shown[number] : ports[number]
        let running = now < shownAt ? 0 : ports[number].frames(until: now)
        return [
            "opackets": .number(port.sent + running), "ipackets": .number(port.received + Int(now * behavior.noise)),
            "ierrors": .number(port.receiveErrors), "oerrors": .number(port.sendErrors),
        ]
    }
}

extension FakeTRexPort.Stream {
    /// Checks what TRex checks.
    fileprivate init(_ json: JSON) throws {
        func missing(_ name: String) -> FakeTRexState.Refusal { .parameters("field '\(name)' value is null") }
        for name in ["enabled", "self_start", "flags", "action_count", "isg", "next_stream_id", "vm", "flow_stats"]
        where json[name] == nil {
            throw missing(name)
        }
        guard json["mode"]?["type"]?.string == "continuous", json["mode"]?["rate"]?["type"]?.string == "pps",
            let rate = json["mode"]?["rate"]?["value"]?.double
        else { throw missing("mode") }
        guard json["packet"]?["binary"]?.string != nil, json["packet"]?["meta"]?.string != nil else {
            throw missing("packet")
        }
        guard json["vm"]?["instructions"]?.array != nil else { throw missing("instructions") }
        self.rate = rate
        delay = (json["isg"]?.double ?? 0) / 1e6
        self.json = json
    }
}
