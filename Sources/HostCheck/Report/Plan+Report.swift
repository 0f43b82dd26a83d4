import Config
import Plan
import Reports
import Values

extension Plan {
    /// What is planned, as it bears on a result.
    var report: [Report.Section] {
        testpmds.map { testpmd in
            Report.Section(
                "testpmd \(testpmd.name)",
                [
                    .init("Main lcore", "\(testpmd.mainLcore)"),
                    .init("Forwarding lcores", testpmd.forwardingLcores.description),
                    .init("NUMA node", "\(testpmd.node)"),
                    .init("Memory", "\(testpmd.memory >> 20) MiB in pages of \(pageSize.rawValue)"),
                    .init("Ports in forwarding order", testpmd.portList.map(String.init).joined(separator: ",")),
                ] + Report.Section.fields(TestpmdSection.values(of: testpmd.options)))
        }
            + guests.map { guest in
                Report.Section(
                    "Guest \(guest.name)",
                    [
                        .init("vCPUs on CPUs", guest.vCPUs.map(String.init).joined(separator: ",")),
                        .init("Emulator on CPUs", guest.emulator.description),
                        .init("NUMA node", "\(guest.node)"),
                        .init("Memory", "\(guest.memory >> 20) MiB in pages of \(guest.pageSize.rawValue)"),
                    ] + guest.vhosts.map { .init("Interface \($0.name)", $0.features) }
                        + Report.Section.fields(GuestSection.values(of: guest.options)))
            } + [
                Report.Section(
                    "CPUs", [.init("Isolated", isolated.description), .init("Housekeeping", housekeeping.description)])
            ]
    }
}

extension Report.Section {
    /// A field for each setting that needs no planning: a default is a part of what was measured,
    /// too.
    static func fields(_ options: [OptionValue]) -> [Report.Field] {
        options.map { Report.Field("\($0.key)=", $0.text) }
    }
}

extension VhostPort {
    /// What is offered to the guest's driver.
    fileprivate var features: String {
        "\(queues) queue\(queues == 1 ? "" : "s") of \(ringSize) descriptors"
            + (hasPackedRing ? ", packed rings" : ", split rings")
    }
}
