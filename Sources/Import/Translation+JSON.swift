import Diagnostics
package import JSON

extension Translation {
    /// For `--json`.
    package var json: JSON {
        [
            "config": problems.hasError ? .null : .string(text),
            "variables": .array(findings.map(\.json)),
        ]
    }
}

extension ImportFinding {
    fileprivate var json: JSON {
        var members: [JSON.Member] = [.init("variable", .string(variable))]
        switch outcome {
        case .placed(let settings):
            members += [.init("outcome", "placed"), .init("settings", .array(settings.map { .string($0) }))]
        case .left(let why, let instead):
            members += [.init("outcome", "left"), .init("why", .string(why)), .init("instead", .string(instead))]
        case .unknown: members.append(.init("outcome", "unknown"))
        }
        if let location {
            members += [
                .init("file", .string(location.file)), .init("line", .number(location.line)),
                .init("column", .number(location.column)),
            ]
        }
        return .object(members)
    }
}
