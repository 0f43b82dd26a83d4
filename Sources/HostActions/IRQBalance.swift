import Linux
import Values

/// A running irqbalance, queried and configured through its socket (irqbalance-ui(1)). The
/// configuration holds until it is restarted.
struct IRQBalance {
    /// One that was killed has left its socket behind.
    private let sockets: [String]

    /// The one that runs; `nil` when there is no socket of one.
    init?(in root: Root) {
        let directory = "/run/irqbalance"
        let names = ((try? root.list(directory)) ?? []).filter { $0.hasPrefix("irqbalance") && $0.hasSuffix(".sock") }
        if names.isEmpty { return nil }
        sockets = names.map { root.path("\(directory)/\($0)") }
    }

    /// Whether there is a process of that name.
    static func isRunning(in root: Root) -> Bool {
        ((try? root.list("/proc")) ?? []).contains {
            Int($0) != nil && (try? root.text("/proc/\($0)/comm")) == "irqbalance"
        }
    }

    /// The CPUs that it leaves alone, as a mask; `nil` when it does not answer in 5 s.
    var banned: String? {
        guard let answer = ask("setup") else { return nil }
        let words = answer.split { $0 == " " || $0 == "\n" || $0 == "\0" }
        guard let index = words.firstIndex(of: "BANNED"), index + 1 < words.count else { return nil }
        return String(words[index + 1])
    }

    /// Has it leave these CPUs alone; `nil` for those that it leaves alone by itself. Returns why
    /// that failed.
    func ban(_ cpus: String?) -> String? {
        ask("settings cpus \(cpus ?? "NULL")", hasAnswer: false) == nil ? "its socket does not answer" : nil
    }

    /// One connection for each request: irqbalance 1.9 answers an empty request with its last
    /// answer, and is killed by SIGPIPE if the client has closed.
    private func ask(_ question: String, hasAnswer: Bool = true) -> String? {
        guard let connection = connect(), connection.write(Array(question.utf8)) == question.utf8.count else {
            return nil
        }
        UnixSocket.finishWriting(connection)
        var answer: [UInt8] = []
        // A command has no answer but the end of the connection.
        while Descriptor.poll(connection.number, .input, timeout: 5000) {
            switch connection.read() {
            case .bytes(let bytes): answer += bytes
            case .nothing: break
            case .end: return hasAnswer && answer.isEmpty ? nil : String(decoding: answer, as: UTF8.self)
            }
        }
        return nil
    }

    private func connect() -> Descriptor? {
        for socket in sockets {
            if let connection = try? UnixSocket.connect(socket, .stream) { return connection }
        }
        return nil
    }
}
