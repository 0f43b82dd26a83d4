package import Diagnostics
package import JSON
import Measurement

extension MeasurementResult {
    /// Reads what ``json`` writes. Derived values are not read: they follow from the trials.
    /// - Throws: `result-schema` for another document, `result-malformed`.
    package init(_ json: JSON) throws(Problem) {
        let schema = Document.Kind.measurement.rawValue
        guard json["schema"]?.string == schema else {
            let found = json["schema"]?.string.map { "'\($0)'" } ?? "none"
            throw Problem(
                .resultSchema, "expected the result of a measurement with schema '\(schema)', got \(found)",
                remedy: "name the JSON file that 'pvpgen measure' of this release wrote")
        }
        let members = try ResultMembers(json, at: "")
        self.init(
            name: try members.string("name"), version: try members.string("version"), start: try members.int("start"),
            chain: try MeasuredChain(members.members("chain")),
            generator: try MeasuredGenerator(members.members("generator")),
            profile: try TrafficProfile(members.members("profile")))
        end = try members.optionalInt("end")
        isInterrupted = try members.bool("interrupted")
        faults = try members.strings("faults")
        deviations = try members.strings("deviations")
        searches = try members.list("searches", SearchRecord.init)
        latencies = try members.list("latencies", LatencyRecord.init)
        soaks = try members.list("soaks", SoakRecord.init)
        reportBefore = json["report_before"].flatMap { $0 == .null ? nil : $0 }
        reportAfter = json["report_after"].flatMap { $0 == .null ? nil : $0 }
    }
}

extension MeasuredChain {
    fileprivate init(_ members: ResultMembers) throws(Problem) {
        self.init(
            host: try members.string("host"), testpmd: try members.string("testpmd"),
            nics: try members.strings("nics"), guests: try members.strings("guests"),
            linkSpeed: try members.optionalInt("link_speed_mbps"))
    }
}

extension MeasuredGenerator {
    fileprivate init(_ members: ResultMembers) throws(Problem) {
        self.init(
            kind: try members.string("kind"), version: try members.string("version"),
            host: try members.optionalString("host"), ports: try members.strings("ports"),
            cpus: try members.string("cpus"))
    }
}

extension TrafficProfile {
    fileprivate init(_ members: ResultMembers) throws(Problem) {
        self.init(
            flows: try members.int("flows"), hasIPv6: try members.bool("ipv6"),
            directions: try members.strings("directions"), destinations: try members.strings("destinations"))
    }
}
