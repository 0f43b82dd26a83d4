import Config
import Diagnostics

/// Which NICs and interfaces each testpmd has: what follows from the sections, whatever the machine. A section with a mistake keeps its place, so that it changes nothing
/// for the others.
struct Wiring {
    /// A guest's end of a vhost-user port.
    struct Interface {
        var name: String
        var guest: String
        var testpmd: String
        /// `[Interface]`, unless it follows from the number of NICs.
        var section: InterfaceSection?
        /// Whether its guest is left out.
        var isWrong: Bool
    }

    /// The ports of one testpmd, by the names of NICs and interfaces.
    struct Ports {
        /// The NICs by address, as EAL counts them.
        var nics: [Plan.NIC] = []
        /// How many NICs there would be without mistakes.
        var nicCount = 0
        /// Interfaces in the order of guests.
        var interfaces: [Interface] = []
        /// Which forward to each other.
        var pairs: [(String, String)] = []

        /// Whether every NIC is known.
        var isComplete: Bool { nics.count == nicCount }
    }

    /// By the name of the testpmd.
    private(set) var ports: [String: Ports] = [:]
    /// By the name of the guest.
    private(set) var interfaces: [String: [Interface]] = [:]
    /// The testpmd of each NIC, by name.
    private(set) var owners: [String: String] = [:]
    private(set) var problems: [Problem] = []
    private let config: Config
    /// The testpmds in the order of the file.
    private let testpmds: [String]

    init(_ config: Config, nics: [Plan.NIC]) {
        self.config = config
        testpmds = config.testpmds.compactMap(\.name)
        if testpmds.isEmpty { return }
        for name in testpmds { ports[name] = Ports() }
        shareNICs()
        for nic in nics {
            guard let owner = owners[nic.name] else { continue }
            ports[owner]?.nics.append(nic)
        }
        connectGuests()
        for section in config.testpmds {
            guard let name = section.name, var here = ports[name], here.isComplete else { continue }
            problems += here.pair(section, isTold: !config.isComplete, elsewhere: isKnown)
            ports[name] = here
        }
    }

    private func isKnown(_ name: String) -> Bool {
        owners[name] != nil || interfaces.values.contains { $0.contains { $0.name == name } }
    }

    /// Gives each NIC to a testpmd: a pair to each in the order of the file, unless it is said.
    private mutating func shareNICs() {
        let names = config.nics.map(\.names)
        let count = names.reduce(0) { $0 + $1.count }
        let isNatural = count == 2 * testpmds.count && config.nics.allSatisfy { $0.testpmd == nil }
        var place = 0
        for (section, names) in zip(config.nics, names) {
            for name in names {
                let natural = testpmds.count == 1 ? testpmds[0] : isNatural ? testpmds[place / 2] : nil
                place += 1
                guard let owner = known(section.testpmd, "NIC \(name)", section) ?? (section.testpmd == nil ? natural : nil) else {
                    guard section.testpmd == nil, !section.isWrong else { continue }
                    report(
                        "nic-testpmd", "NIC \(name): \(count) NICs for \(testpmds.count) testpmds, and not said which of them gets it",
                        remedy: "set Testpmd= in each [NIC]: \(testpmds.joined(separator: ", "))", at: section.location)
                    continue
                }
                owners[name] = owner
                ports[owner]?.nicCount += 1
            }
        }
    }

    /// Connects each guest: by its `[Interface]` sections, or as the number of guests and NICs has it.
    private mutating func connectGuests() {
        let declared = declaredInterfaces()
        let isNatural = config.guests.count == testpmds.count && config.guests.allSatisfy { $0.testpmd == nil }
        var homes: [String?] = []
        var guestCount: [String: Int] = [:]
        var names: Set<String> = []
        for (place, guest) in config.guests.enumerated() {
            let natural = testpmds.count == 1 ? testpmds[0] : isNatural ? testpmds[place] : nil
            let home = guest.testpmd == nil ? natural : known(guest.testpmd, "guest \(guest.name ?? "")", guest)
            homes.append(home)
            if let home { guestCount[home, default: 0] += 1 }
        }
        for (guest, home) in zip(config.guests, homes) {
            guard let name = guest.name else { continue }
            let sections = declared[name] ?? []
            let isWrong = guest.isWrong || sections.contains(where: \.isWrong)
            var list: [Interface] = []
            if sections.isEmpty, let home, let here = ports[home] {
                let count = guestCount[home] == 1 ? here.nicCount : 2
                list = (0..<count).map { Interface(name: "\(name)-\($0)", guest: name, testpmd: home, isWrong: isWrong) }
            }
            for section in sections {
                let owner = section.testpmd == nil ? home : known(section.testpmd, "interface \(section.name ?? "")", section)
                guard let owner, let interface = section.name else { continue }
                list.append(Interface(name: interface, guest: name, testpmd: owner, section: section, isWrong: isWrong))
            }
            if home == nil, guest.testpmd == nil, !isWrong, sections.isEmpty || sections.contains(where: { $0.testpmd == nil }) {
                report(
                    "guest-testpmd",
                    "guest \(name): \(config.guests.count) guests for \(testpmds.count) testpmds, and not said which is its own",
                    remedy: "set Testpmd= in each [Guest]: \(testpmds.joined(separator: ", "))", at: guest.location)
            }
            list.removeAll { interface in
                guard !names.insert(interface.name).inserted else { return false }
                report(
                    "name-twice", "guest \(name): there is an interface \(interface.name) already, and the name is that of its socket",
                    remedy: "give one of them another Name=", at: interface.section?.location(of: "Name") ?? guest.location)
                return true
            }
            interfaces[name] = list
            for interface in list { ports[interface.testpmd]?.interfaces.append(interface) }
        }
    }

    /// `[Interface]` sections by guest.
    private mutating func declaredInterfaces() -> [String: [InterfaceSection]] {
        if config.interfaces.isEmpty { return [:] }
        let guests = Set(config.guests.compactMap(\.name))
        var declared: [String: [InterfaceSection]] = [:]
        for section in config.interfaces {
            let who = "interface \(section.name ?? "")"
            if owners[section.name ?? ""] != nil {
                report(
                    "name-twice", "\(who): a NIC has that name, and Peer= could mean either", remedy: "give it another Name=",
                    at: section.location(of: "Name"))
            }
            guard let guest = section.guest else {
                if !section.isWrong {
                    report("interface-guest", "\(who): no Guest=", remedy: "set it to the name of a [Guest]", at: section.location)
                }
                continue
            }
            guard guests.contains(guest) else {
                report(
                    "interface-guest", "\(who): there is no guest \(guest)",
                    remedy: "set Guest= to one of: \(guests.sorted().joined(separator: ", "))",
                    at: section.location(of: "Guest"))
                continue
            }
            declared[guest, default: []].append(section)
        }
        return declared
    }

    /// The testpmd that a section names, if there is one of that name.
    private mutating func known(_ name: String?, _ who: @autoclosure () -> String, _ section: some ConfigSection) -> String? {
        guard let name else { return nil }
        if ports[name] != nil { return name }
        report(
            "testpmd-unknown", "\(who()): there is no testpmd \(name)",
            remedy: "set Testpmd= to one of: \(testpmds.joined(separator: ", "))",
            at: section.location(of: "Testpmd"))
        return nil
    }

    private mutating func report(_ code: String, _ message: String, remedy: String, at location: SourceLocation?) {
        problems.append(Problem(code, message, remedy: remedy, at: location))
    }
}

extension NICSection {
    /// The names of the NICs that it stands for.
    fileprivate var names: [String] {
        guard let name else { return [] }
        return virtualFunctions == 0 ? [name] : (0..<virtualFunctions).map { "\(name)-vf\($0)" }
    }
}
