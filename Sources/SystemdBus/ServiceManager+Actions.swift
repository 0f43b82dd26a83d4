package import Diagnostics

extension ServiceManager {
    /// Performs the action and waits until it is done. A job has the time that its unit has:
    /// `TimeoutStartSec=`, `TimeoutStopSec=`. As with systemctl, the other units are started
    /// even if one fails. Throws `job-failed`, and what a call throws that creates no job.
    package func perform(_ action: UnitAction) throws(Problem) {
        let (method, units) = action.calls
        // Generators have 90 s, and what comes after them as much (systemd:
        // src/systemctl/systemctl-daemon-reload.c).
        if action == .reload { return _ = try connection.call(.manager(method), within: .seconds(180)) }
        try subscribe(to: [.jobRemoved])
        var jobs: [String: String] = [:]
        var refused: Problem?
        for unit in units {
            do throws(Problem) {
                jobs[try begin(method, unit)] = unit
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

    /// Begins an action for one unit, and returns the path of its job on the bus. Throws what a
    /// call throws.
    package func begin(_ method: String, _ unit: String) throws(Problem) -> String {
        let answer = try connection.call(.manager(method, for: unit)) {
            $0.append(unit)
            $0.append("replace")
        }
        guard let job = answer.next()?.string else { throw Self.invalid(unit) }
        return job
    }

    /// Waits until all jobs have ended; returns those that failed.
    private func wait(for jobs: [String: String]) throws(Problem) -> [(unit: String, result: String)] {
        var jobs = jobs
        var failed: [(unit: String, result: String)] = []
        while !jobs.isEmpty {
            guard let signal = try connection.signal(within: .seconds(25)) else {
                // Throws if systemd has ended: no signal would end the loop.
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
