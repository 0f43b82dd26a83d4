import Glibc

/// The environment of this process (`environ(7)`).
package enum Environment {
    /// The value of a variable, or `nil` when it is not set.
    package static subscript(name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// Removes a variable (`unsetenv(3)`); before there are other threads.
    package static func remove(_ name: String) { unsetenv(name) }

    /// All of it as `KEY=VALUE`, for a child, without the variables for which `isOmitted` is true
    /// of their name.
    package static func all(except isOmitted: (String) -> Bool) -> [String] {
        var entries: [String] = []
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if !isOmitted(String(text.prefix { $0 != "=" })) { entries.append(text) }
            next += 1
        }
        return entries
    }
}
