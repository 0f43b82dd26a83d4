import Config
import Diagnostics
import HostTopology
import Values

/// What the `[NIC]` sections come to on this machine: one NIC each, or its virtual functions. What cannot be found is a problem and no NIC: nothing is guessed.
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
            if section.virtualFunctions == 0 {
                guard claim(address, name, section) else { continue }
                let device = host.device(address)
                var nic = Plan.NIC(name: name, address: address, driver: section.driver, node: device?.node)
                nic.isMissing = device == nil
                if nic.isMissing { missing(name, address, section) }
                nic.hasNoIOMMU = hasNoIOMMU && section.driver == .vfioPCI
                nic.isForced = section.force
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
        let places = section.places
        guard let place = places.first, places.count == 1 else {
            if places.isEmpty {
                report(
                    .nicAddress, "NIC \(name): no PCIAddress=, MACAddress= or Path=", remedy: "set one; lspci -D lists the addresses",
                    section)
            } else {
                let keys = places.map { $0.key }.joined(separator: " and ")
                report(.nicAddress, "NIC \(name): \(keys) are given, one expected", remedy: "leave one of them", section)
            }
            return nil
        }
        if let address = host.address(of: place) { return address }
        switch host.findings[place] {
        case .moved(let record, let now):
            report(
                .nicMoved,
                "NIC \(name): MACAddress=\(record.mac) was at \(record.address) when pvpgen install looked, its card (\(record.identity)) is at \(now) now",
                remedy: "pvpgen install, if it was moved on purpose", section)
        case .swapped(let record, let now):
            report(
                .nicSwapped,
                "NIC \(name): MACAddress=\(record.mac) was at \(record.address) on \(record.identity), where \(now) is now",
                remedy: "set MACAddress= to that of the new card, then pvpgen install; or put the old one back", section)
        case .gone(let record):
            report(
                .nicMissing, "NIC \(name): MACAddress=\(record.mac) was at \(record.address), where there is no PCI device any more",
                remedy: "put the card (\(record.identity)) back, or correct MACAddress=", section)
        case .notThere:
            report(
                .nicMissing, "NIC \(name): Path=\(place.text) leads to no PCI device", remedy: "lspci -DP lists the paths; correct Path=",
                section)
        case .notRemembered, .found, nil:
            report(
                .nicUnknownMAC, "NIC \(name): it is not known yet where MACAddress=\(place.text) is",
                remedy: "pvpgen install, which looks for it",
                section)
        }
        return nil
    }

    private mutating func missing(_ name: String, _ address: PCIAddress, _ section: NICSection) {
        report(
            .nicMissing, "NIC \(name): there is no PCI device \(address) on this machine",
            remedy: "lspci -D lists those that are; correct PCIAddress= in [NIC]", section)
    }

    /// The virtual functions' addresses are known before there are any: the parent says how far off they will be.
    private mutating func addFunctions(of parent: PCIAddress, _ name: String, _ section: NICSection) {
        guard let device = host.device(parent) else { return missing(name, parent, section) }
        let count = section.virtualFunctions
        guard let sriov = device.sriov, sriov.total > 0 else {
            return report(
                .nicWithoutSRIOV, "NIC \(name): VirtualFunctions=\(count), \(parent) can have none: it has no SR-IOV",
                remedy: "switch SR-IOV on in the firmware and on the card, or leave VirtualFunctions= out", section,
                key: "VirtualFunctions")
        }
        guard count <= sriov.total else {
            return report(
                .tooManyVFs, "NIC \(name): VirtualFunctions=\(count), \(parent) can have \(sriov.total)",
                remedy: "set VirtualFunctions=\(sriov.total) or less", section,
                key: "VirtualFunctions")
        }
        let addresses = (0..<count).compactMap { sriov.address($0, of: parent) }
        guard addresses.count == count else {
            return report(
                .tooManyVFs, "NIC \(name): VirtualFunctions=\(count), PCI bus numbers end after \(addresses.count) of them",
                remedy: "set VirtualFunctions=\(addresses.count) or less", section,
                key: "VirtualFunctions")
        }
        guard claim(parent, name, section) else { return }
        parents.append(Plan.Parent(name: name, address: parent, virtualFunctions: count))
        for (number, address) in addresses.enumerated() {
            var nic = Plan.NIC(name: "\(name)-vf\(number)", address: address, driver: section.driver, node: device.node, parent: parent)
            nic.isForced = section.force
            if claim(address, nic.name, section) { nics.append(nic) }
        }
    }

    /// Each address is one NIC's.
    private mutating func claim(_ address: PCIAddress, _ name: String, _ section: NICSection) -> Bool {
        let other = nics.first { $0.address == address }?.name ?? parents.first { $0.address == address }?.name
        if let other {
            report(.nicTwice, "NIC \(name): \(address) is NIC \(other) already", remedy: "give each [NIC] a place of its own", section)
            return false
        }
        return true
    }

    /// An IOMMU group is given to user space whole, so the NICs in it are told of each other.
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
    private mutating func report(_ code: Problem.Code, _ message: String, remedy: String, _ section: NICSection, key: String? = nil) {
        let key = key ?? section.places.first.map { String($0.key.dropLast()) }
        problems.append(Problem(code, message, remedy: remedy, at: key.map { section.location(of: $0) } ?? section.location))
    }
}

extension NICPlace {
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
