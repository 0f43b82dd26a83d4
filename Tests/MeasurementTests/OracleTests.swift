import Foundation
import Measurement
import Testing

/// The search beside FD.io CSIT's MLRsearch library on 1000 simulated devices: a limit, noise,
/// stalls or loss inversion. `oracle` writes the results of the library to `oracle.txt`.
@Suite struct OracleTests {
    /// What the library found.
    private struct Line {
        var device: Int
        var trials: Int
        /// By the name of the goal.
        var bounds: [String: [Int?]]

        init(_ text: Substring) throws {
            let words = text.split(separator: " ")
            device = try #require(Int(words[0]))
            trials = try #require(Int(words[1]))
            bounds = [:]
            for index in stride(from: 2, to: words.count, by: 3) {
                bounds[String(words[index])] = [Int(words[index + 1]), Int(words[index + 2])]
            }
        }
    }

    private static func lines() throws -> [Line] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "oracle.txt")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .filter { !$0.hasPrefix("#") }.map(Line.init)
    }

    /// Whether two bounds are at most one width apart, with one packet for rounding.
    private static func isNear(_ first: Int?, _ second: Int?, width: Double) -> Bool {
        guard let first, let second else { return first == nil && second == nil }
        return Double(abs(first - second)) <= Double(max(first, second)) * width + 1
    }

    @Test func boundsAndTrialsAreThoseOfTheLibrary() throws {
        let lines = try Self.lines()
        #expect(lines.map(\.device) == Array(0..<1000))
        let limits = try SearchLimits(
            minimumLoad: SimulatedDevice.limits.minimum, maximumLoad: SimulatedDevice.limits.maximum, timeLimit: nil)
        var trials = 0
        var expected = 0
        var same = 0
        var others = 0
        for line in lines {
            var device = SimulatedDevice(line.device)
            var search = try Search(device.goals(), limits: limits)
            try search.run(&device)
            let result = try #require(search.finished, "device \(line.device) has no result")
            for goal in result.goals {
                let bounds = try #require(line.bounds[goal.goal.name])
                let (lower, upper) = (goal.lowerBound, goal.upperBound)
                let width = goal.goal.width
                #expect(
                    Self.isNear(lower, bounds[0], width: width) && Self.isNear(upper, bounds[1], width: width),
                    "device \(line.device), \(goal.goal.name): expected \(bounds), got \([lower, upper])")
                if lower == bounds[0] && upper == bounds[1] { same += 1 } else { others += 1 }
            }
            #expect(
                Double(search.trials.count) <= 1.2 * Double(line.trials),
                "device \(line.device): expected \(line.trials) trials, got \(search.trials.count)")
            trials += search.trials.count
            expected += line.trials
        }
        print("\(lines.count) devices: \(trials) trials, library \(expected); results: \(same) equal, \(others) others")
    }

    @Test func boundsEncloseTheLimitOfADeviceWithoutOtherFaults() throws {
        let limits = try SearchLimits(
            minimumLoad: SimulatedDevice.limits.minimum, maximumLoad: SimulatedDevice.limits.maximum)
        for number in stride(from: 0, to: 1000, by: 4) {
            var device = SimulatedDevice(number)
            var search = try Search([.ndr], limits: limits)
            try search.run(&device)
            let goal = try #require(search.finished?.goals.first)
            #expect(goal.lowerBound ?? 0 <= device.capacity && goal.upperBound ?? .max > device.capacity)
            switch goal.irregularity {
            case nil: #expect(Self.isNear(goal.lowerBound, goal.upperBound, width: 0.005))
            case .minimumLoadIsUpperBound: #expect(device.capacity < limits.minimumLoad)
            case .maximumLoadIsLowerBound: #expect(device.capacity >= limits.maximumLoad)
            default: Issue.record("device \(number): \(goal)")
            }
        }
    }

    /// The same devices when one trial in four is invalid: the verdicts cost trials and nothing
    /// else.
    @Test func invalidTrialsChangeNoResult() throws {
        let limits = try SearchLimits(
            minimumLoad: SimulatedDevice.limits.minimum, maximumLoad: SimulatedDevice.limits.maximum, timeLimit: nil)
        var repeated = 0
        for number in stride(from: 0, to: 1000, by: 37) {
            var (device, other) = (SimulatedDevice(number), SimulatedDevice(number))
            var plain = try Search(device.goals(), limits: limits)
            try plain.run(&device)
            var search = try Search(device.goals(), limits: limits)
            var random = SplitMix64(state: UInt64(number))
            while case .trial(let planned) = search.step, search.trials.count < 500 {
                if random.below(4) == 0, search.trials.last?.isInvalid != true {
                    try search.record(Trial(planned.input, verdict: .invalid([.notQuiet])))
                } else {
                    try search.record(other.measure(planned.input))
                }
            }
            #expect(search.finished == plain.finished)
            repeated += search.trials.count - plain.trials.count
        }
        #expect(repeated > 0)
    }
}

extension Trial {
    var isInvalid: Bool {
        if case .invalid = verdict { true } else { false }
    }
}
