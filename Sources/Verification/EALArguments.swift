/// The command line of a running testpmd. `/proc/PID/cmdline` has NULs where commas were, if a
/// parser has split a value in place.
enum EALArguments {
    /// The options whose values EAL splits (DPDK: eal_parse_socket_arg, rte_strsplit; the only such
    /// options in 20.11 to 26.07).
    /// testpmd splits some of its own, such as `--tx-ip=` (DPDK: app/test-pmd/parameters.c).
    private static let split = ["--socket-mem=", "--socket-limit=", "--numa-mem=", "--numa-limit="]

    /// Returns the arguments with the values joined again that were split: values of numbers that
    /// the plan no longer has, too.
    static func joined(_ arguments: [String], as planned: [String]) -> [String] {
        var result: [String] = []
        for argument in arguments {
            if let last = result.last, isSplit(last, argument, planned) {
                result[result.count - 1] = "\(last),\(argument)"
            } else {
                result.append(argument)
            }
        }
        return result
    }

    /// Whether a comma was between two arguments.
    private static func isSplit(_ first: String, _ second: String, _ planned: [String]) -> Bool {
        let whole = "\(first),\(second)"
        if planned.contains(where: { $0 == whole || $0.hasPrefix(whole + ",") }) { return true }
        let isNumber = !second.isEmpty && second.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return isNumber && split.contains { first.hasPrefix($0) }
    }
}
