import Diagnostics
import Foundation
import TestSupport
import Testing
import UnitFile
import Values

@testable import HelperCalls

/// The command lines of generated and installed units, as systemd runs them, are calls that the
/// helpers read.
@Suite("Command lines of units") struct UnitCallTests {
    private static let programs = "/usr/lib/pvpgen/"
    private static let templates = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "units")

    /// A unit of a host: its own file or its template, and the drop-in of the generator.
    private struct Unit {
        let name: String
        var entries: [UnitFile.Entry]

        /// The values that systemd replaces `%i`, `${NAME}` and `$NAME` by.
        private var variables: [String: String] {
            get throws {
                var variables: [String: String] = [:]
                for entry in entries where entry.key == "Environment" {
                    for assignment in try ExecCommandLine.split(entry.value) {
                        let halves = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                        variables[String(halves[0])] = String(halves[1])
                    }
                }
                return variables
            }
        }

        /// The command lines that run helpers (systemd.service(5), "Command lines").
        func calls(of programs: String) throws -> [[String]] {
            let variables = try variables
            let instance =
                name.contains("@")
                ? String(name.dropFirst(name.prefix { $0 != "@" }.count + 1).dropLast(".service".count)) : ""
            return try entries.filter { $0.key.hasPrefix("Exec") && $0.value.contains(programs) }.map { entry in
                try ExecCommandLine.split(entry.value.replacing("%i", with: instance)).flatMap { word -> [String] in
                    if word.hasPrefix("$"), !word.hasPrefix("${") {
                        return (variables[String(word.dropFirst())] ?? "").split(separator: " ").map(String.init)
                    }
                    return [variables.reduce(word) { $0.replacing("${\($1.key)}", with: $1.value) }]
                }
            }
        }
    }

    private static func entries(_ name: String, _ text: String) -> [UnitFile.Entry] {
        UnitFile(name: name, bytes: Array(text.utf8)).sections.filter { $0.name == "Service" }.flatMap(\.entries)
    }

    /// The services of a case.
    private static func units(of name: String) throws -> [Unit] {
        try HostCase.expected(name).files.filter { !$0.value.hasPrefix("-> ") }.compactMap { path, content in
            let unit = path.replacing(".d/50-pvpgen.conf", with: "")
            guard unit.hasSuffix(".service") else { return nil }
            if unit == path { return Unit(name: unit, entries: entries(unit, content)) }
            let prefix = unit.prefix { $0 != "@" }
            let template = unit.contains("@") ? "\(prefix)@.service" : unit
            let base = try String(contentsOf: templates.appending(path: template), encoding: .utf8)
            return Unit(name: unit, entries: entries(template, base) + entries(path, content))
        }
    }

    /// Reads the call as its program does, and writes it again: both ends mean the same.
    private static func check(_ words: [String], of unit: String) throws {
        let program = String(words[0].drop { $0 != "/" }.dropFirst(programs.count))
        let arguments = Array(words.dropFirst())
        switch program {
        case HostCall.program: #expect(try HostCall(HostCall(arguments).arguments) == HostCall(arguments), "\(unit)")
        case GuestCall.program:
            #expect(try GuestCall(GuestCall(arguments).arguments) == GuestCall(arguments), "\(unit)")
        case ImageCall.program: #expect(try ImageCall(arguments).arguments == arguments, "\(unit)")
        case NetworkCall.program: #expect(try NetworkCall(arguments).arguments == arguments, "\(unit)")
        case ConsoleServerCall.program: #expect(try ConsoleServerCall(arguments).arguments == arguments, "\(unit)")
        // It reads its arguments in C, those before -- by EAL.
        case TrafficCall.program: #expect(arguments.suffix(2).first == "--", "\(unit)")
        default: Issue.record("\(unit) runs \(program)")
        }
    }

    @Test("Each one of a case is read", arguments: HostCase.names) func cases(_ name: String) throws {
        for unit in try Self.units(of: name) {
            for words in try unit.calls(of: Self.programs) { try Self.check(words, of: unit.name) }
        }
    }

    @Test("The example has a call of each helper, with the values of its plan") func example() throws {
        let calls = try Self.units(of: "01-example").flatMap { try $0.calls(of: Self.programs) }
        let hosts = calls.filter { $0[0].hasSuffix("/pvp-host") }.compactMap {
            try? HostCall(Array($0.dropFirst())).verb
        }
        let verbs = Set(hosts.map { $0.arguments[0] })
        #expect(
            verbs.isSuperset(of: [
                "reserve-hugepages", "release-hugepages", "bind-vfio", "unbind-vfio", "tune", "untune", "ready",
            ]))
        let guests = try calls.filter { $0[0].hasSuffix("/pvp-guest") }.map { try GuestCall(Array($0.dropFirst())) }
        #expect(Set(guests.map(\.verb)) == [.run, .handOver, .destroy])
        let guest = try #require(guests.first { $0.verb == .run })
        #expect(
            guest.name == "guest" && guest.creationLimit == 90 && guest.readyWhen == .vhost
                && guest.vhosts.map(\.numbers) == [[2, 3]])
        for program in ["pvp-console", "pvp-network"] {
            #expect(calls.contains { $0[0].hasSuffix(program) }, "\(program)")
        }
    }
}
