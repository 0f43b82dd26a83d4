package import JSON
import Reports

extension MeasurementComparison {
    /// The members of the document.
    package var json: JSON {
        [
            "results": .strings(names), "comparable": .bool(isComparable),
            "reasons": .array(reasons.map { ["result": .string($0.name), "text": .string($0.text)] }),
            "rates": .array(
                rows.map { row in
                    [
                        "size": .string(row.rate.size.text), "goal": .string(row.rate.name),
                        "values": .array(row.values.map { $0?.json ?? .null }),
                    ]
                }),
            "notes": .strings(notes),
            "reports": reports.map { .strings($0.names) } ?? [],
            "differences": reports?.json["differences"] ?? [],
        ]
    }
}

extension MeasurementComparison.Value {
    fileprivate var json: JSON {
        [
            "median_pps": .number(spread.median), "minimum_pps": .number(spread.minimum),
            "maximum_pps": .number(spread.maximum), "repetitions": .number(spread.values.count),
            "two_bands": .bool(spread.bands != nil), "difference_percent": .optional(difference.map { $0 * 100 }),
            "within_spread": .bool(isWithinSpread),
        ]
    }
}
