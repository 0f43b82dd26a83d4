/// A stage of the chain, in the order in which they come up.
package enum Stage: String, CaseIterable, Hashable, Sendable {
    /// The host keeps off isolated CPUs.
    case tuning
    /// Pages are reserved.
    case hugepages
    /// NICs are on their driver.
    case nics = "NICs"
    /// testpmds forward.
    case testpmd
    /// The guests' management network, and the forwarded ports of the host.
    case network
    /// Guests have their disks.
    case images
    /// Guests run.
    case guests
    /// pvp.target, which is up when all of them came up, and what is wrong with the configuration.
    case target

    /// That of a unit.
    package init(of unit: String) {
        switch unit {
        case "pvp.target", "pvp-config-error.service", "pvp-ready.service": self = .target
        case "pvp-tune.service": self = .tuning
        case _ where unit.hasPrefix("pvp-hugepages@"): self = .hugepages
        case _ where unit == "pvp-network.service" || unit.hasPrefix("pvp-ssh@"): self = .network
        case _ where unit.hasPrefix("pvp-image@"): self = .images
        case _ where unit.hasPrefix("pvp-guest@") || unit.hasPrefix("pvp-domain@"): self = .guests
        case _ where unit.hasPrefix("pvp-") && unit.contains("@"): self = .nics
        default: self = .testpmd
        }
    }
}
