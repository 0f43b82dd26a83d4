package import Linux
package import Values

/// What came of looking for a NIC that is not named by its address.
package enum NICLookupResult: Hashable, Sendable {
    /// The device exists.
    case found(PCIAddress)
    /// The device does not exist: a step of the path leads nowhere.
    case notThere
    /// No record of that MAC address: `pvpgen install` has not seen it yet.
    case notRemembered
    /// Where it was there is nothing, and its card is nowhere else.
    case gone(NICRecord)
    /// Its card is in another place now.
    case moved(NICRecord, to: PCIAddress)
    /// Another card is in its place.
    case swapped(NICRecord, now: PCIIdentity)
}

extension NICSelector {
    /// Looks for the NIC below a root. Nothing is guessed: a MAC address has the recorded PCI
    /// address only if the same card is still in the slot.
    package func finding(in root: Root, _ records: [NICRecord]) -> NICLookupResult {
        switch self {
        case .address(let address): return .found(address)
        case .path(let path): return Self.follow(path, in: root).map { .found($0) } ?? .notThere
        case .mac(let mac):
            guard let record = records.first(where: { $0.mac == mac }) else { return .notRemembered }
            let now = PCIIdentity(of: record.address, in: root)
            if now == record.identity { return .found(record.address) }
            if let address = Self.search(for: record, in: root) { return .moved(record, to: address) }
            return now.map { .swapped(record, now: $0) } ?? .gone(record)
        }
    }

    /// Each bridge has the functions of the bus behind it as directories in its own.
    private static func follow(_ path: PCIPath, in root: Root) -> PCIAddress? {
        var address = path.first
        for step in path.steps {
            let names = (try? root.list(PCIFunction(address: address, root: root).directory)) ?? []
            guard let next = names.lazy.filter({ $0.hasSuffix(":\(step)") }).compactMap({ PCIAddress($0) }).first else {
                return nil
            }
            address = next
        }
        return address
    }

    /// The same card elsewhere: only a serial number distinguishes two of one type. Its functions
    /// have one number, so the function counts too.
    private static func search(for record: NICRecord, in root: Root) -> PCIAddress? {
        guard record.identity.serial != nil else { return nil }
        return ((try? root.list(PCIFunction.devices)) ?? []).lazy.compactMap { PCIAddress($0) }
            .first { $0.function == record.address.function && PCIIdentity(of: $0, in: root) == record.identity }
    }
}
