import Config
import HostActions
import Linux
import Plan
import Values

extension Snapshot {
    /// The processes of the plan, by what they were started with (proc(5)).
    mutating func findProcesses(_ plan: Plan, in root: Root) {
        for id in ((try? root.list("/proc")) ?? []).compactMap({ Int($0) }) {
            guard let arguments = root.commandLine(ofProcess: id), let program = arguments.first else { continue }
            // Its console's command line has the same options.
            if let testpmd = plan.testpmds.first(where: { TestpmdProcess.isTestpmd(arguments, named: $0.name) }) {
                testpmds[testpmd.name] = Process(id, arguments, file: testpmd.binary, in: root)
            } else if let guest = plan.guests.first(where: { QEMUProcess.isQEMU(arguments, of: $0.name) }) {
                var process = Process(id, arguments, file: guest.emulatorPath ?? program, in: root)
                process.memory = hugepages(of: id, in: root)
                guests[guest.name] = process
            }
        }
    }

    /// Bytes by node, from lines such as `7f… bind:0 file=… huge dirty=4 N0=4
    /// kernelpagesize_kB=1048576`.
    private func hugepages(of id: Int, in root: Root) -> [Int: UInt64]? {
        guard let text = try? root.text("/proc/\(id)/numa_maps") else { return nil }
        var bytes: [Int: UInt64] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.contains("huge"), let word = words.first(where: { $0.hasPrefix("kernelpagesize_kB=") }),
                let kilobytes = UInt64(word.dropFirst("kernelpagesize_kB=".count))
            else { continue }
            for word in words where word.hasPrefix("N") {
                let parts = word.dropFirst().split(separator: "=")
                guard parts.count == 2, let node = Int(parts[0]), let pages = UInt64(parts[1]) else { continue }
                bytes[node, default: 0] += pages * kilobytes * 1024
            }
        }
        return bytes
    }
}

extension Snapshot.Process {
    fileprivate init(_ id: Int, _ arguments: [String], file: String, in root: Root) {
        let tasks = "/proc/\(id)/task"
        let numbers = ((try? root.list(tasks)) ?? []).compactMap { Int($0) }.sorted()
        self.init(
            id: id, arguments: arguments,
            threads: numbers.compactMap { Snapshot.Thread($0, in: "\(tasks)/\($0)", root) })
        // The kernel resolves links in the path of a process.
        programs = ProgramIdentity(process: id, in: root).map {
            Snapshot.Programs(file: ProgramIdentity(file: root.resolved(file), in: root), running: $0)
        }
    }
}

extension Snapshot.Thread {
    /// `nil` for one that has ended meanwhile.
    fileprivate init?(_ id: Int, in directory: String, _ root: Root) {
        guard let name = try? root.text("\(directory)/comm"), let status = try? root.text("\(directory)/status"),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("Cpus_allowed_list:") }),
            let allowed = CPUSet(String(line.dropFirst("Cpus_allowed_list:".count))),
            // The name may have spaces and brackets in it; the CPU is the 39th field, the first
            // behind the name is the third.
            let rest = (try? root.text("\(directory)/stat"))?.split(separator: ")").last?.split(separator: " "),
            rest.count > 36,
            let cpu = Int(rest[36])
        else { return nil }
        self.init(id: id, name: name, allowed: allowed, cpu: cpu)
    }
}
