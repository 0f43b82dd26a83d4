import Foundation
package import LabTools
import Linux

/// Commands in the machine, over one ssh connection that they share.
package final class SecureShell: Sendable {
    private let machine: Machine
    private let key: String
    private var socket: String { machine.spec.directory + "/ssh" }

    /// Talks to the machine with the private key in the file `key`.
    package init(_ machine: Machine, key: String) {
        self.machine = machine
        self.key = key
    }

    private var options: [String] {
        let settings = [
            "BatchMode=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR",
            "IdentitiesOnly=yes",
            "ConnectTimeout=20", "ServerAliveInterval=10", "ServerAliveCountMax=6",
            "ControlMaster=auto", "ControlPersist=yes", "ControlPath=\(socket)",
        ]
        // No file of the user's: the lab is the same for everybody.
        return ["-F", "none", "-i", key] + settings.flatMap { ["-o", $0] }
    }

    /// Waits until the machine answers; returns the kernel's id of this boot.
    /// With `after`, an answer of that boot does not count: the machine is still going down.
    package func waitForBoot(after: String? = nil, within seconds: Int) throws -> String {
        let deadline = Deadline(seconds: seconds)
        while !deadline.isOver {
            try machine.checkRunning()
            let result = try? attempt(["cat", "/proc/sys/kernel/random/boot_id"], within: 25)
            if let result, result.status == 0 {
                let boot = result.output.trimmingCharacters(in: .whitespacesAndNewlines)
                if boot != after { return boot }
            }
            disconnect()
            // ssh is refused at once while no process listens; half a second keeps that from being
            // a busy loop.
            usleep(500_000)
        }
        throw machine.failure("no answer on ssh within \(seconds) s")
    }

    /// Runs a program in the machine and returns what it printed, both streams. Throws when it does
    /// not end with 0 in time.
    @discardableResult
    package func run(_ arguments: [String], within seconds: Int = 60) throws -> String {
        let result = try attempt(arguments, within: seconds)
        guard result.status == 0 else {
            throw LabFailure(
                "in the machine: \(arguments.joined(separator: " ")): ended with \(result.status)", log: result.output)
        }
        return result.output
    }

    /// The same, but its status is the caller's to judge.
    package func attempt(_ arguments: [String], input: String = "/dev/null", within seconds: Int = 60) throws
        -> Tool.Result
    {
        try machine.checkRunning()
        let remote = arguments.map(Self.quoted).joined(separator: " ")
        do {
            return try Tool.attempt(
                ["ssh", "-p", "\(machine.spec.sshPort)"] + options + ["root@127.0.0.1", "--", remote], input: input,
                within: seconds)
        } catch {
            throw machine.failure("in the machine: \(arguments.joined(separator: " ")): \(error)")
        }
    }

    /// Copies a file of this machine into the other, and makes the directories above it.
    package func copy(_ file: String, to path: String, within seconds: Int = 120) throws {
        try run(["mkdir", "-p", (path as NSString).deletingLastPathComponent])
        let result = try attempt(["dd", "of=\(path)", "bs=1M", "status=none"], input: file, within: seconds)
        guard result.status == 0 else {
            throw LabFailure("in the machine: \(path) could not be written", log: result.output)
        }
    }

    /// Writes a file in the machine, and makes the directories above it.
    package func write(_ text: String, to path: String) throws {
        let file = machine.spec.directory + "/upload"
        try Root.machine.replace(file, with: Array(text.utf8))
        try copy(file, to: path)
    }

    /// Forgets the connection; the next command makes a new one.
    package func disconnect() {
        guard access(socket, F_OK) == 0 else { return }
        _ = try? Tool.attempt(
            ["ssh", "-p", "\(machine.spec.sshPort)"] + options + ["-O", "exit", "root@127.0.0.1"], within: 10)
        unlink(socket)
    }

    /// One word for the shell at the other end: ssh sends a line, not arguments.
    static func quoted(_ word: String) -> String {
        "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
}
