import Config
package import Diagnostics
import GuestImage
import HostActions
import HostTopology
package import Linux
import Values

/// What a host has for a configuration: network cards and disk images.
package struct HostSurvey: Sendable {
    /// The program that drives the NICs without `Binary=`.
    static let testpmd = TestpmdOptions().binary
    /// The directory of libvirt's default pool.
    package static let pool = "/var/lib/libvirt/images"

    let root: Root
    /// All network cards, by address.
    package private(set) var nics: [NICCandidate]
    /// Paths of complete disk images in the pool.
    package let images: [String]

    /// Looks at the host below a root. Throws `network-unreadable`, `testpmd-missing`.
    package init(reading root: Root) throws(Problem) {
        self.root = root
        guard root.exists(Self.testpmd) else {
            throw Problem(
                .testpmdMissing, "\(Self.testpmd): not found, required to drive NICs",
                remedy: "install the package dpdk-dev or dpdk-tools")
        }
        let program = DPDKProgram(Self.testpmd, in: root)
        let drivers = PollModeDrivers(directory: program.drivers, program: Self.testpmd, in: root)
        let network = try NetworkGuard(reading: root)
        nics = NICCandidate.addresses(in: root).map { NICCandidate($0, drivers, network, in: root) }
        images = ((try? root.list(Self.pool)) ?? []).sorted().map { "\(Self.pool)/\($0)" }.filter {
            !$0.hasSuffix(".iso") && DiskFile($0, in: root).isComplete
        }
        refuseSharedGroups()
    }

    /// The NICs for a configuration: those that are wanted, or the only two that can be used.
    /// Throws `iommu-missing`, `nic-missing`, `nic-short`, `nic-ambiguous` and the objection to a
    /// wanted NIC.
    func select(_ wanted: [PCIAddress]) throws(Problem) -> [NICCandidate] {
        let usable = nics.filter { $0.objection == nil }
        if !nics.isEmpty { try checkIOMMU() }
        var chosen = usable
        if !wanted.isEmpty {
            chosen = []
            for address in wanted { chosen.append(try candidate(address)) }
        } else if usable.count < 2 {
            let found = usable.isEmpty ? "none" : "only \(usable[0].address)"
            throw Problem(
                .nicShort, "expected two NICs that can be used, found \(found)",
                remedy: nics.isEmpty
                    ? "this machine has no PCI network card" : "remove the reason to leave a NIC, or use another card")
        } else if usable.count > 2 {
            throw Problem(
                .nicAmbiguous, "expected two NICs that can be used, found \(usable.count)",
                remedy: "choose two, such as \(usable.prefix(2).map { "--nic=\($0.address)" }.joined(separator: " "))")
        }
        for nic in chosen { try checkGroup(of: nic, among: chosen) }
        return chosen
    }

    /// The image for a guest: the wanted one, or the only one. Throws `image-missing`,
    /// `image-ambiguous`.
    func selectImage(_ wanted: String?) throws(Problem) -> String {
        if let wanted {
            guard wanted.contains("://") || root.exists(wanted) else {
                throw Problem(
                    .imageMissing, "--image=\(wanted): not found", remedy: "name an existing file, or a URL")
            }
            return wanted
        }
        guard let image = images.first else {
            throw Problem(
                .imageMissing, "\(Self.pool): expected a disk image of a guest, found none",
                remedy: "copy a qcow2 image to this directory, or set --image= to a path or a URL")
        }
        guard images.count == 1 else {
            throw Problem(
                .imageAmbiguous, "\(Self.pool): expected one disk image, found \(images.joined(separator: ", "))",
                remedy: "choose one, such as --image=\(image)")
        }
        return image
    }

    /// A virtual function is used only if it is wanted; all other objections stand.
    private func candidate(_ address: PCIAddress) throws(Problem) -> NICCandidate {
        guard let nic = nics.first(where: { $0.address == address }) else {
            throw Problem(
                .nicMissing, "--nic=\(address): expected a network card, found none at this address",
                remedy: "choose one of: \(nics.map { "\($0.address)" }.joined(separator: ", "))")
        }
        if let objection = nic.objection, objection.code != .nicUnsuitable { throw objection }
        return nic
    }

    /// VFIO works without an IOMMU only in guests. What the firmware has and the kernel does not
    /// use yet comes with the kernel arguments of 'pvpgen install'.
    private func checkIOMMU() throws(Problem) {
        let isReported = HostTopology.IOMMU(firmwareOf: root) != nil
        guard isReported || HostTopology.IOMMU.isInUse(in: root) || nics.allSatisfy(\.keepsDriver) else {
            throw Problem(
                .iommuMissing, "the firmware reports no IOMMU, VFIO needs one for NICs",
                remedy: "enable the IOMMU (VT-d, AMD-Vi) in the firmware")
        }
    }

    /// A card whose IOMMU group has a device in use that cannot be a NIC of the configuration.
    private mutating func refuseSharedGroups() {
        let usable = nics.filter { $0.objection == nil }
        for index in nics.indices where nics[index].objection == nil {
            do throws(Problem) {
                try checkGroup(of: nics[index], among: usable)
            } catch {
                nics[index].objection = error
            }
        }
    }

    /// An IOMMU group is assigned as a whole. Throws `nic-group-shared`.
    private func checkGroup(of nic: NICCandidate, among chosen: [NICCandidate]) throws(Problem) {
        guard !nic.keepsDriver else { return }
        let others = VFIOBinding(nic.address, with: chosen.map(\.address)).boundGroupMembers(in: root)
        guard !others.isEmpty else { return }
        let group = PCIFunction(address: nic.address, root: root).group ?? ""
        throw Problem(
            .nicGroupShared, "\(nic.address): shares IOMMU group \(group) with \(others.joined(separator: ", "))",
            remedy: "use a NIC in another slot, or choose all NICs of the group with --nic=")
    }
}
