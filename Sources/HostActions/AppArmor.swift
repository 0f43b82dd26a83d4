package import Linux

/// libvirt's AppArmor profiles on the machine, and the rules that guests need beyond them.
package enum AppArmor {
    static let directory = "/etc/apparmor.d"
    /// Included by the profile of each guest.
    static let abstraction = "\(directory)/abstractions/libvirt-qemu"
    /// The profiles of libvirt's daemons that start QEMU: the monolithic one, the modular one.
    static let daemons = ["libvirtd", "virtqemud"]
    /// The directory of own builds of QEMU.
    static let builds = "/opt/pvpgen/builds"

    /// Returns the files for rules of the machine's own that guests with these values of
    /// `Emulator=` need; none on a machine without libvirt's profiles.
    package static func additions(for emulators: [String], in root: Root) -> [AppArmorAddition] {
        // The kernel compares paths without symbolic links.
        let all = Set(emulators.map(root.resolved)).sorted()
        let directory = root.resolved(builds)
        let emulators = all.filter { !$0.hasPrefix(directory + "/") }
        let pattern = emulators == all ? nil : AppArmorAddition.pattern(ofBuildsIn: directory)
        let guests = (try? root.text(abstraction)).map {
            AppArmorAddition(forGuests: $0, emulators: emulators, builds: pattern)
        }
        let daemons = daemons.compactMap { daemon in
            (try? root.text(profile(of: daemon))).map {
                AppArmorAddition(forDaemon: daemon, $0, emulators: emulators, builds: pattern)
            }
        }
        return ([guests].compactMap(\.self) + daemons).filter { !$0.rules.isEmpty }
    }

    /// Returns those with only the rules that are missing; none while AppArmor is off.
    package static func missing(for emulators: [String], in root: Root) -> [AppArmorAddition] {
        guard (try? root.text("/sys/module/apparmor/parameters/enabled")) == "Y" else { return [] }
        return additions(for: emulators, in: root).compactMap { addition in
            let missing = addition.missing(from: (try? root.text(addition.path)) ?? "")
            return missing.rules.isEmpty ? nil : missing
        }
    }

    /// Whether rules for one value of `Emulator=` are missing, so that libvirt cannot start it to
    /// find out what it can do.
    package static func refuses(_ emulator: String, in root: Root) -> Bool {
        missing(for: [emulator], in: root) != missing(for: [], in: root)
    }

    /// Returns the commands after which the kernel has the rules of changed files.
    /// A guest's profile is read at each start of the guest. A profile that is not loaded is read
    /// when it is.
    package static func reloads(after changed: [String], in root: Root) -> [Command] {
        let loaded = (try? root.text("/sys/kernel/security/apparmor/profiles")) ?? ""
        let names = Set(loaded.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) })
        return daemons.filter { daemon in
            changed.contains(AppArmorAddition.path(of: daemon))
                && !names.isDisjoint(with: [daemon, "/usr/sbin/\(daemon)"])
        }.map { Command(["apparmor_parser", "--replace", profile(of: $0)]) }
    }

    private static func profile(of daemon: String) -> String { "\(directory)/usr.sbin.\(daemon)" }
}
