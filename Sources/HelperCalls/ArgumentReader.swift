import Diagnostics

/// The words of a helper's command line, taken one by one by the call that they make: operands,
/// `--NAME` and `--NAME=VALUE`.
struct ArgumentReader {
    private let program: String
    private var operands: [String] = []
    private var options: [(name: String, value: String?)] = []

    /// Separates options from operands. Throws `usage` for a word that is neither, such as `-x`.
    init(_ arguments: some Sequence<String>, of program: String) throws(Problem) {
        self.program = program
        for argument in arguments {
            if argument.hasPrefix("--"), argument != "--" {
                let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                options.append((String(parts[0]), parts.count == 2 ? String(parts[1]) : nil))
            } else if argument.hasPrefix("-") || argument.isEmpty {
                throw unexpected(argument)
            } else {
                operands.append(argument)
            }
        }
    }

    /// Takes the next operand; `nil` when there is none.
    mutating func operand() -> String? { operands.isEmpty ? nil : operands.removeFirst() }

    /// Takes all operands.
    mutating func allOperands() -> [String] {
        defer { operands = [] }
        return operands
    }

    /// Takes an option without a value; false when it is not given.
    mutating func flag(_ name: String) -> Bool {
        let count = options.count
        options.removeAll { $0.name == name && $0.value == nil }
        return options.count < count
    }

    /// Takes the values of an option that may be given several times. Throws `usage` for one
    /// without a value.
    mutating func values(_ name: String) throws(Problem) -> [String] {
        var values: [String] = []
        for option in options where option.name == name {
            guard let value = option.value, !value.isEmpty else { throw usage("--\(name): expected --\(name)=VALUE") }
            values.append(value)
        }
        options.removeAll { $0.name == name }
        return values
    }

    /// Takes the value of an option; `nil` when it is not given. Throws `usage` if it has no value,
    /// or is given twice.
    mutating func value(_ name: String) throws(Problem) -> String? {
        let values = try values(name)
        if values.count > 1 { throw usage("--\(name): given twice") }
        return values.first
    }

    /// Takes the value of an option, which `parse` reads. Throws `usage` if it is not as expected.
    mutating func value<Value>(_ name: String, expected: String, _ parse: (String) -> Value?) throws(Problem) -> Value?
    {
        guard let text = try value(name) else { return nil }
        guard let value = parse(text) else { throw usage("--\(name)=\(text): expected \(expected)") }
        return value
    }

    /// Takes the value of an option that is a number in a range.
    mutating func number(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
        try value(name, expected: "a number from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// Throws `usage` for an argument that was not taken.
    func finish() throws(Problem) {
        if let operand = operands.first { throw unexpected(operand) }
        if let option = options.first { throw unexpected("--\(option.name)" + (option.value.map { "=" + $0 } ?? "")) }
    }

    /// Returns what a call cannot do without. Throws `usage`, with its name in `what`, if it is
    /// missing.
    func required<Value>(_ what: String, _ value: Value?) throws(Problem) -> Value {
        guard let value else { throw usage("\(what) is missing") }
        return value
    }

    /// The problem of a wrong command line.
    func usage(_ message: String) -> Problem { .usage(message, of: program) }

    private func unexpected(_ argument: String) -> Problem { usage("unexpected argument '\(argument)'") }
}

extension Problem {
    /// The problem of a wrong command line of a helper.
    static func usage(_ message: String, of program: String) -> Problem {
        Problem(.usage, message, remedy: "run '\(program) --help'")
    }
}
