package import Linux
package import Values

extension HostTopology {
    /// Reads the machine from `/sys` below a root (kernel:
    /// Documentation/ABI/stable/sysfs-devices-node, testing/sysfs-devices-system-cpu). What cannot
    /// be read is left out: a missing function is not in `devices`. `parents` are the NICs that are
    /// to have virtual functions, `remembered` is taken in the place of what is remembered there.
    package init(
        reading root: Root, nics: [NICSelector], parents: Set<NICSelector> = [], remembered: [NICRecord]? = nil
    ) {
        let cpuDirectory = "/sys/devices/system/cpu"
        let online = root.cpus("\(cpuDirectory)/online") ?? CPUSet([0])

        var nodes: [Node] = []
        for id in (root.cpus("/sys/devices/system/node/online") ?? CPUSet()).cpus {
            let directory = "/sys/devices/system/node/node\(id)"
            let cpus = (root.cpus("\(directory)/cpulist") ?? CPUSet()).intersection(online)
            nodes.append(Node(id: id, cpus: cpus, memory: root.memory("\(directory)/meminfo")))
        }
        if nodes.isEmpty {
            nodes = [Node(id: 0, cpus: online, memory: root.memory("/proc/meminfo"))]
        }

        var cores: [CPUSet] = []
        var seen = CPUSet()
        for cpu in online.cpus where !seen.contains(cpu) {
            let path: UTF8StringBuilder = "\(cpuDirectory)/cpu\(cpu)/topology/thread_siblings_list"
            var core = (root.cpus(path.string) ?? CPUSet()).intersection(online)
            core.insert(cpu)
            seen.formUnion(core)
            cores.append(core)
        }

        var devices: [PCIDevice] = []
        var findings: [NICSelector: NICLookupResult] = [:]
        var records = remembered
        for selector in nics {
            if case .mac = selector, records == nil { records = NICRecord.read(from: root) }
            let finding = selector.finding(in: root, records ?? [])
            if case .address = selector {} else { findings[selector] = finding }
            guard case .found(let address) = finding else { continue }
            let function = PCIFunction(address: address, root: root)
            let directory = function.directory
            guard function.exists else { continue }
            devices.append(
                PCIDevice(
                    address: address,
                    node: function.node,
                    driver: function.driver,
                    iommuGroup: function.group,
                    sriov: parents.contains(selector) ? SRIOV(in: directory, root) : nil))
        }

        let hasGroup = { (device: PCIDevice) in
            device.iommuGroup != nil && !PCIFunction(address: device.address, root: root).hasNoIOMMU
        }
        let iommu = IOMMU(firmwareOf: root) ?? (devices.contains(where: hasGroup) ? .other : .none)
        self.init(
            online: online, nodes: nodes, cores: cores, devices: devices, findings: findings, iommu: iommu,
            machineID: root.machineID)
        let siblings = OfflineSiblings(in: root)
        if !siblings.threads.isEmpty { self = adding(siblings) }
    }

    /// The same for NICs that are named by their addresses.
    package init(reading root: Root, functions: [PCIAddress]) {
        self.init(reading: root, nics: functions.map { .address($0) })
    }
}

extension Root {
    /// 32 hexadecimal digits; before the first boot is complete the file may be empty or say
    /// `uninitialized`.
    package var machineID: String? {
        guard let text = try? text("/etc/machine-id"), text.utf8.count == 32 else { return nil }
        return text
    }

    /// Which boot of the machine this is (`/proc/sys/kernel/random/boot_id`); empty if unknown.
    package var bootID: String { (try? text("/proc/sys/kernel/random/boot_id")) ?? "" }

    fileprivate func cpus(_ path: String) -> CPUSet? {
        (try? text(path)).flatMap { CPUSet($0) }
    }

    /// `MemTotal` in bytes; 0 if it is missing.
    fileprivate func memory(_ path: String) -> UInt64 { min(memoryInfo("MemTotal:", path) ?? 0, .max >> 10) << 10 }
}
