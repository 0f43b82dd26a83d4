import Diagnostics
import JSON

/// The members of an object in the file of a result, with the place of the object in the file.
struct ResultMembers {
    let json: JSON
    /// Such as `searches[0].trials[2]`.
    let place: String

    init(_ json: JSON, at place: String) throws(Problem) {
        guard json.object != nil else { throw Self.malformed("\(place): expected an object") }
        self.json = json
        self.place = place
    }

    /// Returns the error `result-malformed`.
    static func malformed(_ message: String) -> Problem {
        Problem(.resultMalformed, message, remedy: "name a file as 'pvpgen measure' wrote it")
    }

    /// Returns the error for a member.
    func malformed(_ name: String, _ message: String) -> Problem { Self.malformed("\(path(name)): \(message)") }

    func int(_ name: String) throws(Problem) -> Int { try value(name, "a whole number", \.int) }
    func optionalInt(_ name: String) throws(Problem) -> Int? { try optional(name, "a whole number or null", \.int) }
    func double(_ name: String) throws(Problem) -> Double { try value(name, "a number", \.double) }
    func string(_ name: String) throws(Problem) -> String { try value(name, "a text", \.string) }
    func optionalString(_ name: String) throws(Problem) -> String? { try optional(name, "a text or null", \.string) }

    func bool(_ name: String) throws(Problem) -> Bool {
        try value(name, "true or false") { if case .bool(let value) = $0 { value } else { nil } }
    }

    /// A number of nanoseconds.
    func duration(_ name: String) throws(Problem) -> Duration { .nanoseconds(try int(name)) }

    func strings(_ name: String) throws(Problem) -> [String] {
        try value(name, "a list of texts") { json in
            guard let values = json.array else { return nil }
            let texts = values.compactMap(\.string)
            return texts.count == values.count ? texts : nil
        }
    }

    func members(_ name: String) throws(Problem) -> ResultMembers {
        try ResultMembers(json[name] ?? .null, at: path(name))
    }

    /// Reads each object of a list.
    func list<Value>(
        _ name: String, _ read: (ResultMembers) throws(Problem) -> Value
    ) throws(Problem) -> [Value] {
        var result: [Value] = []
        for (index, item) in try value(name, "a list", \.array).enumerated() {
            result.append(try read(ResultMembers(item, at: "\(path(name))[\(index)]")))
        }
        return result
    }

    private func path(_ name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }

    private func value<Value>(
        _ name: String, _ expected: String, _ read: (JSON) -> Value?
    ) throws(Problem) -> Value {
        guard let json = json[name] else { throw malformed(name, "expected \(expected), found nothing") }
        guard let value = read(json) else { throw malformed(name, "expected \(expected)") }
        return value
    }

    private func optional<Value>(
        _ name: String, _ expected: String, _ read: (JSON) -> Value?
    ) throws(Problem) -> Value? {
        guard let json = json[name], json != .null else { return nil }
        guard let value = read(json) else { throw malformed(name, "expected \(expected)") }
        return value
    }
}
