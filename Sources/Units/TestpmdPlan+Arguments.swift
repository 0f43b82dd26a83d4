import Config
package import Plan
import Values

extension TestpmdPlan {
    /// The command line (DPDK: doc/guides/linux_gsg/linux_eal_parameters.rst,
    /// doc/guides/testpmd_app_ug/run_app.rst).
    package var arguments: [String] {
        let memory: UTF8StringBuilder = "\(Array(repeating: 0, count: node) + [Int(self.memory >> 20)])"
        var arguments = [
            options.binary,
            "-l", CPUSet([mainLcore]).union(forwardingLcores).description,
            "--main-lcore=\(mainLcore)",
            // No files in hugetlbfs that a crash could leave behind. Before 21.08, --in-memory also
            // leaves out the directory for telemetry (DPDK: lib/eal/linux/eal.c).
            release.map { $0.isAtLeast(21, 8) } == false ? "--huge-unlink" : "--in-memory",
            "--file-prefix=\(name)",
            "\(nodeOption)-mem=\(memory.string)",
        ]
        if !memoryLimits.isEmpty {
            arguments.append(("\(nodeOption)-limit=\(memoryLimits)" as UTF8StringBuilder).string)
        }
        for device in allowedDevices { arguments += ["-a", device] }
        arguments += devices(after: "--vdev=")
        arguments += options.ealArguments
        arguments += [
            "--",
            "-i",
            "--nb-cores=\(forwardingLcores.count)",
            "--rxq=\(options.queues)", "--txq=\(options.queues)", "--rxd=\(options.descriptors)",
            "--txd=\(options.descriptors)",
            "--forward-mode=\(options.forwardMode.rawValue)",
        ]
        if let burstSize = options.burstSize { arguments.append("--burst=\(burstSize)") }
        if let mbufCount = options.mbufCount { arguments.append("--total-num-mbufs=\(mbufCount)") }
        if !options.mbufSizes.isEmpty {
            arguments.append(("--mbuf-size=\(options.mbufSizes)" as UTF8StringBuilder).string)
        }
        if let rss = options.rss.argument { arguments.append(rss) }
        // One that is alone sends back what it gets.
        if isInGuest, nics.count <= 2 { arguments.append("--port-topology=chained") }
        // Without a guest there is nothing to forward to: from NIC to NIC would look like a chain
        // and be none.
        if !portList.isEmpty { arguments += [("--portlist=\(portList)" as UTF8StringBuilder).string, "--auto-start"] }
        return arguments + options.extraArguments
    }

    /// Every release has the options with `socket`; since 25.07 they are aliases of those with
    /// `numa` (DPDK: lib/eal/common/eal_option_list.h).
    private var nodeOption: String { release?.isAtLeast(25, 7) == true ? "--numa" : "--socket" }

    /// The PCI functions as EAL's `-a` takes them.
    package var allowedDevices: [String] { nics.map { "\($0.address)" + ($0.deviceArguments.map { "," + $0 } ?? "") } }

    /// The virtual devices: testpmd is the client of each socket, so that it can come back while
    /// the guest runs (DPDK: doc/guides/nics/vhost.rst).
    package var devices: [String] { devices(after: "") }

    private func devices(after option: String) -> [String] {
        vhosts.indices.map { number in
            var device: UTF8StringBuilder =
                "\(option)net_vhost\(number),iface=\(vhosts[number].socket),queues=\(vhosts[number].queues),client=1"
            if vhosts[number].hasIOMMU { device.appendLiteral(",iommu-support=1") }
            return device.string
        }
    }
}
