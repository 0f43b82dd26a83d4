import Foundation
import Testing

@testable import UnitFile

@Suite struct RoundTripTests {
    /// All that the parser knows, in a few lines.
    static let sample = Array(
        ("\u{FEFF}# comment é\r\n; another\n\n[Unit]\nDescription=Sämple 100%%\nKey = a \\\n# inside\n  b\\\\\n[X\"]\n"
            + "lost=1\n[NIC]\n\\\n Name=n\n\t=x\ny\n[NIC]\nZ=\\").utf8)

    @Test func keepsTheUnitFilesOfTheSystem() throws {
        var count = 0
        for folder in ["system", "user"] {
            let root = "/usr/lib/systemd/" + folder
            let walk = try #require(FileManager.default.enumerator(atPath: root))
            for case let path as String in walk {
                let full = root + "/" + path
                let attributes = try FileManager.default.attributesOfItem(atPath: full)
                guard !path.contains(".wants/"), attributes[.type] as? FileAttributeType == .typeRegular else {
                    continue
                }
                let bytes = Array(try Data(contentsOf: URL(filePath: full)))
                let file = UnitFile(name: full, bytes: bytes)
                #expect(file.bytes == bytes && isLossless(file), "\(full)")
                #expect(file.errors == [], "\(full)")
                let written = String(decoding: bytes, as: UTF8.self)
                #expect(file.sections.count == written.split(separator: "\n").count { $0.hasPrefix("[") }, "\(full)")
                count += 1
            }
        }
        #expect(count > 100)
    }

    @Test func readsEveryTruncation() {
        for length in 0...Self.sample.count {
            let bytes = Array(Self.sample.prefix(length))
            let file = UnitFile(name: "t", bytes: bytes)
            #expect(file.bytes == bytes && isLossless(file), "\(length)")
        }
    }

    @Test func readsAnyMutation() {
        var generator = SeededGenerator(state: 1)
        let marks = Array("\\\n\r[]=#; \t\0".utf8) + [0xEF, 0xBB, 0xBF, 0xC3, 0xFF]
        for round in 0..<4000 {
            var bytes = Self.sample
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                let byte =
                    Bool.random(using: &generator)
                    ? marks[Int.random(in: 0..<marks.count, using: &generator)]
                    : UInt8.random(in: 0...255, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[index] = byte
                case 1: bytes.insert(byte, at: index)
                default: bytes.remove(at: index)
                }
            }
            let file = UnitFile(name: "t", bytes: bytes)
            #expect(isLossless(file), "round \(round)")
            let lineEnds = bytes.count { $0 == 0x0A || $0 == 0x0D }
            for section in file.sections {
                for entry in section.entries {
                    let place = entry.position(ofValueByte: entry.value.utf8.count)
                    #expect(entry.line >= 1 && place.line >= entry.line && place.line <= lineEnds + 1, "round \(round)")
                    #expect(place.column >= 1 && place.column <= place.text.utf8.count + 2, "round \(round)")
                }
            }
            #expect(
                file.errors.allSatisfy { $0.line >= 1 && $0.column >= 1 && $0.line <= lineEnds + 1 }, "round \(round)")
        }
    }
}
