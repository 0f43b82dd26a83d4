import ArgumentParser
import ConsoleClient
import Linux
import Testing

@testable import pvpgen

@Suite("pvpgen console without the argument parser")
struct ConsoleCallTests {
    private static let options = [
        "-c", "stop", "show port info 0", "--read-only", "--root=/a", "--root", "name", "a/b", "", "-x", "--json", "--",
        "-cx",
    ]

    /// Every line of up to three words.
    private static var lines: [[String]] {
        let one = options.map { [$0] }
        let two = one.flatMap { line in options.map { line + [$0] } }
        return [[]] + one + two + two.flatMap { line in options.map { line + [$0] } }
    }

    @Test("What it takes the parser takes in the same way; the rest is left to that")
    func agrees() {
        var count = 0
        for line in Self.lines {
            guard let call = ConsoleCall(["console"] + line) else { continue }
            count += 1
            guard let same = (try? ConsoleCommand.parse(line))?.call else {
                Issue.record("\(line) is wrong")
                continue
            }
            #expect(
                call.root.prefix == same.root.prefix && call.name == same.name && call.commands == same.commands,
                "\(line)")
            #expect(
                call.timeout == same.timeout && call.isReadOnly == same.isReadOnly && call.isJSON == same.isJSON,
                "\(line)")
        }
        #expect(count > 50)
        for words in [["status"], []] where ConsoleCall(words) != nil { Issue.record("\(words) is no console") }
    }
}
