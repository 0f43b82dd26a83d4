import Config
import Diagnostics
import HostTopology
import Values

/// The NICs of the `[NIC]` sections on this machine: one each, or its virtual functions. What
/// cannot be found is a problem and no NIC: nothing is guessed.
struct NICResolution {
    /// In the order of the file; all have port 0.
    private(set) var nics: [Plan.NIC] = []
    /// The NICs that get virtual functions.
    private(set) var parents: [Plan.Parent] = []
    private(set) var problems: [Problem] = []
    private let host: HostTopology

    init(of sections: [NICSection], on host: HostTopology, hasNoIOMMU: Bool, isInGuest: Bool = false) {
        self.host = host
        for section in sections where !section.isWrong {
            guard let name = section.name, let address = address(name, section) else { continue }
            guard hasCountedPorts(name, section) else { continue }
            if section.virtualFunctions == 0 {
                guard claim(address, name, section) else { continue }
                let device = host.device(address)
                var nic = Plan.NIC(name: name, address: address, options: section.options, node: device?.node)
                nic.isMissing = device == nil
                if nic.isMissing { missing(name, address, section) }
                nic.hasNoIOMMU = hasNoIOMMU && section.driver == .vfioPCI
                nic.isInGuest = isInGuest
                nics.append(nic)
            } else {
                addFunctions(of: address, name, section)
            }
        }
        shareGroups()
    }

    /// Where the section's NIC is.
    private mutating func address(_ name: String, _ section: NICSection) -> PCIAddress? {
        let selectors = section.selectors
        guard let selector = selectors.first, selectors.count == 1 else {
            if selectors.isEmpty {
                report(
                    .nicAddress, "NIC \(name): expected PCIAddress=, MACAddress= or Path=, got none",
                    remedy: "set PCIAddress=; 'lspci -D' lists the addresses",
                    in: section)
            } else {
                let keys = selectors.map { $0.key }.joined(separator: " and ")
                report(
                    .nicAddress, "NIC \(name): expected one of PCIAddress=, MACAddress= and Path=, got \(keys)",
                    remedy: "remove all but one", in: section)
            }
            return nil
        }
        if let address = host.address(of: selector) { return address }
        switch host.findings[selector] {
        case .moved(let record, let now):
            report(
                .nicMoved,
                "NIC \(name): MACAddress=\(record.mac): expected at \(record.address) as 'pvpgen install' recorded, "
                    + "found its card (\(record.identity)) at \(now)",
                remedy: "if the card was moved intentionally, run 'pvpgen install'", in: section)
        case .swapped(let record, let now):
            report(
                .nicSwapped,
                "NIC \(name): MACAddress=\(record.mac): expected at \(record.address) a card \(record.identity), "
                    + "found \(now)",
                remedy:
                    "set MACAddress= to the address of the new card and run 'pvpgen install', or insert the former "
                    + "card",
                in: section)
        case .gone(let record):
            report(
                .nicMissing, "NIC \(name): MACAddress=\(record.mac): PCI device \(record.address) not found",
                remedy: "insert the card (\(record.identity)), or correct MACAddress=", in: section)
        case .notThere:
            report(
                .nicMissing, "NIC \(name): Path=\(selector.text): PCI device not found",
                remedy: "correct Path=; 'lspci -DP' lists the paths",
                in: section)
        case .notRemembered, .found, nil:
            report(
                .nicUnknownMAC, "NIC \(name): MACAddress=\(selector.text): PCI address not recorded yet",
                remedy: "run 'pvpgen install', which finds and records the address",
                in: section)
        }
        return nil
    }

    private mutating func missing(_ name: String, _ address: PCIAddress, _ section: NICSection) {
        report(
            .nicMissing, "NIC \(name): PCI device \(address) not found",
            remedy: "correct PCIAddress= in [NIC]; 'lspci -D' lists the devices", in: section)
    }

    /// The virtual functions' addresses are known before there are any: the parent says how far off
    /// they will be.
    private mutating func addFunctions(of parent: PCIAddress, _ name: String, _ section: NICSection) {
        guard let device = host.device(parent) else { return missing(name, parent, section) }
        let count = section.virtualFunctions
        guard let sriov = device.sriov, sriov.total > 0 else {
            return report(
                .nicWithoutSRIOV, "NIC \(name): VirtualFunctions=\(count): \(parent) does not support SR-IOV",
                remedy: "enable SR-IOV in the firmware and on the card, or remove VirtualFunctions=", in: section,
                key: "VirtualFunctions")
        }
        guard count <= sriov.total else {
            return report(
                .tooManyVFs, "NIC \(name): VirtualFunctions=\(count): \(parent) supports at most \(sriov.total)",
                remedy: "set VirtualFunctions=\(sriov.total) or less", in: section,
                key: "VirtualFunctions")
        }
        let addresses = (0..<count).compactMap { sriov.address($0, of: parent) }
        guard addresses.count == count else {
            return report(
                .tooManyVFs, "NIC \(name): VirtualFunctions=\(count): PCI bus numbers suffice for \(addresses.count)",
                remedy: "set VirtualFunctions=\(addresses.count) or less", in: section,
                key: "VirtualFunctions")
        }
        guard claim(parent, name, section) else { return }
        parents.append(Plan.Parent(name: name, address: parent, virtualFunctions: count))
        for (number, address) in addresses.enumerated() {
            let nic = Plan.NIC(
                name: "\(name)-vf\(number)", address: address, options: section.options, node: device.node,
                parent: parent)
            if claim(address, nic.name, section) { nics.append(nic) }
        }
    }

    /// Ports of representors would come between those of the plan (DPDK:
    /// doc/guides/prog_guide/switch_representation.rst).
    private mutating func hasCountedPorts(_ name: String, _ section: NICSection) -> Bool {
        let items = (section.deviceArguments ?? "").split(separator: ",")
        guard let item = items.first(where: { $0.hasPrefix("representor=") }) else { return true }
        report(
            .argumentOwned, "NIC \(name): DeviceArguments=: '\(item)' adds ports that the plan does not have",
            remedy: "remove it", in: section,
            key: "DeviceArguments")
        return false
    }

    /// Each address is one NIC's.
    private mutating func claim(_ address: PCIAddress, _ name: String, _ section: NICSection) -> Bool {
        let other = nics.first { $0.address == address }?.name ?? parents.first { $0.address == address }?.name
        if let other {
            report(
                .nicTwice, "NIC \(name): \(address) is already configured as NIC \(other)",
                remedy: "configure another device, or remove this [NIC]", in: section)
            return false
        }
        return true
    }

    /// An IOMMU group is given to user space whole, so each NIC of a group has the names of the
    /// others.
    private mutating func shareGroups() {
        var groups: [String: [Int]] = [:]
        for index in nics.indices where nics[index].driver == .vfioPCI {
            if let group = host.device(nics[index].address)?.iommuGroup { groups[group, default: []].append(index) }
        }
        for members in groups.values where members.count > 1 {
            for index in members { nics[index].group = members.filter { $0 != index }.map { nics[$0].address } }
        }
    }

    /// Points at the key, or at what says where the NIC is.
    private mutating func report(
        _ code: Problem.Code, _ message: String, remedy: String, in section: NICSection, key: String? = nil
    ) {
        let key = key ?? section.selectors.first.map { String($0.key.dropLast()) }
        problems.append(
            Problem(code, message, remedy: remedy, at: key.map { section.location(of: $0) } ?? section.location))
    }
}

extension NICSelector {
    /// The setting that it was given by.
    fileprivate var key: String {
        switch self {
        case .address: "PCIAddress="
        case .mac: "MACAddress="
        case .path: "Path="
        }
    }

    /// As it was given.
    fileprivate var text: String {
        switch self {
        case .address(let address): address.description
        case .mac(let mac): mac.description
        case .path(let path): path.description
        }
    }
}
