package import JSON
import Measurement

extension MeasurementResult {
    /// The content of the result's file, a document of its own.
    package var json: JSON { Document(.measurement, members).json }

    /// The members of the document, for a verb that prints the document.
    package var members: JSON {
        let records = zip(searches, summaries).map { record, summary in record.json(summary) }
        return [
            "name": .string(name), "version": .string(version), "start": .number(start), "end": .optional(end),
            "interrupted": .bool(isInterrupted), "faults": .strings(faults), "deviations": .strings(deviations),
            "chain": chain.json, "generator": generator.json, "profile": profile.json, "searches": .array(records),
            "latencies": .array(latencies.map(\.json)), "soaks": .array(soaks.map(\.json)),
            "report_before": reportBefore ?? .null, "report_after": reportAfter ?? .null,
        ]
    }
}

extension MeasuredChain {
    fileprivate var json: JSON {
        [
            "host": .string(host), "testpmd": .string(testpmd), "nics": .strings(nics), "guests": .strings(guests),
            "link_speed_mbps": .optional(linkSpeed),
        ]
    }
}

extension MeasuredGenerator {
    fileprivate var json: JSON {
        [
            "kind": .string(kind), "version": .string(version), "host": .optional(host), "ports": .strings(ports),
            "cpus": .string(cpus),
        ]
    }
}

extension TrafficProfile {
    fileprivate var json: JSON {
        [
            "flows": .number(flows), "ipv6": .bool(hasIPv6), "directions": .strings(directions),
            "destinations": .strings(destinations),
        ]
    }
}
