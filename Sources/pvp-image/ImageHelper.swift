import Config
import Diagnostics
import Downloads
import GuestImage
import HelperCalls
import Linux
import Plan
import Systemd

/// Lines on standard error.
let log = Log("pvp-image")

/// `pvp-image`: creates the disk of a guest.
package enum ImageHelper {
    /// Does what the arguments ask for; returns the exit status.
    package static func run(_ arguments: [String]) -> Int32 {
        do throws(Problem) {
            let call = try ImageCall(arguments)
            // As the unit sets it: files 0600, directories 0711.
            CurrentProcess.setUmask(0o066)
            let root = Root(call.root)
            guard let disk = try disk(of: call.guest, in: root) else {
                print("guest \(call.guest) has no disk: Image= is not set")
                return 0
            }
            let reporter = Reporter(
                status: { notify("STATUS=\($0)") }, done: { Log().notice($0) },
                warning: { log.warning($0) })
            try GuestDisk(disk, in: root, reporter: reporter).provide()
            return 0
        } catch {
            log.write(error)
            return error.code == .usage ? 2 : 1
        }
    }

    /// The disk of the guest with that name, as it is configured; `nil` when it has none.
    private static func disk(of guest: String, in root: Root) throws(Problem) -> DiskPlan? {
        let files = ConfigFiles(in: root)
        if let problem = files.problems.first { throw problem }
        let (config, mistakes) = Config.parse(files.files)
        guard let section = config.guests.first(where: { $0.name == guest }) else {
            throw Problem(
                .unknownGuest, "guest '\(guest)': not found in \(ConfigFiles.directories[0])/\(ConfigFiles.name)",
                remedy: "name one of: \(config.guests.compactMap(\.name).joined(separator: " "))")
        }
        if section.isWrong {
            let lines = Set(section.source.locations.map { "\($0.file):\($0.line)" })
            throw mistakes.first { $0.location.map { lines.contains("\($0.file):\($0.line)") } ?? false }
                ?? Problem(
                    .guestInvalid, "guest \(guest): its [Guest] section has an error", remedy: "run 'pvpgen check'")
        }
        let (disk, problems) = DiskPlan.make(section)
        if let problem = problems.first(where: { $0.severity == .error }) { throw problem }
        return disk
    }
}
