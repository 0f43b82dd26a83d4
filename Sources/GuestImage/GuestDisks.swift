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
        /// The backing image for people; `nil` if the guest is no longer configured.
        package var image: String?
    }

    /// Configured guests in their order, then the others by name.
    package var entries: [Entry]

    /// Those on the machine below `root`; `plan` is `nil` if there is no configuration.
    package init(_ plan: Plan?, in root: Root) {
        let disks = plan?.guests.compactMap(\.disk) ?? []
        let kept = (try? root.list("\(DiskPlan.state)/guests")) ?? []
        entries =
            disks.map {
                Entry(
                    guest: $0.guest, path: $0.overlay, exists: root.exists($0.overlay),
                    image: $0.image.withoutCredentials)
            }
            + kept.filter { name in !disks.contains { $0.guest == name } }
            .map { Entry(guest: $0, path: DiskPlan.directory(of: $0), exists: true, image: nil) }
    }

    /// A line for each.
    package var text: String {
        entries.map { entry in
            guard let image = entry.image else { return "\(entry.guest): \(entry.path), in no configuration\n" }
            return "\(entry.guest): \(entry.exists ? entry.path : "no disk yet"), image \(image)\n"
        }.joined()
    }

    /// For `--json`.
    package var json: JSON {
        let guests = entries.map { entry in
            [
                "guest": .string(entry.guest), "path": .string(entry.path), "exists": .bool(entry.exists),
                "image": entry.image.map { .string($0) } ?? .null, "configured": .bool(entry.image != nil),
            ] as JSON
        }
        return ["guests": .array(guests)]
    }
}
