import Config
package import Diagnostics
package import Linux
package import Units

extension UnitTree {
    /// The units that there is a file or drop-in of, by name.
    package var units: [String] {
        // Of a drop-in, the directory without its ".d".
        let names = files.keys.map { name in
            name.firstIndex(of: "/").map { String(name[..<$0].dropLast(2)) } ?? name
        }
        return Set(names).sorted()
    }

    /// The files of a unit, in the order in which they apply: the installed one below `root`, then
    /// generated ones and drop-ins. `.service` can be omitted. Throws `unknown-unit`,
    /// `file-unreadable`.
    package func files(of name: String, in root: Root) throws(Problem) -> [(path: String, content: [UInt8])] {
        let isWhole = [".service", ".target", ".mount", ".slice", ".socket", ".device"].contains(where: name.hasSuffix)
        let unit = isWhole ? name : name + ".service"
        var found: [(path: String, content: [UInt8])] = []
        let installed = Self.installed(unit)
        if root.exists(installed) {
            do throws(SystemError) {
                found.append((root.path(installed), try root.bytes(installed)))
            } catch {
                throw error.problem(.fileUnreadable, remedy: "make it a readable file")
            }
        }
        for (path, content) in files.sorted(by: { $0.key < $1.key })
        where path == unit || path.hasPrefix(unit + ".d/") {
            found.append(("\(Self.generated)/\(path)", content))
        }
        guard found.isEmpty else { return found }
        throw Problem(
            .unknownUnit, "unit '\(unit)': not found in the plan",
            remedy: suggestion(for: unit, among: units).map { "did you mean '\($0)'?" }
                ?? "its units are \(units.joined(separator: ", "))")
    }

    /// The file of a unit that is installed, or of the template that it is an instance of.
    private static func installed(_ unit: String) -> String {
        guard let at = unit.firstIndex(of: "@"), let dot = unit.lastIndex(of: ".") else {
            return "\(Layout.own.units)/\(unit)"
        }
        return "\(Layout.own.units)/\(unit[...at])\(unit[dot...])"
    }
}
