import ArgumentParser
import Config
import HostTopology
import Plan

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show who gets which CPUs, memory and ports, and the kernel arguments.",
        discussion: "Examples:\n  pvpgen plan\n  pvpgen plan --root=Tests/Cases/02-two-sockets")

    @OptionGroup var root: RootOption

    func run() throws {
        print(try soundPlan(in: root.tree).table, terminator: "")
    }
}

extension Plan {
    /// The plan as a table for people.
    var table: String {
        var rows: [(String, String)] = []
        for nic in nics { rows.append(("nic \(nic.name)", "\(nic.address), port \(nic.port)")) }
        for testpmd in testpmds {
            rows.append(
                (
                    testpmd.name,
                    "lcores \(testpmd.forwardingLcores) on node \(testpmd.node), main lcore \(testpmd.mainLcore), \(testpmd.memory >> 20) MiB"
                ))
            rows.append(("", "ports \(testpmd.portList.map(String.init).joined(separator: ",")), each pair forwards to each other"))
        }
        for guest in guests {
            rows.append(
                (
                    "guest \(guest.name)",
                    "vCPUs on \(guest.vCPUs.map(String.init).joined(separator: " ")), node \(guest.node), \(guest.memory >> 20) MiB"
                ))
            for vhost in guest.vhosts { rows.append(("", "port \(vhost.port) \(vhost.socket) \(vhost.mac)")) }
        }
        for pages in hugepages { rows.append(("hugepages", "\(pages.pages) of \(pageSize.rawValue) on node \(pages.node)")) }
        rows.append(("isolated", isolated.description))
        rows.append(("housekeeping", housekeeping.description))
        let width = rows.map { $0.0.count }.max() ?? 0
        var text = rows.map { $0.0 + String(repeating: " ", count: width + 2 - $0.0.count) + $0.1 + "\n" }.joined()
        text += "\nkernel arguments\n"
        let long = kernelArguments.map { $0.text.count }.max() ?? 0
        for argument in kernelArguments {
            text += "  \(argument.text)" + String(repeating: " ", count: long + 2 - argument.text.count) + "\(argument.reason)\n"
        }
        return text
    }
}
