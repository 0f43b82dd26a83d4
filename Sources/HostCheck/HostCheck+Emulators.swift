import Config
import Diagnostics
import HostActions
import Linux
import Plan

extension HostCheck {
    /// Whether libvirt accepts the guests' emulator and machine type. libvirt starts the emulator
    /// to find out, as it does for a guest, so that this fails where confinement denies the
    /// emulator.
    var emulators: [Problem] {
        guard root.prefix.isEmpty, libvirt.isEmpty else { return [] }
        var known: [[String]: Command.Result?] = [:]
        return plan.guests.compactMap { guest in
            // The missing rules are an error of their own, and 'pvpgen install' adds them.
            if let path = guest.emulatorPath, AppArmor.refuses(path, in: root) { return nil }
            let arguments = Self.capabilities(of: guest)
            let result = known[arguments] ?? (try? Command(arguments).run())
            known[arguments] = result
            return result.flatMap { Self.emulator(of: guest, $0) } ?? nil
        }
    }

    /// The question for libvirt: what a domain with the guest's emulator and machine type can have.
    static func capabilities(of guest: GuestPlan) -> [String] {
        let emulator = guest.emulatorPath.map { ["--emulatorbin", $0] } ?? []
        // A libvirt that does not answer must not stop the check. The reason is read, so it is in
        // English.
        return [
            "env", "LC_ALL=C.UTF-8", "timeout", "30", "virsh", "--connect", "qemu:///system", "domcapabilities",
            "--virttype", "kvm",
            "--machine", guest.machine,
        ] + emulator
    }

    /// The problem that libvirt's answer is; `nil` if it accepts both.
    static func emulator(of guest: GuestPlan, _ result: Command.Result) -> Problem? {
        guard result.status != 0 else { return nil }
        let settings = ["Machine=\(guest.machine)"] + (guest.emulatorPath.map { ["Emulator=\($0)"] } ?? [])
        let subject = "guest \(guest.name): \(settings.joined(separator: ", "))"
        let errors = result.output.split(separator: "\n").filter { $0.hasPrefix("error: ") }.map {
            $0.dropFirst("error: ".count)
        }
        let reason = errors.last ?? "exit status \(result.status)"
        let failure: Substring? =
            switch result.status {
            case 124: "no answer in 30 s"
            case 127: "virsh not found"
            default: errors.first == "failed to connect to the hypervisor" ? reason : nil
            }
        if let failure {
            return Problem(
                .emulatorUnchecked, "\(subject): cannot ask libvirt whether it accepts them: \(failure)",
                remedy: "run 'virsh domcapabilities --machine \(guest.machine)'", severity: .warning)
        }
        return Problem(
            .emulatorRefused, "\(subject): libvirt does not accept them: \(reason)",
            remedy:
                "correct \(guest.emulatorPath == nil ? "Machine=" : "Emulator= or Machine=") in [Guest]; "
                + "'virsh capabilities' lists machine types"
        )
    }
}
