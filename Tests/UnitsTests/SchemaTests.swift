import Foundation
import Linux
import Testing

@testable import UnitFile

/// libvirt's own schema reads the domain that each guest's unit gives to pvp-guest.
@Suite struct SchemaTests {
    /// Every guest, as the file with its domain.
    static let guests = GoldenTests.cases.flatMap { name in
        GoldenTests.listing(of: GoldenTests.directory.appending(path: name).appending(path: "expected")).keys
            .filter { $0.hasPrefix("pvp-guest@") }.sorted().map { "\(name)/expected/\($0)" }
    }

    @Test func thereAreGuests() { #expect(Self.guests.count >= GoldenTests.cases.count / 2) }

    @Test(arguments: guests) func libvirtAccepts(_ dropIn: String) throws {
        let text = try String(contentsOf: GoldenTests.directory.appending(path: dropIn), encoding: .utf8)
        let document = Self.standardInput(text)
        #expect(document.hasPrefix("<domain "))
        let file = FileManager.default.temporaryDirectory.appending(path: "pvp-domain-\(UUID().uuidString).xml")
        defer { try? FileManager.default.removeItem(at: file) }
        try document.write(to: file, atomically: true, encoding: .utf8)
        let result = try Command(["virt-xml-validate", file.path, "domain"]).run()
        #expect(result.status == 0, "\(result.output)")
    }

    /// What systemd makes of `StandardInputText=`: each value with its escapes and specifiers read, and a newline.
    static func standardInput(_ unit: String) -> String {
        let key = "StandardInputText="
        return unit.split(separator: "\n").filter { $0.hasPrefix(key) }.map { line in
            var bytes: [UInt8] = []
            var rest = ArraySlice(line.utf8.dropFirst(key.utf8.count))
            while let byte = rest.popFirst() {
                if byte == Byte.backslash, let escape = Escapes.read(rest) {
                    bytes += escape.bytes
                    rest = rest.dropFirst(escape.length)
                } else {
                    bytes.append(byte)
                }
            }
            return String(decoding: bytes, as: UTF8.self).replacing("%%", with: "%") + "\n"
        }.joined()
    }
}
