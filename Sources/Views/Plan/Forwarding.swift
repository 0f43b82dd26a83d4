import Config
import Plan
import Values

/// A queue that an lcore polls.
struct Stream: Hashable {
    var lcore: Int
    var port: Int
    var queue: Int
}

/// What a port of testpmd is.
enum PortEnd: Hashable {
    case nic(Plan.NIC)
    /// A guest and the index of the interface among its own.
    case interface(GuestPlan, Int)
}

extension TestpmdPlan {
    /// Ports that forward to each other (DPDK: doc/guides/testpmd_app_ug/run_app.rst,
    /// `--port-topology=paired`).
    var pairs: [(Int, Int)] {
        stride(from: 0, to: portList.count - 1, by: 2).map { (portList[$0], portList[$0 + 1]) }
    }

    /// Which lcore polls which queue: testpmd deals out ports before queues, as many to each lcore
    /// as it can, and those left over one each to the last lcores (DPDK: app/test-pmd/config.c,
    /// `rss_fwd_config_setup` and `setup_fwd_config_of_each_lcore`).
    var streams: [Stream] {
        let polled = (0..<options.queues).flatMap { queue in portList.map { (port: $0, queue: queue) } }
        let lcores = forwardingLcores.cpus.prefix(polled.count)
        guard !lcores.isEmpty else { return [] }
        let (share, extra) = polled.count.quotientAndRemainder(dividingBy: lcores.count)
        var streams: [Stream] = []
        for (index, lcore) in lcores.enumerated() {
            let count = share + (index >= lcores.count - extra ? 1 : 0)
            streams += polled[streams.count..<streams.count + count].map {
                Stream(lcore: lcore, port: $0.port, queue: $0.queue)
            }
        }
        return streams
    }

    /// The lcores that poll each port.
    var pollers: [Int: CPUSet] { streams.reduce(into: [:]) { $0[$1.port, default: CPUSet()].insert($1.lcore) } }
}

extension Plan {
    /// What each port of a testpmd is.
    func ends(of testpmd: TestpmdPlan) -> [Int: PortEnd] {
        var ends: [Int: PortEnd] = [:]
        for nic in nics where nic.testpmd == testpmd.name { ends[nic.port] = .nic(nic) }
        for guest in guests {
            for (index, vhost) in guest.vhosts.enumerated() where vhost.testpmd == testpmd.name {
                ends[vhost.port] = .interface(guest, index)
            }
        }
        return ends
    }

    /// Isolated CPUs without an owner: the siblings of busy threads, and what `IsolatedCPUs=` names
    /// beyond need.
    var idle: CPUSet {
        let busy = testpmds.reduce(into: CPUSet()) { $0 = $0.union($1.forwardingLcores) }
        return isolated.subtracting(busy).subtracting(CPUSet(guests.flatMap(\.vCPUs)))
    }
}
