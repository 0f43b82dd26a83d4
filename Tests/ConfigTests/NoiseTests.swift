import Diagnostics
import Foundation
import Testing
import Values

@testable import Config

/// Whatever is in the file: each problem has a place, and reading ends.
@Suite struct NoiseTests {
    private static let example: [UInt8] = {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
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
        for problem in problems
        where problem.rendered.hasPrefix("pvp.conf:") == false || (problem.location?.line ?? 0) < 1 {
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

    /// More than any user writes, and the rest is reported as a number.
    @Test func ofNoiseOnlyTheFirstProblemsAreReported() {
        let problems = read(Array(("[Guest]\n" + String(repeating: "Memroy=1G\n", count: 1000)).utf8))
        #expect(problems.count == ConfigReader.limit + 1)
        #expect(problems.last?.code == .tooMany && problems.last?.message.contains("500 more") == true)
        #expect(read(Array(("[Guest]\n" + String(repeating: "Memroy=1G\n", count: 20)).utf8)).count == 20)
    }

    /// In each setting, with what may stand around a number, alone and in a long sum.
    @Test(arguments: [1, 9, 10, 18, 19, 20, 40, 1200]) func longNumbersInEverySetting(_ length: Int) {
        for digit in ["0", "1", "9"] {
            let number = String(repeating: digit, count: length)
            let ends = ["", "s", "d", "K", "E", ".\(number)T", "-\(number)", ",\(number)", ":\(number)", "/\(number)"]
            let values = ends.map { number + $0 } + ["-", "+", "0x", "0-", "0:", "127.0.0.1:"].map { $0 + number }
            let sums = ["d", "E", "", ",0-8191"].map { String(repeating: "\(number)\($0) ", count: 107) }
            for value in values + sums {
                let sections = Config.documentation.map { section in
                    "[\(section.title)]\n" + section.settings.map { "\($0.key)=\(value)\n" }.joined()
                }
                read(Array(sections.joined().utf8))
            }
        }
    }

    /// Whatever it is made of, a time span is the sum of its parts, or none if an Int cannot hold
    /// the sum.
    @Test func timeSpansAddUpOrAreNone() {
        var generator = Seeded(state: 7)
        let units = [("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("", 1000), ("ms", 1)]
        for count in 1...250 {
            var text = ""
            var sum = 0.0
            for _ in 0..<count {
                let number = Int.random(in: count > 20 ? 990_000_000...999_999_999 : 0...999_999_999, using: &generator)
                let unit = units[count > 20 ? 0 : Int.random(in: 0..<units.count, using: &generator)]
                text += " \(number)\(unit.0)"
                sum += Double(number) * Double(unit.1)
            }
            let span = TimeSpan(text)
            #expect((span == nil) == (sum > Double(Int.max)), "\(text)")
            if let span { #expect(abs(Double(span.milliseconds) - sum) <= 1e-9 * sum) }
        }
        #expect(TimeSpan(String(repeating: "999999999d ", count: 106)) != nil)
        #expect(TimeSpan(String(repeating: "999999999d ", count: 107)) == nil)
        #expect(TimeSpan(String(repeating: "9", count: 1200)) == nil)
    }

    @Test func endingsMarksAndOtherEncodings() {
        let text = String(decoding: Self.example, as: UTF8.self)
        #expect(read(Array(text.replacingOccurrences(of: "\n", with: "\r\n").utf8)).isEmpty)
        #expect(read([0xef, 0xbb, 0xbf] + Self.example).isEmpty)
        #expect(read(Array("[Guest]\nName=".utf8) + [0xe4, 0x0a]).map(\.location?.line) == [2])
        #expect(read(Array("[Guest]\nImage=/a\0b\n".utf8)).map(\.location?.line) == [2])
    }
}
