package import Diagnostics

extension ServiceManager {
    /// Does that and waits until it is done. A job has the time that its unit has: `TimeoutStartSec=`, `TimeoutStopSec=`.
    /// As with systemctl, a unit that fails does not keep the others from being started. Throws `job-failed`, and for a unit whose job
    /// cannot be made what its call throws.
    package func perform(_ action: UnitAction) throws(Problem) {
        let (method, units) = action.calls
        // Generators have 90 s, and what comes after them as much (systemd: src/systemctl/systemctl-daemon-reload.c).
        if action == .reload { return _ = try connection.call(.manager(method), within: .seconds(180)) }
        try subscribe()
        var jobs: [String: String] = [:]
        var refused: Problem?
        for unit in units {
            do throws(Problem) {
                let answer = try connection.call(.manager(method, for: unit)) {
                    $0.append(unit)
                    $0.append("replace")
                }
                guard let job = answer.next()?.string else { throw Self.invalid(unit) }
                jobs[job] = unit
            } catch {
                refused = refused ?? error
            }
        }
        let failed = try wait(for: jobs)
        if let refused { throw refused }
        guard let first = failed.first else { return }
        throw Problem(
            .jobFailed, failed.map { "\($0.unit): \(method): \($0.result)" }.joined(separator: "; "),
            remedy: "run 'systemctl status \(first.unit)'")
    }

    /// Asks for the signals of jobs.
    private func subscribe() throws(Problem) {
        if isSubscribed { return }
        if connection.isThroughBus {
            let bus = "org.freedesktop.DBus"
            let method = BusMethod(
                destination: bus, path: "/org/freedesktop/DBus", interface: bus, member: "AddMatch", subject: "system bus")
            _ = try connection.call(method) { message in
                message.append("type='signal',sender='\(BusMethod.systemd)',interface='\(BusMethod.manager)',member='JobRemoved'")
            }
        }
        sender = try connection.call(.manager("Subscribe")).sender
        isSubscribed = true
    }

    /// The jobs that end in another way than they should, when all have ended.
    private func wait(for jobs: [String: String]) throws(Problem) -> [(unit: String, result: String)] {
        var jobs = jobs
        var failed: [(unit: String, result: String)] = []
        while !jobs.isEmpty {
            guard let signal = try connection.signal(within: .seconds(25)) else {
                // A systemd that is gone would be waited for without an end.
                _ = try connection.call(.manager("GetDefaultTarget"))
                continue
            }
            guard signal.sender == sender, signal.isSignal("JobRemoved", of: BusMethod.manager) else { continue }
            // Number, path, unit, result.
            _ = signal.next()
            guard let path = signal.next()?.string, let unit = jobs.removeValue(forKey: path) else { continue }
            _ = signal.next()
            let result = signal.next()?.string ?? ""
            if !["done", "skipped"].contains(result) { failed.append((unit, result)) }
        }
        return failed.sorted { $0.unit < $1.unit }
    }
}
