import Diagnostics
import Foundation
import Testing

@testable import Config

/// Whatever is in the file: each problem has a place, and reading ends.
@Suite struct NoiseTests {
    private static let example: [UInt8] = {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return (try? Data(contentsOf: path.appending(path: "etc/pvp.conf"))).map(Array.init) ?? []
    }()

    /// The same bytes in each run.
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    @discardableResult private func read(_ bytes: [UInt8]) -> [Problem] {
        let problems = Config.parse([ConfigFiles.File(path: "pvp.conf", content: bytes)]).problems
        for problem in problems where problem.rendered.hasPrefix("pvp.conf:") == false || (problem.location?.line ?? 0) < 1 {
            Issue.record("\(problem)")
        }
        return problems
    }

    @Test func everyTruncationOfTheExample() {
        #expect(Self.example.count > 100 && read(Self.example).isEmpty)
        for length in Self.example.indices { read(Array(Self.example[..<length])) }
    }

    /// Of what counts in it: the comments are most of it.
    @Test func everyByteOfTheExampleChanged() {
        let lines = Self.example.split(separator: 0x0a).filter { $0.first != UInt8(ascii: "#") }
        let active = Array(lines.joined(separator: [0x0a]))
        for index in active.indices {
            for byte: UInt8 in [0, 0x0a, 0x5c, 0x5b, 0x3d, 0xe4, 0xff] {
                var bytes = active
                bytes[index] = byte
                read(bytes)
            }
        }
    }

    @Test(arguments: [1, 2, 3]) func aMebibyteOfRandomBytes(_ seed: UInt64) {
        var generator = Seeded(state: seed)
        #expect(!read((0..<1 << 20).map { _ in UInt8.random(in: 0...255, using: &generator) }).isEmpty)
    }

    @Test(arguments: ["Key=1\n", "Memory=x\n", "[Guest]\n", "[X]\n", "oops\n", "Name=a\\\n", "\n", "[\n", "=\n"])
    func aHundredThousandLines(_ line: String) {
        let problems = read(Array(("[Guest]\n" + String(repeating: line, count: 100_000)).utf8))
        #expect(problems.count <= ConfigReader.limit + 1)
    }

    /// More than anybody writes, and the rest is told as a number.
    @Test func ofNoiseOnlyTheFirstProblemsAreTold() {
        let problems = read(Array(("[Guest]\n" + String(repeating: "Memroy=1G\n", count: 1000)).utf8))
        #expect(problems.count == ConfigReader.limit + 1)
        #expect(problems.last?.code == "too-many" && problems.last?.message.contains("500 more") == true)
        #expect(read(Array(("[Guest]\n" + String(repeating: "Memroy=1G\n", count: 20)).utf8)).count == 20)
    }

    @Test func endingsMarksAndOtherEncodings() {
        let text = String(decoding: Self.example, as: UTF8.self)
        #expect(read(Array(text.replacingOccurrences(of: "\n", with: "\r\n").utf8)).isEmpty)
        #expect(read([0xef, 0xbb, 0xbf] + Self.example).isEmpty)
        #expect(read(Array("[Guest]\nName=".utf8) + [0xe4, 0x0a]).map(\.location?.line) == [2])
        #expect(read(Array("[Guest]\nImage=/a\0b\n".utf8)).map(\.location?.line) == [2])
    }
}
