import Plan
import Values

/// What a CPU is for.
struct CPUAssignment: Hashable {
    enum Role: String, CaseIterable {
        case lcore
        case vCPU
        /// A housekeeping CPU with a main lcore or emulator threads on it.
        case service
        case housekeeping
        /// Isolated, without an owner: mostly so that the SMT sibling has the core to itself.
        case idle

        /// In a few words, in the legend.
        var meaning: String {
            switch self {
            case .lcore: "forwarding lcore of testpmd"
            case .vCPU: "vCPU of a guest"
            case .service: "main lcore, emulator threads"
            case .housekeeping: "housekeeping, used by the host"
            case .idle: "isolated, idle"
            }
        }
    }

    var role: Role
    /// In a few words, beside the CPU's number.
    var label: String
    /// Whose it is, within the space of a cell.
    var owner = ""
    /// All about it.
    var detail: String
}

extension Plan {
    /// Who sits where, by CPU. What is not in it is the host's.
    var cpuAssignments: [Int: CPUAssignment] {
        var cpuAssignments: [Int: CPUAssignment] = [:]
        for cpu in idle.cpus {
            cpuAssignments[cpu] = CPUAssignment(role: .idle, label: "idle", detail: "isolated, idle sibling")
        }
        for testpmd in testpmds {
            let streams = Dictionary(grouping: testpmd.streams, by: \.lcore)
            for cpu in testpmd.forwardingLcores.cpus {
                let polled = streams[cpu, default: []].map { "port \($0.port) queue \($0.queue)" }.joined(
                    separator: ", ")
                cpuAssignments[cpu] = CPUAssignment(
                    role: .lcore, label: "lcore", owner: testpmd.name,
                    detail: "lcore of \(testpmd.name), polls \(polled.isEmpty ? "nothing" : polled)")
            }
        }
        for generator in generators {
            for cpu in generator.lcores.cpus {
                cpuAssignments[cpu] = CPUAssignment(
                    role: .lcore, label: "lcore", owner: generator.name,
                    detail: "lcore of generator \(generator.name)")
            }
        }
        for guest in guests {
            for (index, cpu) in guest.vCPUs.enumerated() {
                cpuAssignments[cpu] = CPUAssignment(
                    role: .vCPU, label: "vCPU \(index)", owner: guest.name,
                    detail: "vCPU \(index) of guest \(guest.name)")
            }
        }
        let emulators = Dictionary(grouping: guests, by: \.emulator)
        let mains = Dictionary(grouping: testpmds, by: \.mainLcore)
        var emulated: [Int: [GuestPlan]] = [:]
        for (cpus, guests) in emulators { for cpu in cpus.cpus { emulated[cpu, default: []] += guests } }
        for cpu in Set(emulated.keys).union(mains.keys) where cpuAssignments[cpu] == nil {
            let testpmds = mains[cpu, default: []].map(\.name)
            let guests = emulated[cpu, default: []].map(\.name).sorted()
            let detail = [("main lcore of ", testpmds), ("emulator threads of ", guests)].filter { !$0.1.isEmpty }
            let label = if testpmds.isEmpty { "emulator" } else { guests.isEmpty ? "main" : "main, emul." }
            cpuAssignments[cpu] = CPUAssignment(
                role: .service, label: label,
                owner: Self.some(testpmds + guests),
                detail: detail.map { $0.0 + $0.1.joined(separator: ", ") }.joined(separator: "; "))
        }
        return cpuAssignments
    }

    private static func some(_ names: [String]) -> String {
        names.count > 1 ? "\(names[0]) and \(names.count - 1) more" : names.first ?? ""
    }
}
