package import Diagnostics
package import JSON
package import Linux
package import Plan
import Values

/// The guests that have a disk or are configured to have one.
package struct GuestDisks {
    /// A guest and its disk.
    package struct Entry: Hashable, Sendable {
        /// The name of the guest.
        package var guest: String
        /// Where the overlay is, or the directory if the guest is no longer configured.
        package var path: String
        /// Whether the overlay exists.
        package var exists: Bool
        /// The backing image for people; `nil` if the guest is not configured.
        package var image: String?
        /// Whether the guest is configured; `nil` if the configuration has errors, which may hide
        /// it.
        package var isConfigured: Bool?
    }

    /// Configured guests in their order, then the others by name.
    package var entries: [Entry]

    /// Those on the machine below `root`; `plan` is `nil` if there is no configuration, and not
    /// complete if that has errors. Throws `file-unreadable`.
    package init(_ plan: Plan?, isComplete: Bool, in root: Root) throws(Problem) {
        let disks = plan?.guests.compactMap(\.disk) ?? []
        var kept: [String] = []
        do throws(SystemError) {
            kept = try root.list("\(DiskPlan.state)/guests")
        } catch {
            guard error.isMissing else {
                throw error.problem(.fileUnreadable, remedy: "run the command as root")
            }
        }
        entries =
            disks.map { disk in
                Entry(
                    guest: disk.guest, path: disk.overlay, exists: root.exists(disk.overlay),
                    image: disk.image.withoutCredentials, isConfigured: true)
            }
            + kept.filter { name in !disks.contains { $0.guest == name } }
            .map { name in
                Entry(
                    guest: name, path: DiskPlan.directory(of: name), exists: true, image: nil,
                    isConfigured: isComplete ? false : nil)
            }
    }

    /// A line for each.
    package var text: String {
        entries.map { entry in
            if let image = entry.image {
                return "\(entry.guest): \(entry.exists ? entry.path : "no disk yet"), image \(image)\n"
            }
            return "\(entry.guest): \(entry.path)\(entry.isConfigured == false ? ", in no configuration" : "")\n"
        }.joined()
    }

    /// For `--json`.
    package var json: JSON {
        let guests = entries.map { entry in
            [
                "guest": .string(entry.guest), "path": .string(entry.path), "exists": .bool(entry.exists),
                "image": entry.image.map { .string($0) } ?? .null,
                "configured": entry.isConfigured.map { .bool($0) } ?? .null,
            ] as JSON
        }
        return ["guests": .array(guests)]
    }
}
