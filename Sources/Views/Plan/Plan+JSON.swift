import Config
package import JSON
package import Plan
import Tuning
import Values

extension Plan {
    /// All of the plan. Sizes have their unit in their name, CPUs are lists of numbers, and what is
    /// not set is `null`.
    package var json: JSON {
        let planned: JSON = [
            "source": .string(source),
            "nics": .array(nics.map { Self.json($0) }),
            "parents": .array(
                parents.map {
                    [
                        "name": .string($0.name), "address": .string("\($0.address)"),
                        "virtual_functions": .number($0.virtualFunctions),
                    ]
                }),
            "testpmds": .array(testpmds.map { Self.json($0) }),
            "network": network.map {
                [
                    "name": .string($0.name), "uuid": .string($0.uuid), "bridge": .string($0.bridge),
                    "address": .string("\($0.host)"),
                ]
            } ?? .null,
            "guests": .array(guests.map { Self.json($0) }),
            "generators": .array(generators.map { Self.json($0) }),
            "hugepages": [
                "page_size_bytes": .number(pageSize.bytes),
                "nodes": .array(hugepages.map { ["node": .number($0.node), "pages": .number($0.pages)] }),
            ],
            "isolated_cpus": .cpus(isolated),
            "idle_cpus": .cpus(idle),
            "housekeeping_cpus": .cpus(housekeeping),
            "tuning": [
                "items": .array(TuningItem.allCases.filter { tuning.items.contains($0) }.map { .string($0.name) }),
                "siblings": .cpus(tuning.siblings),
                "wakeup_latency_microseconds": tuning.wakeupLatency.map { .number($0) } ?? .null,
            ],
            "kernel_arguments": .array(
                kernelArguments.map { ["text": .string($0.text), "reason": .string($0.reason)] }),
        ]
        return planned.adding(HostSection.values(of: options))
    }

    private static func json(_ nic: Plan.NIC) -> JSON {
        let planned: JSON = [
            "name": .string(nic.name), "address": .string("\(nic.address)"),
            "node": nic.node.map { .number($0) } ?? .null, "parent": .optional(nic.parent?.description),
            "group": .array(nic.group.map { .string("\($0)") }),
            "testpmd": .optional(nic.testpmd.isEmpty ? nil : nic.testpmd),
            "generator": .optional(nic.generator.isEmpty ? nil : nic.generator),
            "port": .number(nic.port),
        ]
        return planned.adding(NICSection.values(of: nic.options))
    }

    private static func json(_ testpmd: TestpmdPlan) -> JSON {
        let planned: JSON = [
            "name": .string(testpmd.name),
            "node": .number(testpmd.node),
            "main_lcore": .number(testpmd.mainLcore),
            "forwarding_lcores": .cpus(testpmd.forwardingLcores),
            "memory_bytes": .number(testpmd.memory),
            "memory_limits_mib": .array(testpmd.memoryLimits.map { .number($0) }),
            "nics": .array(testpmd.nics.map { .string("\($0.address)") }),
            "vhosts": .array(testpmd.vhosts.map { json($0) }),
            "port_list": .array(testpmd.portList.map { .number($0) }),
            "streams": .array(
                testpmd.streams.map {
                    ["lcore": .number($0.lcore), "port": .number($0.port), "queue": .number($0.queue)]
                }),
        ]
        return planned.adding(TestpmdSection.values(of: testpmd.options))
    }

    private static func json(_ guest: GuestPlan) -> JSON {
        let planned: JSON = [
            "name": .string(guest.name),
            "testpmds": .array(guest.testpmds.map { .string($0) }),
            "image": .optional(guest.disk?.image.withoutCredentials),
            "disk": .optional(guest.disk?.overlay),
            "node": .number(guest.node),
            "vcpus": .array(guest.vCPUs.map { .number($0) }),
            "emulator_cpus": .cpus(guest.emulator),
            "memory_bytes": .number(guest.memory),
            "page_size_bytes": .number(guest.pageSize.bytes),
            "management": guest.management.map {
                [
                    "mac_address": .string("\($0.mac)"), "address": .string("\($0.address)"),
                    "ssh_listen": .optional($0.sshListen),
                ]
            } ?? .null,
            "vhosts": .array(guest.vhosts.map { json($0) }),
        ]
        return planned.adding(GuestSection.values(of: guest.options))
    }

    private static func json(_ generator: GeneratorPlan) -> JSON {
        let program: JSON =
            switch generator.program {
            case .local(let local):
                [
                    "kind": "builtin", "host": .null, "node": .number(local.node),
                    "main_lcore": .number(local.mainLcore), "lcores": .cpus(local.lcores),
                    "memory_bytes": .number(local.memory),
                    "ports": .array((local.nics.map { "\($0.address)" } + local.devices).map { .string($0) }),
                ]
            case .remote(let remote):
                [
                    "kind": "builtin", "host": .string(remote.host), "lcores": .cpus(remote.cpus),
                    "memory_bytes": .number(remote.memory), "ports": .array(remote.devices.map { .string($0) }),
                ]
            case .trex(let address, let ports):
                [
                    "kind": "trex", "host": .string(address),
                    "ports": .array([ports.first, ports.second].map { .string("\($0)") }),
                ]
            }
        return [
            "name": .string(generator.name), "testpmd": .string(generator.testpmd),
            "maximum_rate_pps": generator.maximumRate.map { .number($0) } ?? .null, "program": program,
        ]
    }

    private static func json(_ vhost: VhostPort) -> JSON {
        [
            "name": .string(vhost.name), "guest": .string(vhost.guest), "testpmd": .string(vhost.testpmd),
            "port": .number(vhost.port),
            "socket": .string(vhost.socket), "queues": .number(vhost.queues), "ring_size": .number(vhost.ringSize),
            "mac_address": .string("\(vhost.mac)"), "packed_ring": .bool(vhost.hasPackedRing),
        ]
    }
}

extension JSON {
    /// The object with a member for each option.
    fileprivate func adding(_ options: [OptionValue]) -> JSON {
        .object((object ?? []) + options.map { Member($0.jsonName, JSON($0.value)) })
    }

    private init(_ value: SettingValue) {
        switch value {
        case .none: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let value): self = .number(value)
        case .text(let text): self = .string(text)
        case .list(let values): self = .array(values.map { JSON($0) })
        }
    }

    fileprivate static func cpus(_ cpus: CPUSet) -> JSON { .array(cpus.cpus.map { .number($0) }) }
}
