/// The command line of a running testpmd.
enum EALArguments {
    /// The options whose values EAL splits in place: `/proc/PID/cmdline` has NULs where commas were
    /// (DPDK: eal_parse_socket_arg, rte_strsplit; the only such options in 20.11 to 26.07).
    private static let split = ["--socket-mem=", "--socket-limit=", "--numa-mem=", "--numa-limit="]

    /// Returns the arguments with the values joined again that EAL has split.
    static func joined(_ arguments: [String]) -> [String] {
        var result: [String] = []
        for argument in arguments {
            let isNumber = !argument.isEmpty && argument.utf8.allSatisfy { (0x30...0x39).contains($0) }
            if isNumber, let last = result.last, split.contains(where: { last.hasPrefix($0) }) {
                result[result.count - 1] = "\(last),\(argument)"
            } else {
                result.append(argument)
            }
        }
        return result
    }
}
