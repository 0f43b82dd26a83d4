import Config
import Values

/// What kernel arguments of the role become (kernel:
/// Documentation/admin-guide/kernel-parameters.txt).
struct KernelCommandLine {
    /// `[Host] IsolatedCPUs=`
    private(set) var isolatedCPUs: String?
    /// `[Hugepages] PageSize=`
    private(set) var pageSize: String?
    /// `[Hugepages] Pages=`
    private(set) var pages: String?
    /// `[Host] KernelArguments=`
    private(set) var others: [String] = []
    /// Those that the plan works out again.
    private(set) var derived: [String] = []
    /// Those that have no place, and why.
    private(set) var left: [(argument: String, why: String)] = []

    init(_ text: String) {
        var size = ""
        var counts: [String: String] = [:]
        for argument in text.split(whereSeparator: { $0.isWhitespace }).map(String.init) {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count == 2 ? String(parts[1]) : ""
            switch String(parts[0]) {
            case "default_hugepagesz": pageSize = Self.size(value)
            case "hugepagesz": size = Self.size(value)
            case "hugepages": counts[size] = value
            case "isolcpus":
                // Flags come before the CPUs: isolcpus=managed_irq,domain,2-7
                let cpus = value.split(separator: ",").drop { !($0.utf8.first.map { (48...57).contains($0) } ?? false) }
                    .joined(
                        separator: ",")
                if let set = CPUSet(cpus), !set.isEmpty {
                    isolatedCPUs = cpus
                } else {
                    left.append((argument, "its CPUs are no list such as 2-7,10; set [Host] IsolatedCPUs="))
                }
            case "nohz_full", "rcu_nocbs", "irqaffinity", "iommu", "intel_iommu", "amd_iommu": derived.append(argument)
            default:
                if !argument.utf8.contains(where: { $0 == 0x20 || isSpecialInKernelArguments($0) }) {
                    others.append(argument)
                } else {
                    left.append((argument, "KernelArguments= takes no quotes and no signs of the shell"))
                }
            }
        }
        takePages(counts)
    }

    /// Of pages in several sizes those of the default size; x86's own default is 2M.
    private mutating func takePages(_ counts: [String: String]) {
        let wanted = pageSize ?? (counts.count == 1 ? counts.keys.first { !$0.isEmpty } : nil) ?? "2M"
        if !counts.isEmpty { pageSize = wanted }
        for (size, count) in counts.sorted(by: { $0.key < $1.key }) {
            if size == wanted || size.isEmpty && counts[wanted] == nil {
                pages = count.split(separator: ",").joined(separator: " ")
            } else {
                left.append(("hugepages=\(count)", "pages of one size are managed, \(wanted)"))
            }
        }
    }

    /// `1048576K` and `1024M` are `1G`.
    private static func size(_ text: String) -> String {
        switch text.uppercased() {
        case "1G", "1024M", "1048576K": "1G"
        case "2M", "2048K": "2M"
        default: text
        }
    }
}
