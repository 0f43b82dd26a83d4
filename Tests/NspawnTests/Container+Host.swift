import LabTools
import Linux
import Nspawn

extension Container {
    static let testpmd = "testpmd.service"
    static let configurationFile = "/etc/pvpgen/pvp.conf"

    /// The configuration that the container has at its boot; a test gives another program for
    /// testpmd, or more sections.
    static func configuration(binary: String = "/usr/local/bin/testpmd", testpmd: String = "", more: String = "")
        -> String
    {
        let nics = ["0000:17:00.0", "0000:17:00.1"].map { "[NIC]\nPCIAddress=\($0)\n" }.joined()
        let guest = "[Guest]\nImage=/var/lib/guest.qcow2\nNetwork=no\nVCPUs=1\nMemory=1G\n"
        // /proc/irq is this machine's, and can be written.
        let tuning = "[Tuning]\nMoveInterrupts=no\n"
        return tuning + nics + "[Testpmd]\nBinary=\(binary)\nForwardingLcores=1\n\(testpmd)" + guest + more
    }

    /// The container of this suite with nothing started and nothing failed; files are drop-ins and
    /// other files below `/etc`, by name. Returns the place in the journal where the test begins.
    static func idle(_ configuration: String = configuration(), files: [String: String] = [:]) throws -> (
        Container, JournalMark
    ) {
        let container = try ContainerScope.container()
        try container.run(["systemctl", "stop", "pvp.target", "pvp-*", "testpmd*"], within: Limit.unit)
        try container.waitForJobs()
        try container.run(["rm", "-rf", "/etc/pvpgen/pvp.conf.d", "/etc/systemd/system/testpmd.service.d"])
        for (file, text) in files.merging([configurationFile: configuration], uniquingKeysWith: { $1 }) {
            try container.files.replace(file, with: Array(text.utf8))
        }
        try container.run(["systemctl", "daemon-reload"])
        try container.run(["systemctl", "reset-failed"])
        return (container, try container.journalMark())
    }

    /// The same with pvp.target started.
    static func running() throws -> (Container, JournalMark) {
        let (container, mark) = try idle()
        let result = try container.attempt(["systemctl", "start", "pvp.target"], within: Limit.unit)
        guard result.status == 0 else { throw LabFailure(result.output, log: container.story(since: mark)) }
        return (container, mark)
    }

    /// Kills a process inside, and waits until testpmd is up again: with another process of the
    /// unit, and ready.
    func kill(_ process: Int, _ signal: String = "KILL", thenWaitFor unit: String = testpmd) throws {
        let before = try properties(of: unit)["InvocationID"]
        try run(["kill", "-s", signal, "\(process)"])
        try wait(for: unit, to: "come back") { $0["ActiveState"] == "active" && $0["InvocationID"] != before }
    }

    /// The one dpdk-testpmd that runs.
    func testpmdProcess() throws -> Int {
        let found = try processes("dpdk-testpmd")
        guard let only = found.first, found.count == 1 else {
            throw LabFailure("expected one dpdk-testpmd, found \(found)")
        }
        return only
    }

    /// A unit's main process.
    func mainProcess(of unit: String = testpmd) throws -> Int { Int(try properties(of: unit)["MainPID"] ?? "") ?? 0 }
}

extension String {
    var lines: [Substring] { split(separator: "\n") }
}
