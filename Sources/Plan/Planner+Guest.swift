import Config
import Diagnostics
import HostTopology

extension Planner {
    /// Plans a guest with one interface for each NIC of the testpmd, and gives the testpmd the ports for it. `nil` when it cannot be had; the reason is reported.
    mutating func planGuest(_ section: GuestSection, on testpmd: inout TestpmdPlan) -> GuestPlan? {
        guard let name = section.name else { return nil }
        let who = "guest \(name)"
        guard section.image != nil || section.kernel != nil else {
            report("guest-image", "\(who): nothing to boot", remedy: "set Image= (or Kernel= and Initrd=) in [Guest]", at: section.location)
            return nil
        }
        guard section.kernel != nil || (section.initrd == nil && section.kernelCommandLine == nil) else {
            report(
                "guest-kernel", "\(who): Initrd= and KernelCommandLine= are for Kernel=, which is not set",
                remedy: "set Kernel=, or leave them out", at: section.location)
            return nil
        }
        guard section.ringSize & (section.ringSize - 1) == 0 else {
            report(
                "ring-size", "\(who): RingSize=\(section.ringSize) is not a power of two", remedy: "use 256, 512 or 1024",
                at: section.location)
            return nil
        }
        let node = testpmd.node
        let cpus: [Int]
        if let given = section.cpus.value {
            if let count = section.vCPUs.value, count != given.count {
                report(
                    "vcpus-differ", "\(who): VCPUs=\(count), but CPUs=\(given) names \(given.count)", remedy: "leave one of the two out",
                    at: section.location)
                return nil
            }
            guard takeGiven(given, for: who, on: node, at: section.location) else { return nil }
            cpus = given.cpus
        } else {
            let count = section.vCPUs.value ?? 3
            guard let taken = takeCores(count, on: node) else {
                reportShortage("vcpus-short", who, count, on: node, setting: "VCPUs", at: section.location)
                return nil
            }
            cpus = taken
        }
        let page = config.hugepages.pageSize
        guard section.memory % page.bytes == 0 else {
            report(
                "guest-memory", "\(who): Memory=\(section.memory >> 20)M is not a multiple of PageSize=\(page.rawValue)",
                remedy: "use a multiple, or PageSize=2M", at: section.location)
            return nil
        }
        takePages(section.memory, on: node)
        let first = testpmd.portCount
        let vhosts = testpmd.nics.indices.map { index in
            VhostPort(
                port: first + index, socket: "/run/pvp/vhost/\(name)-\(index)", queues: testpmd.queues,
                mac: Self.macAddress("\(name)-\(index)"))
        }
        testpmd.vhosts += vhosts
        testpmd.portList += zip(testpmd.nics.indices, vhosts).flatMap { [$0, $1.port] }
        return GuestPlan(
            name: name, testpmd: testpmd.name, image: section.image, kernel: section.kernel, initrd: section.initrd,
            kernelCommandLine: section.kernelCommandLine, vCPUs: cpus, emulator: reservedCore(node), node: node, memory: section.memory,
            pageSize: page,
            ringSize: section.ringSize, vhosts: vhosts)
    }

    /// A MAC address that is the same in every boot: QEMU's prefix and a hash (FNV-1a) of what it is for.
    static func macAddress(_ name: String) -> String {
        var hash: UInt32 = 0x811c_9dc5
        for byte in name.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        let tail = [hash >> 16, hash >> 8, hash].map { value in
            let text = String(value & 0xff, radix: 16)
            return text.utf8.count == 1 ? "0" + text : text
        }
        return "52:54:00:" + tail.joined(separator: ":")
    }
}
