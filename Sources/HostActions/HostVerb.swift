package import Diagnostics
package import Tuning
import Values

/// One of the things that `pvp-host` does: what its command line asks for.
package enum HostVerb: Hashable, Sendable {
    /// Make pages free for us.
    case reserveHugepages(HugepagePool, pages: Int)
    /// Give back those that were added.
    case releaseHugepages(HugepagePool)
    /// Make virtual functions on a NIC.
    case createVFs(VirtualFunctions, count: Int)
    /// Take them away.
    case removeVFs(VirtualFunctions)
    /// Give a NIC to vfio-pci.
    case bindVFIO(VFIOBinding)
    /// Give it back to its kernel driver.
    case unbindVFIO(VFIOBinding)
    /// Change what takes lcores and vCPUs their time away; stay, if asked to, for interrupts that come later and for what holds only as long.
    case tune(Tuning, stays: Bool)
    /// Put it back.
    case untune
    /// Tell what is wrong with the config.
    case configError
    /// Are these units active?
    case ready([String])
    /// Move threads of a guest's QEMU off the CPUs of its vCPUs.
    case moveThreads(guest: String)
    /// Tell what there is.
    case help

    /// What `--help` prints.
    package static let usage = """
        pvp-host VERB [--root=DIR]

          reserve-hugepages --node=N --size=1G --pages=K   make K hugepages free on a NUMA node
          release-hugepages --node=N --size=1G             give back those that were added
          create-vfs ADDRESS --count=N                     make N virtual functions on a NIC
          remove-vfs ADDRESS                               take them away
          bind-vfio ADDRESS [--with=ADDRESS,ADDRESS...]    give a NIC to vfio-pci, as others of its IOMMU group will be
                    [--no-iommu=yes]                       even where there is no IOMMU, as in a guest
                    [--force=yes]                          even if the host's network uses it
                    [--unrecorded=yes]                     even if 'pvpgen install' has recorded no network, as in a guest
          unbind-vfio ADDRESS                              restore the driver and driver_override that it had
          tune --isolated=CPUS --housekeeping=CPUS [--siblings=CPUS] [--wakeup-latency=MICROSECONDS] [--stay] ITEM...
                                                           keep the host off CPUs; the old values are remembered. --stay moves
                                                           interrupts that come later as well, and holds the latency
          untune                                           put back what tune changed
          config-error                                     copy standard input to standard error, exit with 78
          move-threads GUEST                               move threads of a guest's QEMU that the kernel has made on the CPU
                                                           of a vCPU to the emulator's CPUs
          ready UNIT...                                    exit with 0 if all units are active, else name those that are not

        The items of tune: \(TuningItem.allCases.map(\.name).joined(separator: " ")).
        --root=DIR works on the files below DIR in place of the machine's own.
        Exit status: 0 done, 1 failed, 2 wrong usage, 78 wrong config.

        """

    /// Reads a command line without the program's name. Throws `usage`.
    package static func parse(_ arguments: [String]) throws(Problem) -> (verb: HostVerb, root: String) {
        var options: [String: String] = [:]
        var operands: [String] = []
        for argument in arguments {
            if argument == "--help" || argument == "-h" { return (.help, "/") }
            if argument == "--stay" {
                options["stay"] = "yes"
                continue
            }
            guard argument.hasPrefix("-") else {
                operands.append(argument)
                continue
            }
            let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard argument.hasPrefix("--"), parts.count == 2, !parts[1].isEmpty else { throw usage("\(argument): --OPTION=VALUE expected") }
            guard options.updateValue(String(parts[1]), forKey: String(parts[0])) == nil else { throw usage("--\(parts[0]): given twice") }
        }
        let root = options.removeValue(forKey: "root") ?? "/"
        guard let name = operands.first else { throw usage("no verb given") }
        operands.removeFirst()
        let verb = try read(name, &operands, &options)
        if let extra = operands.first { throw usage("\(name): `\(extra)` not expected") }
        if let extra = options.keys.min() { throw usage("\(name): it has no option --\(extra)") }
        return (verb, root)
    }

    private static func read(_ name: String, _ operands: inout [String], _ options: inout [String: String]) throws(Problem) -> HostVerb {
        switch name {
        case "reserve-hugepages":
            return .reserveHugepages(try pool(name, &options), pages: try number("pages", 1, name, &options))
        case "release-hugepages":
            return .releaseHugepages(try pool(name, &options))
        case "create-vfs":
            return .createVFs(VirtualFunctions(of: try address(name, &operands)), count: try number("count", 1, name, &options))
        case "remove-vfs":
            return .removeVFs(VirtualFunctions(of: try address(name, &operands)))
        case "bind-vfio":
            let isBare = try flag("no-iommu", name, &options)
            let isForced = try flag("force", name, &options)
            let isUnrecorded = try flag("unrecorded", name, &options)
            let others = try others(name, &options)
            return .bindVFIO(
                VFIOBinding(
                    try address(name, &operands), with: others, mayHaveNoIOMMU: isBare,
                    exemption: isForced ? .all : isUnrecorded ? .unrecorded : .none))
        case "unbind-vfio":
            return .unbindVFIO(VFIOBinding(try address(name, &operands)))
        case "tune":
            let stays = options.removeValue(forKey: "stay") != nil
            return .tune(try tuning(name, &operands, &options), stays: stays)
        case "untune":
            return .untune
        case "config-error":
            return .configError
        case "move-threads":
            guard !operands.isEmpty else { throw usage("move-threads: no guest given") }
            return .moveThreads(guest: operands.removeFirst())
        case "ready":
            guard !operands.isEmpty else { throw usage("ready: no unit given") }
            defer { operands = [] }
            return .ready(operands)
        default:
            throw usage("`\(name)`: no such verb")
        }
    }

    private static func flag(_ option: String, _ verb: String, _ options: inout [String: String]) throws(Problem) -> Bool {
        guard let text = options.removeValue(forKey: option) else { return false }
        guard text == "yes" else { throw usage("\(verb): --\(option)=yes expected, `\(text)` found") }
        return true
    }

    private static func pool(_ verb: String, _ options: inout [String: String]) throws(Problem) -> HugepagePool {
        let node = try number("node", 0, verb, &options)
        let text = options.removeValue(forKey: "size") ?? ""
        guard let size = HugepageSize(text) else { throw usage("\(verb): --size=2M or --size=1G expected, `\(text)` found") }
        return HugepagePool(node: node, size: size)
    }

    private static func number(_ option: String, _ least: Int, _ verb: String, _ options: inout [String: String]) throws(Problem) -> Int {
        let text = options.removeValue(forKey: option) ?? ""
        guard let number = Int(text), (least...1 << 30).contains(number) else {
            throw usage("\(verb): --\(option)= with a number from \(least) expected, `\(text)` found")
        }
        return number
    }

    private static func address(_ verb: String, _ operands: inout [String]) throws(Problem) -> PCIAddress {
        let text = operands.isEmpty ? "" : operands.removeFirst()
        guard let address = PCIAddress(text) else {
            throw usage("\(verb): a PCI address such as 0000:00:03.0 expected, `\(text)` found")
        }
        return address
    }

    private static func others(_ verb: String, _ options: inout [String: String]) throws(Problem) -> [PCIAddress] {
        guard let text = options.removeValue(forKey: "with") else { return [] }
        let addresses = text.split(separator: ",", omittingEmptySubsequences: false).compactMap { PCIAddress(String($0)) }
        guard addresses.count == text.split(separator: ",", omittingEmptySubsequences: false).count else {
            throw usage("\(verb): --with= with PCI addresses expected, `\(text)` found")
        }
        return addresses
    }

    private static func tuning(_ verb: String, _ operands: inout [String], _ options: inout [String: String]) throws(Problem) -> Tuning {
        let isolated = try cpus("isolated", verb, &options)
        let housekeeping = try cpus("housekeeping", verb, &options)
        let siblings = options["siblings"] == nil ? CPUSet() : try cpus("siblings", verb, &options)
        let latency = options["wakeup-latency"] == nil ? nil : try number("wakeup-latency", 0, verb, &options)
        var items = TuningItems()
        for operand in operands {
            guard let item = TuningItem(operand) else { throw usage("\(verb): `\(operand)`: no such item") }
            items.insert(item)
        }
        operands = []
        let tuning = Tuning(
            isolated: isolated, housekeeping: housekeeping, siblings: siblings, items: items, wakeupLatency: latency)
        if tuning.isEmpty { throw usage("\(verb): no item given") }
        return tuning
    }

    private static func cpus(_ option: String, _ verb: String, _ options: inout [String: String]) throws(Problem) -> CPUSet {
        let text = options.removeValue(forKey: option) ?? ""
        guard let cpus = CPUSet(text), !cpus.isEmpty else {
            throw usage("\(verb): --\(option)= with CPUs such as 2-7 expected, `\(text)` found")
        }
        return cpus
    }

    private static func usage(_ message: String) -> Problem { Problem("usage", message, remedy: "`pvp-host --help` shows all verbs") }
}
