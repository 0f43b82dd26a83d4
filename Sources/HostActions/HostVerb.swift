package import Diagnostics
package import Tuning
import Values

/// One of the things that `pvp-host` does: what its command line asks for.
package enum HostVerb: Hashable, Sendable {
    /// Reserve hugepages.
    case reserveHugepages(HugepagePool, pages: Int)
    /// Release the hugepages that were added.
    case releaseHugepages(HugepagePool)
    /// Create virtual functions on a NIC.
    case createVFs(VirtualFunctions, count: Int)
    /// Take them away.
    case removeVFs(VirtualFunctions)
    /// Give a NIC to vfio-pci.
    case bindVFIO(VFIOBinding)
    /// Give it back to its kernel driver.
    case unbindVFIO(VFIOBinding)
    /// Change what takes lcores and vCPUs their time away; stay, if asked to, for interrupts that
    /// come later and for what holds only as long.
    case tune(Tuning, stays: Bool)
    /// Restore the saved values.
    case untune
    /// Report the errors in the configuration.
    case configError
    /// Are these units active?
    case ready([String])
    /// Move threads of a guest's QEMU off the CPUs of its vCPUs.
    case moveThreads(guest: String)
    /// Print the hugepages of each node.
    case help

    /// What `--help` prints.
    package static let usage = """
        Usage: pvp-host VERB [OPTIONS...]

        Change one thing of this host, or restore it

        Verbs:
          reserve-hugepages --node=N --size=SIZE --pages=COUNT
                                  Provide COUNT free hugepages of 2M or 1G on a NUMA
                                  node
          release-hugepages --node=N --size=SIZE
                                  Remove the hugepages that reserve-hugepages added
          create-vfs ADDRESS --count=COUNT
                                  Create virtual functions on a NIC
          remove-vfs ADDRESS      Remove the virtual functions
          bind-vfio ADDRESS [OPTIONS...]
                                  Bind a NIC to vfio-pci
          unbind-vfio ADDRESS     Restore the previous driver and driver_override of a
                                  NIC
          tune --isolated=CPUS --housekeeping=CPUS [OPTIONS...] ITEM...
                                  Keep the host off isolated CPUs, and save the previous
                                  values. Items: nmi-watchdog, workqueues, interrupts,
                                  irqbalance, slices, ksm, transparent-hugepages,
                                  numa-balancing, statistics, governor, turbo,
                                  corrected-errors, realtime-limit, siblings
          untune                  Restore the values that tune saved
          move-threads GUEST      Move kernel threads of a guest's QEMU that were
                                  created on the CPU of a vCPU to the CPUs of the
                                  emulator
          ready UNIT...           Succeed if all units are active, otherwise print those
                                  that are not
          config-error            Copy standard input to standard error and exit with 78

        Options of bind-vfio:
          --with=ADDRESS,...      Other NICs of the IOMMU group that are bound to
                                  vfio-pci
          --no-iommu=yes          Bind without an IOMMU, as in a guest
          --force=yes             Bind a NIC that the host's network uses
          --unrecorded=yes        Bind although 'pvpgen install' has recorded no
                                  network, as in a guest

        Options of tune:
          --siblings=CPUS         SMT siblings to take offline, for item siblings
          --wakeup-latency=MICROSECONDS
                                  Longest wake-up time of an idle CPU, held with --stay
          --stay                  Keep running: move the interrupts of later devices,
                                  and hold the wake-up latency

        Options:
          --root=DIR              Work on the tree below DIR instead of this machine
          -h, --help              Print this help

        Examples:
          pvp-host reserve-hugepages --node=0 --size=1G --pages=4
          pvp-host bind-vfio 0000:17:00.0
          pvp-host tune --isolated=2-7 --housekeeping=0-1 ksm interrupts
          pvp-host untune

        Exit codes: 0 on success, 1 on failure, 2 for wrong usage, 78 for config-error.

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

    private static func usage(_ message: String) -> Problem { Problem(.usage, message, remedy: "run 'pvp-host --help'") }
}
