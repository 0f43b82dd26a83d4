import Config
import Diagnostics

/// The NICs and interfaces of each testpmd: what follows from the sections, whatever the machine. A
/// section with an error keeps its index, so that it changes nothing for the others. Guests,
/// testpmds and `[Interface]` sections are known by their places in the configuration.
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
        /// Its place among the ports of its testpmd.
        var place = 0
    }

    /// The ports of one testpmd: NICs first, then interfaces.
    struct Ports {
        /// The NICs by address, as EAL counts them.
        var nics: [Plan.NIC] = []
        /// The number of NICs if no section had an error.
        var nicCount = 0
        /// Interfaces in the order of guests.
        var interfaces: [Interface] = []
        /// Which forward to each other, by their places.
        var pairs: [(Int, Int)] = []

        /// Whether every NIC is known.
        var isComplete: Bool { nics.count == nicCount }
        /// The names of all ports by their places.
        var names: [String] { nics.map(\.name) + interfaces.map(\.name) }
    }

    /// By the place of the testpmd.
    private(set) var ports: [Ports]
    /// By the place of the guest.
    private(set) var interfaces: [[Interface]] = []
    /// The testpmd of each NIC, by name.
    private(set) var owners: [String: Int] = [:]
    private(set) var problems: [Problem] = []
    private let config: Config
    /// The places of testpmds by their names.
    private let testpmds: [String: Int]

    init(_ config: Config, nics: [Plan.NIC]) {
        self.config = config
        testpmds = places(of: config.testpmds)
        ports = config.testpmds.map { _ in Ports() }
        interfaces = config.guests.map { _ in [] }
        if ports.isEmpty { return }
        shareNICs()
        for nic in nics {
            guard let owner = owners[nic.name] else { continue }
            ports[owner].nics.append(nic)
        }
        connectGuests()
        for place in ports.indices where ports[place].isComplete {
            var here = ports[place]
            problems += here.pair(config, place, elsewhere: isKnown)
            ports[place] = here
        }
    }

    private func isKnown(_ name: String) -> Bool {
        owners[name] != nil || interfaces.contains { $0.contains { $0.name == name } }
    }

    /// Gives each NIC to a testpmd: a pair to each in the order of the file, unless it is said.
    private mutating func shareNICs() {
        let names = config.nics.map(\.names)
        let count = names.reduce(0) { $0 + $1.count }
        let isNatural = count == 2 * ports.count && config.nics.allSatisfy { $0.testpmd == nil }
        var place = 0
        for (section, names) in zip(config.nics, names) {
            for name in names {
                let natural = ports.count == 1 ? 0 : isNatural ? place / 2 : nil
                place += 1
                guard
                    let owner = known(section.testpmd, "NIC \(name)", section)
                        ?? (section.testpmd == nil ? natural : nil)
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

    /// Connects each guest: by its `[Interface]` sections, or as the number of guests and NICs has
    /// it.
    private mutating func connectGuests() {
        let declared = declaredInterfaces()
        let isNatural = config.guests.count == ports.count && config.guests.allSatisfy { $0.testpmd == nil }
        var homes: [Int?] = []
        var guestCount = ports.map { _ in 0 }
        for place in config.guests.indices {
            var home = ports.count == 1 ? 0 : isNatural ? place : nil
            if let name = config.guests[place].testpmd {
                home = testpmds[name]
                if home == nil { reportUnknown(name, "guest \(config.guests[place].name ?? "")", config.guests[place]) }
            }
            homes.append(home)
            if let home { guestCount[home] += 1 }
        }
        var names: Set<String> = []
        for (place, home) in homes.enumerated() {
            guard let name = config.guests[place].name else { continue }
            let sections = declared.isEmpty ? [] : declared[place]
            let isWrong = config.guests[place].isWrong || sections.contains { config.interfaces[$0].isWrong }
            var list: [Interface] = []
            if sections.isEmpty, let home {
                let count = guestCount[home] == 1 ? ports[home].nicCount : 2
                list = (0..<count).map {
                    Interface(name: "\(name)-\($0)", guest: place, testpmd: home, isWrong: isWrong)
                }
            }
            for section in sections {
                let interface = config.interfaces[section]
                let owner =
                    interface.testpmd == nil
                    ? home : known(interface.testpmd, "interface \(interface.name ?? "")", interface)
                guard let owner, let name = interface.name else { continue }
                list.append(Interface(name: name, guest: place, testpmd: owner, section: section, isWrong: isWrong))
            }
            if home == nil, config.guests[place].testpmd == nil, !isWrong,
                sections.isEmpty || sections.contains(where: { config.interfaces[$0].testpmd == nil })
            {
                report(
                    .guestTestpmd,
                    "guest \(name): \(config.guests.count) guests and \(ports.count) testpmds, expected Testpmd= to assign the guest",
                    remedy: "set Testpmd= in each [Guest]: \(testpmdNames)", at: config.guests[place].location)
            }
            // Without a section the name of an interface begins with that of its guest, which is
            // unique.
            if !declared.isEmpty { list.removeAll { isTwice($0, in: &names) } }
            for index in list.indices {
                let testpmd = list[index].testpmd
                list[index].place = ports[testpmd].nics.count + ports[testpmd].interfaces.count
                ports[testpmd].interfaces.append(list[index])
            }
            interfaces[place] = list
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

    /// The places of `[Interface]` sections by guest; empty when there are none.
    private mutating func declaredInterfaces() -> [[Int]] {
        if config.interfaces.isEmpty { return [] }
        let guests = places(of: config.guests)
        var declared: [[Int]] = config.guests.map { _ in [] }
        for (place, section) in config.interfaces.enumerated() {
            let who = "interface \(section.name ?? "")"
            if owners[section.name ?? ""] != nil {
                report(
                    .nameTwice, "\(who): a NIC with this name already exists, so Peer= is ambiguous",
                    remedy: "set another Name=",
                    at: section.location(of: "Name"))
            }
            guard let name = section.guest else {
                if !section.isWrong {
                    report(
                        .interfaceGuest, "\(who): expected Guest=, found none",
                        remedy: "set Guest= to the name of a [Guest] section",
                        at: section.location)
                }
                continue
            }
            guard let guest = guests[name] else {
                report(
                    .interfaceGuest, "\(who): guest '\(name)' not found",
                    remedy: "set Guest= to one of: \(guests.keys.sorted().joined(separator: ", "))",
                    at: section.location(of: "Guest"))
                continue
            }
            declared[guest].append(place)
        }
        return declared
    }

    /// The testpmd that a section names, if there is one of that name.
    private mutating func known(_ name: String?, _ who: @autoclosure () -> String, _ section: some ConfigSection)
        -> Int?
    {
        guard let name else { return nil }
        if let place = testpmds[name] { return place }
        reportUnknown(name, who(), section)
        return nil
    }

    private mutating func reportUnknown(_ name: String, _ who: String, _ section: some ConfigSection) {
        report(
            .unknownTestpmd, "\(who): testpmd '\(name)' not found", remedy: "set Testpmd= to one of: \(testpmdNames)",
            at: section.location(of: "Testpmd"))
    }

    private var testpmdNames: String { config.testpmds.compactMap(\.name).joined(separator: ", ") }

    private mutating func report(_ code: Problem.Code, _ message: String, remedy: String, at location: SourceLocation?)
    {
        problems.append(Problem(code, message, remedy: remedy, at: location))
    }
}

/// The place of each section by its name.
private func places(of sections: [some NamedSection]) -> [String: Int] {
    var places: [String: Int] = [:]
    for place in sections.indices { if let name = sections[place].name { places[name] = place } }
    return places
}

extension NICSection {
    /// The names of the NICs that it stands for.
    fileprivate var names: [String] {
        guard let name else { return [] }
        return virtualFunctions == 0 ? [name] : (0..<virtualFunctions).map { "\(name)-vf\($0)" }
    }
}
