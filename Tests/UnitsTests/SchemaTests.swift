import Foundation
import Linux
import TestSupport
import Testing

@testable import UnitFile

/// libvirt's own schema reads the domain that each guest's unit gives to pvp-guest.
@Suite struct SchemaTests {
    /// Every guest's case, and the file with its domain.
    static let guests = HostCase.names.flatMap { name in
        HostCase.expected(name).files.keys.filter { $0.hasPrefix("pvp-guest@") }.sorted().map { (name, $0) }
    }

    @Test func thereAreGuests() { #expect(Self.guests.count >= HostCase.names.count / 2) }

    @Test(arguments: guests) func libvirtAccepts(_ name: String, _ dropIn: String) throws {
        let document = Self.standardInput(try #require(HostCase.expected(name).files[dropIn]))
        #expect(document.hasPrefix("<domain "))
        let file = FileManager.default.temporaryDirectory.appending(path: "pvp-domain-\(UUID().uuidString).xml")
        defer { try? FileManager.default.removeItem(at: file) }
        try document.write(to: file, atomically: true, encoding: .utf8)
        let result = try Command(["virt-xml-validate", file.path, "domain"]).run()
        #expect(result.status == 0, "\(result.output)")
    }

    /// What systemd makes of `StandardInputText=`: each value with its escapes and specifiers read,
    /// and a newline.
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
