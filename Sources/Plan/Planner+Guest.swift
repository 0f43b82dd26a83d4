import Config
import Diagnostics
import HostTopology
import Linux
import Values

extension Planner {
    /// Plans a guest with its address and its interfaces, each with the index of its testpmd. `nil`
    /// if resources are missing; the reason is reported.
    mutating func planGuest(
        _ section: GuestSection, _ address: IPv4Address?, _ interfaces: [PortTopology.Interface], to testpmds: [Int]
    ) -> GuestPlan? {
        guard let name = section.name, let first = testpmds.first else { return nil }
        let owner = "guest " + name
        let before = problems.count
        checkBoot(section, owner)
        var options = section.options
        let (disk, mistakes) = DiskPlan.make(section)
        problems += mistakes
        checkName(section, name)
        if let disk { checkImage(disk, section, owner) }
        let fragment = fragment(of: section, owner)
        let page = config.hugepages.pageSize
        if section.memory % page.bytes != 0 {
            report(
                .guestMemory,
                "\(owner): Memory=\(section.memory >> 20)M is not a multiple of PageSize=\(page.rawValue)",
                remedy: "set a multiple of \(page.rawValue), or PageSize=2M", at: section.location(of: "Memory"))
        }
        if interfaces.count > GuestPlan.interfaceLimit {
            report(
                .guestInterfaces,
                "\(owner): expected at most \(GuestPlan.interfaceLimit) interfaces, got \(interfaces.count)",
                remedy: "assign some of them to another guest", at: section.location)
        }
        let vhosts = interfaces.indices.map { port(interfaces[$0], of: section, to: testpmds[$0], isFirst: $0 == 0) }
        let management = planManagement(section, name, address)
        let node = node(section.numaNode, or: chain.testpmds[first].node, for: owner, in: section)
        guard problems.lazy.dropFirst(before).allSatisfy({ $0.severity == .warning }), let node else { return nil }
        let request = CPURequest(
            given: section.cpus, count: section.vCPUs, defaultCount: 3, setting: "VCPUs", short: .vcpusShort,
            differ: .vcpusDiffer)
        guard let cpus = take(section.memory, request, for: owner, on: node, in: section) else { return nil }
        for end in testpmds where chain.testpmds[end].node != node {
            let far = chain.testpmds[end]
            report(
                .guestFar,
                "\(owner): on NUMA node \(node), testpmd \(far.name) on node \(far.node): packets cross the link "
                    + "between the sockets",
                remedy: "set NUMANode=\(far.node), or connect it to a testpmd of node \(node)", severity: .warning,
                at: section.location(of: "NUMANode"))
            break
        }
        if let emulator = section.emulatorCPUs.value {
            housekeepers.append(
                HousekeepingAssignment(
                    owner: owner, key: "EmulatorCPUs", cpus: emulator, node: node,
                    location: section.location(of: "EmulatorCPUs")))
        }
        if let program = builtProgram(options.build, .qemu, insteadOf: "Emulator", for: owner, in: section) {
            options.emulatorPath = program
        }
        if section.guestTestpmd, !hasRoomForTestpmd(section, vCPUs: cpus.count, vhosts, owner: owner) { return nil }
        let guest = GuestPlan(
            name: name, uuid: Self.uuid(guest: name, machineID: host.machineID), disk: disk,
            vCPUs: cpus, emulator: section.emulatorCPUs.value ?? self.cpus.reserved(node), node: node,
            memory: section.memory,
            pageSize: page, fragment: fragment,
            guestConfiguration: section.guestTestpmd
                ? GuestPlan.configuration(for: section, vCPUs: cpus.count, vhosts) : nil,
            vhosts: vhosts,
            management: management, options: options)
        if guest.readyWhen == .ssh, guest.managementAddress == nil {
            report(
                .readySSH, "\(owner): ReadyWhen=ssh requires an address on the management network, the guest has none",
                remedy: "set ReadyWhen=vhost, running or agent", at: section.location(of: "ReadyWhen"))
            return nil
        }
        return guest
    }

    /// The elements of the files of its `DomainXML=`.
    private mutating func fragment(of section: GuestSection, _ owner: String) -> DomainFragment {
        var fragment = DomainFragment()
        for path in section.domainXML {
            do throws(Problem) {
                switch files[path] {
                case .content(let bytes): fragment += try DomainFragment(bytes, file: path)
                case .unreadable(let error):
                    throw error.problem(.domainXML, remedy: "make it a readable file, or correct DomainXML=")
                case nil: throw Problem(.domainXML, "DomainXML=\(path): cannot be read", remedy: "correct DomainXML=")
                }
            } catch {
                let location = section.source.assignments(of: "DomainXML").last { $0.value == path }?.location
                report(error.code, "\(owner): \(error.message)", remedy: error.remedy, at: error.location ?? location)
            }
        }
        return fragment
    }

    /// Console sockets of testpmds and guests are found by name, those of testpmds first.
    private mutating func checkName(_ section: GuestSection, _ name: String) {
        guard name == "testpmd" || config.testpmds.contains(where: { $0.name == name }) else { return }
        report(
            .guestName, "guest \(name): name is reserved for a testpmd, whose console would have the same name",
            remedy: "set another Name= in [Guest]", at: section.location(of: "Name"))
    }

    private mutating func checkBoot(_ section: GuestSection, _ owner: String) {
        if section.image == nil, section.kernel == nil {
            report(
                .guestImage, "\(owner): expected Image= or Kernel=, found neither",
                remedy: "set Image= (or Kernel= and Initrd=) in [Guest]",
                at: section.location)
        } else if section.kernel == nil, section.initrd != nil || section.kernelCommandLine != nil {
            report(
                .guestKernel, "\(owner): Initrd= and KernelCommandLine= require Kernel=, which is not set",
                remedy: "set Kernel=, or remove both", at: section.location)
        }
        checkRing(section.ringSize, owner, section)
    }

    private mutating func checkRing(_ size: Int, _ subject: @autoclosure () -> String, _ section: some ConfigSection) {
        if size & (size - 1) != 0 {
            report(
                .ringSize, "\(subject()): RingSize=\(size) is not a power of two", remedy: "use 256, 512 or 1024",
                at: section.location(of: "RingSize"))
        } else if size < 1024 {
            report(
                .ringSmall,
                "\(subject()): RingSize=\(size): virtqueues with less than 1024 descriptors lose packets while a vCPU "
                    + "is interrupted",
                remedy: "set RingSize=1024, or remove it", severity: .warning, at: section.location(of: "RingSize"))
        }
    }

    /// testpmd has one number of queues for all of its ports: it refuses a port with fewer, and
    /// leaves further ones alone.
    private mutating func port(
        _ interface: PortTopology.Interface, of guest: GuestSection, to testpmdIndex: Int, isFirst: Bool
    ) -> VhostPort {
        let testpmd = chain.testpmds[testpmdIndex].name
        let expected = chain.testpmds[testpmdIndex].queues
        let section = interface.section.map { config.interfaces[$0] }
        var subject: String { "interface \(interface.name)" }
        let queues = section?.queues.value ?? guest.queues.value ?? expected
        let isOwn = section?.queues.value != nil
        // An error in the guest's own setting is reported once.
        if queues != expected, isOwn || isFirst {
            let location = isOwn ? section?.location(of: "Queues") : guest.location(of: "Queues")
            reportQueues(queues, of: subject, expected: expected, testpmd: testpmd, at: location)
        }
        let mac = section?.macAddress.value ?? Self.macAddress(interface: interface.name, machineID: host.machineID)
        let holder = AddressOwner(kind: "interface", name: interface.name)
        if let other = macs.updateValue(holder, forKey: mac) {
            report(mac, of: holder, and: other, at: section?.location(of: "MACAddress") ?? guest.location)
        }
        if let section, let ring = section.ringSize.value { checkRing(ring, subject, section) }
        return VhostPort(
            name: interface.name, guest: guest.name ?? "", testpmd: testpmd, socket: "/run/pvp/vhost/" + interface.name,
            queues: queues,
            ringSize: section?.ringSize.value ?? guest.ringSize,
            mac: mac, hasIOMMU: guest.hasIOMMU, hasPackedRing: guest.packedRing)
    }

    private mutating func reportQueues(
        _ queues: Int, of subject: String, expected: Int, testpmd: String, at location: SourceLocation?
    ) {
        if queues < expected {
            report(
                .queuesFew, "\(subject): expected Queues=\(expected) as testpmd \(testpmd) has, got \(queues)",
                remedy: "set Queues=\(expected), or Queues=auto", at: location)
        } else {
            report(
                .queuesIdle,
                "\(subject): Queues=\(queues), testpmd \(testpmd) serves \(expected): packets on the other queues are "
                    + "lost",
                remedy: "set Queues=\(queues) in its [Testpmd], or Queues=auto in [Guest]", severity: .warning,
                at: location)
        }
    }

    /// The MAC address of a guest's interface: another on each host, because two of them with one
    /// configuration may be on one wire. A host without a machine id has only the name.
    static func macAddress(interface: String, machineID: String?) -> MACAddress {
        guard let machineID else { return macAddress(Array(interface.utf8)) }
        return macAddress(("\(machineID) interface \(interface)" as UTF8StringBuilder).bytes)
    }

    /// The UUID of a guest's domain, which the guest reads from its SMBIOS tables: the same at each
    /// start, another on each host. `nil` for a host without a machine id; then libvirt creates one
    /// at each start. machine-id(5) asks for a keyed hash, because a machine id is not to be shown
    /// to others. The version is 8 (RFC 9562).
    static func uuid(guest: String, machineID: String?) -> String? {
        guard let machineID else { return nil }
        var bytes = SHA256.authenticationCode(Array("pvpgen guest \(guest)".utf8), key: Array(machineID.utf8))[..<16]
        bytes[6] = bytes[6] & 0x0f | 0x80
        bytes[8] = bytes[8] & 0x3f | 0x80
        var text: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
            text += [Hexadecimal.digit(Int(byte >> 4)), Hexadecimal.digit(Int(byte))]
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// A MAC address that is the same in every boot: QEMU's prefix and a hash (FNV-1a) of what it
    /// is for.
    static func macAddress(_ name: [UInt8]) -> MACAddress {
        MACAddress(0x5254_00 << 24 | UInt64(FNV1a.hash32(name) & 0xff_ffff))
    }
}
