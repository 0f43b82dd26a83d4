import Config
import Diagnostics

/// The NICs and interfaces of each testpmd: what follows from the sections, whatever the machine. A
/// section with an error keeps its index, so that it changes nothing for the others. Guests,
/// testpmds and `[Interface]` sections are known by their indices in the configuration.
struct PortTopology {
    /// A guest's end of a vhost-user port.
    struct Interface {
        var name: String
        var guest: Int
        var testpmd: Int
        /// `[Interface]`, unless it follows from the number of NICs.
        var section: Int?
        /// Whether its guest is left out.
        var isWrong: Bool
        /// The index of the interface among the ports of its testpmd.
        var portIndex = 0
    }

    /// The ports of one testpmd: NICs first, then interfaces.
    struct Ports {
        /// The NICs by address, as EAL counts them.
        var nics: [Plan.NIC] = []
        /// The number of NICs if no section had an error.
        var nicCount = 0
        /// Interfaces in the order of guests.
        var interfaces: [Interface] = []
        /// The ports that forward to each other, by their indices.
        var pairs: [(Int, Int)] = []

        /// Whether every NIC is known.
        var isComplete: Bool { nics.count == nicCount }
        /// The names of all ports by their indices.
        var names: [String] { nics.map(\.name) + interfaces.map(\.name) }
    }

    /// By the index of the testpmd.
    private(set) var ports: [Ports]
    /// By the index of the guest.
    private(set) var interfaces: [[Interface]] = []
    /// The testpmd of each NIC, by name.
    private(set) var owners: [String: Int] = [:]
    private(set) var problems: [Problem] = []
    private let config: Config
    /// The indices of testpmds by their names.
    private let testpmds: [String: Int]

    init(_ config: Config, nics: [Plan.NIC]) {
        self.config = config
        testpmds = indices(of: config.testpmds)
        ports = config.testpmds.map { _ in Ports() }
        interfaces = config.guests.map { _ in [] }
        if ports.isEmpty { return }
        shareNICs()
        for nic in nics {
            guard let owner = owners[nic.name] else { continue }
            ports[owner].nics.append(nic)
        }
        connectGuests()
        for index in ports.indices where ports[index].isComplete {
            var here = ports[index]
            problems += here.pair(config, index, elsewhere: isKnown)
            ports[index] = here
        }
    }

    private func isKnown(_ name: String) -> Bool {
        owners[name] != nil || interfaces.contains { $0.contains { $0.name == name } }
    }

    /// Gives each NIC to a testpmd: a pair to each in the order of the file, unless Testpmd= says
    /// otherwise.
    private mutating func shareNICs() {
        let sections = config.nics.filter { $0.generator == nil }
        let names = sections.map(\.names)
        let count = names.reduce(0) { $0 + $1.count }
        let isOneToOne = count == 2 * ports.count && sections.allSatisfy { $0.testpmd == nil }
        var index = 0
        for (section, names) in zip(sections, names) {
            for name in names {
                let defaultOwner = defaultTestpmd(isOneToOne ? index / 2 : nil)
                index += 1
                guard
                    let owner = known(section.testpmd, "NIC \(name)", section)
                        ?? (section.testpmd == nil ? defaultOwner : nil)
                else {
                    guard section.testpmd == nil, !section.isWrong else { continue }
                    report(
                        .nicTestpmd,
                        "NIC \(name): \(count) NICs and \(ports.count) testpmds, expected Testpmd= to assign the NIC",
                        remedy: "set Testpmd= in each [NIC]: \(testpmdNames)", at: section.location)
                    continue
                }
                owners[name] = owner
                ports[owner].nicCount += 1
            }
        }
    }

    /// Returns the index of the testpmd of a NIC or guest without `Testpmd=`: the only one, or the
    /// one that follows from the order of the sections.
    private func defaultTestpmd(_ byOrder: Int?) -> Int? { ports.count == 1 ? 0 : byOrder }

    /// Connects each guest: by its `[Interface]` sections, or as the number of guests and NICs has
    /// it.
    private mutating func connectGuests() {
        let declared = declaredInterfaces()
        let isOneToOne = config.guests.count == ports.count && config.guests.allSatisfy { $0.testpmd == nil }
        var homes: [Int?] = []
        var guestCount = ports.map { _ in 0 }
        for index in config.guests.indices {
            var home = defaultTestpmd(isOneToOne ? index : nil)
            if let name = config.guests[index].testpmd {
                home = testpmds[name]
                if home == nil { reportUnknown(name, "guest \(config.guests[index].name ?? "")", config.guests[index]) }
            }
            homes.append(home)
            if let home { guestCount[home] += 1 }
        }
        var names: Set<String> = []
        for (index, home) in homes.enumerated() {
            guard let name = config.guests[index].name else { continue }
            let sections = declared.isEmpty ? [] : declared[index]
            let isWrong = config.guests[index].isWrong || sections.contains { config.interfaces[$0].isWrong }
            var list: [Interface] = []
            if sections.isEmpty, let home {
                let count = guestCount[home] == 1 ? ports[home].nicCount : 2
                list = (0..<count).map {
                    Interface(name: "\(name)-\($0)", guest: index, testpmd: home, isWrong: isWrong)
                }
            }
            for section in sections {
                let interface = config.interfaces[section]
                let owner =
                    interface.testpmd == nil
                    ? home : known(interface.testpmd, "interface \(interface.name ?? "")", interface)
                guard let owner, let name = interface.name else { continue }
                list.append(Interface(name: name, guest: index, testpmd: owner, section: section, isWrong: isWrong))
            }
            if home == nil, config.guests[index].testpmd == nil, !isWrong,
                sections.isEmpty || sections.contains(where: { config.interfaces[$0].testpmd == nil })
            {
                report(
                    .guestTestpmd,
                    "guest \(name): \(config.guests.count) guests and \(ports.count) testpmds, expected Testpmd= to "
                        + "assign the guest",
                    remedy: "set Testpmd= in each [Guest]: \(testpmdNames)", at: config.guests[index].location)
            }
            // Without a section the name of an interface begins with that of its guest, which is
            // unique.
            if !declared.isEmpty { list.removeAll { isTwice($0, in: &names) } }
            for position in list.indices {
                let testpmd = list[position].testpmd
                list[position].portIndex = ports[testpmd].nics.count + ports[testpmd].interfaces.count
                ports[testpmd].interfaces.append(list[position])
            }
            interfaces[index] = list
        }
    }

    /// Whether an interface has the name of another; that it has is reported.
    private mutating func isTwice(_ interface: Interface, in names: inout Set<String>) -> Bool {
        if names.insert(interface.name).inserted { return false }
        let guest = config.guests[interface.guest]
        report(
            .nameTwice,
            "guest \(guest.name ?? ""): interface name \(interface.name) already exists, and names the socket",
            remedy: "set another Name= for one of them",
            at: interface.section.flatMap { config.interfaces[$0].location(of: "Name") } ?? guest.location)
        return true
    }

    /// Returns the indices of `[Interface]` sections by guest; empty if there are none.
    private mutating func declaredInterfaces() -> [[Int]] {
        if config.interfaces.isEmpty { return [] }
        let guests = indices(of: config.guests)
        var declared: [[Int]] = config.guests.map { _ in [] }
        for (index, section) in config.interfaces.enumerated() {
            let subject = "interface \(section.name ?? "")"
            if owners[section.name ?? ""] != nil {
                report(
                    .nameTwice, "\(subject): a NIC with this name already exists, so Peer= is ambiguous",
                    remedy: "set another Name=",
                    at: section.location(of: "Name"))
            }
            guard let name = section.guest else {
                if !section.isWrong {
                    report(
                        .interfaceGuest, "\(subject): expected Guest=, found none",
                        remedy: "set Guest= to the name of a [Guest] section",
                        at: section.location)
                }
                continue
            }
            guard let guest = guests[name] else {
                report(
                    .interfaceGuest, "\(subject): guest '\(name)' not found",
                    remedy: "set Guest= to one of: \(guests.keys.sorted().joined(separator: ", "))",
                    at: section.location(of: "Guest"))
                continue
            }
            declared[guest].append(index)
        }
        return declared
    }

    /// The testpmd that a section names, if there is one of that name.
    private mutating func known(_ name: String?, _ subject: @autoclosure () -> String, _ section: some ConfigSection)
        -> Int?
    {
        guard let name else { return nil }
        if let index = testpmds[name] { return index }
        reportUnknown(name, subject(), section)
        return nil
    }

    private mutating func reportUnknown(_ name: String, _ subject: String, _ section: some ConfigSection) {
        report(
            .unknownTestpmd, "\(subject): testpmd '\(name)' not found",
            remedy: "set Testpmd= to one of: \(testpmdNames)",
            at: section.location(of: "Testpmd"))
    }

    private var testpmdNames: String { config.testpmds.compactMap(\.name).joined(separator: ", ") }

    private mutating func report(_ code: Problem.Code, _ message: String, remedy: String, at location: SourceLocation?)
    {
        problems.append(Problem(code, message, remedy: remedy, at: location))
    }
}

/// Returns the index of each section by its name.
private func indices(of sections: [some NamedSection]) -> [String: Int] {
    var indices: [String: Int] = [:]
    for index in sections.indices { if let name = sections[index].name { indices[name] = index } }
    return indices
}

extension NICSection {
    /// The names of the NICs that it stands for.
    var names: [String] {
        guard let name else { return [] }
        return virtualFunctions == 0 ? [name] : (0..<virtualFunctions).map { "\(name)-vf\($0)" }
    }
}
