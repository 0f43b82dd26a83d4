public import Linux

/// libvirt's AppArmor profile for QEMU, and the one rule that a guest on a NUMA node needs beyond it.
///
/// QEMU's libnuma reads which CPUs a node has (`/sys/devices/system/node/node0/cpumap`), for the threads that prepare memory there. The profile of libvirt 9.0
/// does not let it, and the guest does not start.
public enum AppArmor {
    /// What all of libvirt's QEMU profiles include.
    static let abstraction = "/etc/apparmor.d/abstractions/libvirt-qemu"
    /// Where a machine's own rules for them go; profiles are put together at each start of a guest.
    public static let local = "/etc/apparmor.d/local/abstractions/libvirt-qemu"
    /// The lines for it.
    public static let rules = [
        "# pvpgen install: QEMU asks libnuma which CPUs the guest's NUMA node has.", "  @{sys}/devices/system/node/node[0-9]*/cpumap r,",
    ]

    /// Whether the profile is there and lacks the rule, whether or not AppArmor is on now.
    public static func lacksRule(in root: Root) -> Bool {
        root.exists(abstraction) && !hasRule(abstraction, root)
    }

    /// Whether AppArmor is on, and the rule is not there.
    public static func isInTheWay(in root: Root) -> Bool {
        (try? root.text("/sys/module/apparmor/parameters/enabled")) == "Y" && lacksRule(in: root) && !hasRule(local, root)
    }

    private static func hasRule(_ path: String, _ root: Root) -> Bool { ((try? root.text(path)) ?? "").contains("/cpumap r,") }
}
