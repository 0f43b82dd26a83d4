import Diagnostics
package import Tuning
import Values

extension Tuning {
    /// As `pvp-host tune` takes it.
    package var arguments: [String] {
        var arguments = ["--isolated=\(isolated)", "--housekeeping=\(housekeeping)"]
        if items.contains(.siblings) { arguments.append("--siblings=\(siblings)") }
        if let wakeupLatency { arguments.append("--wakeup-latency=\(wakeupLatency)") }
        return arguments + TuningItem.allCases.filter { items.contains($0) }.map(\.name)
    }

    /// Takes it from the arguments of `pvp-host tune`. Throws `usage`.
    init(_ reader: inout ArgumentReader) throws(Problem) {
        let isolated = try Self.cpus("isolated", &reader)
        let housekeeping = try Self.cpus("housekeeping", &reader)
        let siblings = try Self.cpus("siblings", &reader)
        let latency = try reader.number("wakeup-latency", in: 0...1 << 30)
        var items = TuningItems()
        for operand in reader.allOperands() {
            guard let item = TuningItem(operand) else { throw reader.usage("tune: '\(operand)' is not an item") }
            items.insert(item)
        }
        try reader.finish()
        self.init(
            isolated: try reader.required("--isolated", isolated),
            housekeeping: try reader.required("--housekeeping", housekeeping),
            siblings: siblings ?? CPUSet(), items: items, wakeupLatency: latency)
        if isEmpty { throw reader.usage("tune: the items are missing") }
    }

    private static func cpus(_ option: String, _ reader: inout ArgumentReader) throws(Problem) -> CPUSet? {
        try reader.value(option, expected: "CPUs such as 2-7") { text in
            CPUSet(text).flatMap { $0.isEmpty ? nil : $0 }
        }
    }
}
