package import Diagnostics

extension Problem {
    /// For `--json`; file, line and column are present if the problem has a location.
    package var json: JSON {
        var members: [JSON.Member] = [
            .init("code", .string(code.rawValue)), .init("severity", .string(severity.rawValue)),
            .init("message", .string(message)),
            .init("remedy", .string(remedy)),
        ]
        if let location {
            members += [
                .init("file", .string(location.file)), .init("line", .number(location.line)),
                .init("column", .number(location.column)),
            ]
        }
        return .object(members)
    }
}

extension [Problem] {
    /// For `--json`.
    package var json: JSON { .array(map(\.json)) }
}
