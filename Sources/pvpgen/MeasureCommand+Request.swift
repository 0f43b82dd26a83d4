import ArgumentParser
import Diagnostics
import Measurement
import MeasurementActions
import MeasurementResults
import Plan
import Values

extension MeasureCommand {
    /// What the options ask for. Throws `ValidationError` for an invalid one.
    func request() throws -> MeasurementRequest {
        var request = MeasurementRequest()
        request.goals = try goals.flatMap(Self.parseGoals)
        request.sizes = try size.split(separator: ",", omittingEmptySubsequences: false).map { text in
            guard let size = FrameSize(String(text), least: hasIPv6 ? 84 : 64) else {
                throw ValidationError("--size=\(size): '\(text)': expected imix or \(hasIPv6 ? 84 : 64) to 2048")
            }
            return size
        }
        guard Set(request.sizes).count == request.sizes.count else {
            throw ValidationError("--size=\(size): a size is named twice")
        }
        guard (1...65535).contains(flows) else { throw ValidationError("--flows=\(flows): expected 1 to 65535") }
        guard (1...100).contains(repetitions) else {
            throw ValidationError("--repeat=\(repetitions): expected 1 to 100")
        }
        if let maximumRate, !(2...1_000_000_000).contains(maximumRate) {
            throw ValidationError("--maximum-rate=\(maximumRate): expected 2 to 1000000000 packets per second")
        }
        if let soak {
            guard let span = TimeSpan(soak), span.milliseconds >= 1000 else {
                throw ValidationError("--soak=\(soak): expected a time span such as 10min or 2h")
            }
            request.soak = .milliseconds(span.milliseconds)
        }
        request.flows = flows
        request.hasIPv6 = hasIPv6
        request.hasLatency = latency
        request.repetitions = repetitions
        request.maximumLoad = maximumRate
        return request
    }

    /// Names separated by commas, or an own goal, which has commas itself.
    private static func parseGoals(_ text: String) throws -> [SearchGoal] {
        let texts = text.contains(":") ? [text] : text.split(separator: ",").map(String.init)
        do throws(SearchError) {
            var goals: [SearchGoal] = []
            for text in texts { goals.append(try SearchGoal.parse(text)) }
            return goals
        } catch {
            throw ValidationError("--goal=\(text): \(error.text)")
        }
    }
}

extension FrameSize {
    /// A size in bytes, or `imix`; `nil` for another text.
    fileprivate init?(_ text: String, least: Int) {
        if text == "imix" {
            self = .imix
        } else if let bytes = Int(text), (least...2048).contains(bytes) {
            self = .bytes(bytes)
        } else {
            return nil
        }
    }
}

extension Plan {
    /// The generator with a name, or the only one. Throws `generator-missing`.
    func generator(_ name: String?) throws(Problem) -> GeneratorPlan {
        if let name {
            if let generator = generators.first(where: { $0.name == name }) { return generator }
        } else if generators.count == 1 {
            return generators[0]
        }
        let names = generators.map(\.name).joined(separator: ", ")
        throw Problem(
            .generatorMissing,
            names.isEmpty
                ? "\(source): no [Generator] section"
                : name.map { "generator '\($0)' not found" } ?? "several generators: \(names)",
            remedy: names.isEmpty
                ? "add a [Generator] section, and Generator= in two [NIC] sections" : "name one of: \(names)")
    }
}
