import Diagnostics
package import Linux
import XML

/// A file that a guest's `DomainXML=` names.
package enum DomainFile: Sendable {
    /// What is in it, or the beginning of it when that is too long.
    case content([UInt8])
    /// Why it could not be read.
    case unreadable(SystemError)
}

/// XML that the user adds to a guest's domain: whole elements, so that the surrounding XML stays
/// well-formed.
package struct DomainFragment: Hashable, Sendable {
    /// Elements for the end of `<devices>`.
    package private(set) var devices: [[UInt8]] = []
    /// For the end of `<domain>`: what is inside of a `<domain>` around it.
    package private(set) var domain: [[UInt8]] = []
    /// Whether the domain's UUID is among them.
    package private(set) var hasUUID = false

    /// A larger file, in bytes, was not written for this setting.
    static let limit = 1 << 16

    /// What `<domain>` has already: libvirt would take the first of two and say nothing.
    private static let own: Set<String> = [
        "name", "metadata", "memory", "memoryBacking", "vcpu", "cputune", "numatune", "os", "features", "cpu", "clock",
        "on_poweroff",
        "on_reboot", "on_crash", "devices",
    ]

    /// A fragment with nothing in it.
    package init() {}

    /// Reads a file's content. Throws `domain-xml` at the first error in it.
    init(_ bytes: [UInt8], file: String) throws(Problem) {
        do throws(XMLReader.Mistake) {
            guard bytes.count <= Self.limit else {
                throw XMLReader.Mistake("is longer than \(Self.limit >> 10) KiB", at: 0)
            }
            var reader = try XMLReader(bytes)
            var hasUUID = false
            try reader.readAll { name, depth, parent throws(XMLReader.Mistake) in
                if depth == 1, parent == "domain", name == "uuid" { hasUUID = true }
                if depth == 1, parent == "domain", Self.own.contains(name) {
                    throw XMLReader.Mistake(
                        "<\(name)> is in each guest's domain already: it has settings of its own", at: nil)
                }
            }
            self.hasUUID = hasUUID
            for element in reader.topmost {
                if element.name == "domain" {
                    if element.hasAttributes {
                        throw XMLReader.Mistake(
                            "<domain> is written without attributes here", at: element.whole.lowerBound)
                    }
                    let inner = bytes[element.inner].drop { $0 <= 0x20 }
                    if let last = inner.lastIndex(where: { $0 > 0x20 }) { domain.append(Array(inner[...last])) }
                } else {
                    devices.append(Array(bytes[element.whole]))
                }
            }
        } catch {
            throw error.problem(bytes, file: file)
        }
    }

    /// Adds another.
    static func += (fragment: inout DomainFragment, other: DomainFragment) {
        fragment.devices += other.devices
        fragment.domain += other.domain
        fragment.hasUUID = fragment.hasUUID || other.hasUUID
    }
}

extension XMLReader.Mistake {
    fileprivate func problem(_ bytes: [UInt8], file: String) -> Problem {
        let offset = min(offset ?? 0, bytes.count)
        let start = bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        // Only what can be printed.
        let text = String(
            decoding: bytes[start..<min(end, start + 240)].map { $0 < 0x20 || $0 >= 0x7f ? UInt8(ascii: "?") : $0 },
            as: UTF8.self)
        let line = bytes[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
        return Problem(
            .domainXML, message, remedy: "correct it: elements for <devices>, or <domain> around others",
            at: SourceLocation(file: file, line: line, column: offset - start + 1, text: text))
    }
}
