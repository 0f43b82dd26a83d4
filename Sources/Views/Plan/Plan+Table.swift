import Config
package import Plan
import Presentation
import Tuning
import Values

extension Plan {
    /// The plan as tables for people.
    package var table: String {
        let tables = [
            nicTable, testpmdTable, guestTable, generatorTable, optionTable, networkTable, wayTable, pageTable,
            cpuTable, tuningTable,
            argumentTable,
        ]
        return tables.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var nicTable: String {
        var table = TextTable("NIC", "ADDRESS", "TESTPMD", "PORT")
        for nic in nics {
            let owner = nic.testpmd.isEmpty ? nic.generator : nic.testpmd
            table.add(nic.name, "\(nic.address)", owner.isEmpty ? "-" : owner, "\(nic.port)")
        }
        return table.text
    }

    private var testpmdTable: String {
        var table = TextTable("TESTPMD", "NODE", "LCORES", "MAIN", "MEMORY", "MODE", "QUEUES", "DESCRIPTORS")
        for testpmd in testpmds {
            table.add(
                testpmd.name, "\(testpmd.node)", "\(testpmd.forwardingLcores)", "\(testpmd.mainLcore)",
                Self.mebibytes(testpmd.memory),
                testpmd.forwardMode.rawValue, "\(testpmd.queues)", "\(testpmd.descriptors)")
        }
        return table.text
    }

    private var guestTable: String {
        var table = TextTable("GUEST", "NODE", "VCPUS ON", "EMULATOR", "MEMORY", "TESTPMD")
        for guest in guests {
            table.add(
                guest.name, "\(guest.node)", guest.vCPUs.map(String.init).joined(separator: ","), "\(guest.emulator)",
                Self.mebibytes(guest.memory), guest.testpmds.joined(separator: " "))
        }
        return table.text
    }

    private var generatorTable: String {
        var table = TextTable("GENERATOR", "OF", "PROGRAM", "NODE", "LCORES", "MAIN", "MEMORY")
        for generator in generators {
            let (name, testpmd) = (generator.name, generator.testpmd)
            switch generator.program {
            case .local(let local):
                table.add(
                    name, testpmd, "pvp-traffic", "\(local.node)", "\(local.lcores)", "\(local.mainLcore)",
                    Self.mebibytes(local.memory))
            case .remote(let remote):
                table.add(name, testpmd, "pvp-traffic on \(remote.host)", "-", "\(remote.cpus)", "-", "-")
            case .trex(let address, _): table.add(name, testpmd, "TRex at \(address)", "-", "-", "-", "-")
            }
        }
        return table.text
    }

    /// The settings that need no planning, if they are not the default.
    private var optionTable: String {
        var table = TextTable("SETTING", "OF", "VALUE")
        let options =
            nics.map { ($0.name, NICSection.values(of: $0.options)) }
            + testpmds.map { ($0.name, TestpmdSection.values(of: $0.options)) }
            + guests.map { ($0.name, GuestSection.values(of: $0.options)) }
        for (name, values) in options {
            for option in values where !option.isDefault { table.add("\(option.key)=", name, option.text) }
        }
        return table.text
    }

    private var networkTable: String {
        var table = TextTable("NETWORK", "GUEST", "ADDRESS", "MAC ADDRESS", "SSH")
        guard let network else { return "" }
        table.add(network.name, "(host)", "\(network.host.address)", "", "")
        for guest in guests {
            guard let management = guest.management else { continue }
            table.add(
                network.name, guest.name, "\(management.address)", "\(management.mac)", management.sshListen ?? "-")
        }
        return table.text
    }

    /// Each line a pair of ports that forward to each other, and the lcores between them.
    private var wayTable: String {
        var table = TextTable("FROM", "PORT", "LCORES", "PORT", "TO", "SOCKET", "MAC ADDRESS")
        for testpmd in testpmds {
            let ends = ends(of: testpmd)
            let pollers = testpmd.pollers
            for (first, second) in testpmd.pairs {
                let lcores = pollers[first, default: CPUSet()].union(pollers[second, default: CPUSet()])
                let (socket, mac) = Self.vhost(ends[second] ?? ends[first])
                table.add(
                    Self.name(ends[first]), "\(first)", "\(lcores)", "\(second)", Self.name(ends[second]), socket, mac)
            }
        }
        return table.text
    }

    private var pageTable: String {
        var table = TextTable("HUGEPAGES", "NODE", "SIZE")
        for entry in hugepages { table.add("\(entry.pages)", "\(entry.node)", pageSize.rawValue) }
        return table.text
    }

    private var cpuTable: String {
        var table = TextTable("CPUS", "NUMBERS")
        table.add("isolated", Self.list(isolated))
        table.add("of them idle", Self.list(idle))
        table.add("housekeeping", Self.list(housekeeping))
        return table.text
    }

    private var tuningTable: String {
        var table = TextTable("TUNING", "WHY")
        for item in TuningItem.allCases where tuning.items.contains(item) { table.add(item.name, item.why) }
        if let latency = tuning.wakeupLatency {
            table.add("wakeup-latency", "CPUs wake up from idle within \(latency) microseconds")
        }
        return table.text
    }

    private var argumentTable: String {
        var table = TextTable("KERNEL ARGUMENT", "WHY")
        for argument in kernelArguments { table.add(argument.text, argument.reason) }
        return table.text
    }

    private static func list(_ cpus: CPUSet) -> String { cpus.isEmpty ? "-" : "\(cpus)" }

    private static func mebibytes(_ bytes: UInt64) -> String { "\(bytes >> 20) MiB" }

    private static func name(_ end: PortEnd?) -> String {
        switch end {
        case .nic(let nic): nic.name
        case .interface(let guest, let index): guest.vhosts[index].name
        case nil: "-"
        }
    }

    private static func vhost(_ end: PortEnd?) -> (socket: String, mac: String) {
        guard case .interface(let guest, let index) = end else { return ("", "") }
        return (guest.vhosts[index].socket, guest.vhosts[index].mac.description)
    }
}
