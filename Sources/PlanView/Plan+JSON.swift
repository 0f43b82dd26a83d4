import Config
import HostTopology
public import JSON
public import Plan

extension Plan {
    /// All of the plan. Sizes have their unit in their name, CPUs are lists of numbers, and what is not set is `null`.
    public var json: JSON {
        [
            "source": .string(source),
            "autostart": .bool(autostart),
            "nics": .array(nicValues),
            "testpmds": .array(testpmds.map { Self.json($0) }),
            "guests": .array(guests.map { Self.json($0) }),
            "hugepages": [
                "page_size_bytes": .number(pageSize.bytes),
                "nodes": .array(hugepages.map { ["node": .number($0.node), "pages": .number($0.pages)] }),
            ],
            "isolated_cpus": .cpus(isolated),
            "idle_cpus": .cpus(idle),
            "housekeeping_cpus": .cpus(housekeeping),
            "kernel_arguments": .array(kernelArguments.map { ["text": .string($0.text), "reason": .string($0.reason)] }),
        ]
    }

    private var nicValues: [JSON] {
        let owners = owners
        return nics.map { nic in
            [
                "name": .string(nic.name), "address": .string("\(nic.address)"), "testpmd": .optional(owners[nic.address]?.name),
                "port": .number(nic.port),
            ]
        }
    }

    private static func json(_ testpmd: TestpmdPlan) -> JSON {
        [
            "name": .string(testpmd.name),
            "binary": .string(testpmd.binary),
            "node": .number(testpmd.node),
            "main_lcore": .number(testpmd.mainLcore),
            "forwarding_lcores": .cpus(testpmd.forwardingLcores),
            "memory_bytes": .number(testpmd.memory),
            "numa_mem": .bool(testpmd.hasNUMAMem),
            "forward_mode": .string(testpmd.forwardMode.rawValue),
            "queues": .number(testpmd.queues),
            "descriptors": .number(testpmd.descriptors),
            "nics": .array(testpmd.nics.map { .string("\($0)") }),
            "vhosts": .array(testpmd.vhosts.map { json($0) }),
            "port_list": .array(testpmd.portList.map { .number($0) }),
            "streams": .array(
                testpmd.streams.map { ["lcore": .number($0.lcore), "port": .number($0.port), "queue": .number($0.queue)] }),
        ]
    }

    private static func json(_ guest: GuestPlan) -> JSON {
        [
            "name": .string(guest.name),
            "testpmd": .string(guest.testpmd),
            "image": .optional(guest.image),
            "kernel": .optional(guest.kernel),
            "initrd": .optional(guest.initrd),
            "kernel_command_line": .optional(guest.kernelCommandLine),
            "node": .number(guest.node),
            "vcpus": .array(guest.vCPUs.map { .number($0) }),
            "emulator_cpus": .cpus(guest.emulator),
            "memory_bytes": .number(guest.memory),
            "page_size_bytes": .number(guest.pageSize.bytes),
            "ring_size": .number(guest.ringSize),
            "vhosts": .array(guest.vhosts.map { json($0) }),
        ]
    }

    private static func json(_ vhost: VhostPort) -> JSON {
        [
            "port": .number(vhost.port), "socket": .string(vhost.socket), "queues": .number(vhost.queues),
            "mac_address": .string(vhost.mac),
        ]
    }
}

extension JSON {
    fileprivate static func optional(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
    fileprivate static func cpus(_ cpus: CPUSet) -> JSON { .array(cpus.cpus.map { .number($0) }) }
}
