package import JSON
package import Units

extension UnitTree {
    /// Each file's text and each link's target, by name.
    package var json: JSON {
        [
            "files": .object(
                files.sorted { $0.key < $1.key }.map {
                    .init($0.key, .string(String(decoding: $0.value, as: UTF8.self)))
                }),
            "links": .object(links.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }),
            "members": .array(members.map { .string($0) }),
        ]
    }
}
