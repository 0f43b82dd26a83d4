import Config
import Diagnostics
import Linux
import Plan

extension HostCheck {
    /// Whether the program of each testpmd accepts `EALArguments=` and `ExtraArguments=`: its own
    /// parsers decide, before a boot does.
    var testpmdArguments: [Problem] {
        guard root.prefix.isEmpty else { return [] }
        return plan.testpmds.filter { root.isExecutable($0.binary) }.compactMap { Self.refusal(of: $0) }
    }

    private static func refusal(of testpmd: TestpmdPlan) -> Problem? {
        if testpmd.ealArguments.isEmpty, testpmd.extraArguments.isEmpty { return nil }
        do throws(Problem) {
            guard let reason = reason(of: try Command(trial(of: testpmd)).run(), testpmd.binary) else { return nil }
            // What the program refuses without them, too, is not about them.
            var bare = testpmd
            bare.ealArguments = []
            bare.extraArguments = []
            if let other = Self.reason(of: try Command(trial(of: bare)).run(), testpmd.binary) {
                return unparsed(testpmd, other)
            }
            return Problem(
                .argumentsRefused, "testpmd \(testpmd.name): \(testpmd.binary) refuses its arguments: \(reason)",
                remedy: "correct EALArguments= or ExtraArguments= in [Testpmd]")
        } catch {
            return unparsed(testpmd, error.message)
        }
    }

    private static func unparsed(_ testpmd: TestpmdPlan, _ reason: String) -> Problem {
        Problem(
            .argumentsUnchecked,
            "testpmd \(testpmd.name): its arguments were not checked by \(testpmd.binary): \(reason)",
            remedy: "set Binary= in [Testpmd] to a testpmd of DPDK, or start it with the arguments by hand",
            severity: .warning)
    }

    /// A testpmd without hugepages, devices and files that parses the arguments: `--help` is the
    /// last of them, and ends it before it creates a packet buffer. With `POSIXLY_CORRECT` a word
    /// that belongs to no option ends it earlier, with an error (getopt_long(3)).
    /// The directory for EAL's files is one that cannot exist, which EAL accepts with
    /// `--no-shconf`.
    static func trial(of testpmd: TestpmdPlan) -> [String] {
        let eal = testpmd.ealArguments.filter { !needsHugepages($0) }
        return [
            "env", "LC_ALL=C.UTF-8", "POSIXLY_CORRECT=1", "RUNTIME_DIRECTORY=/dev/null", "timeout", "--kill-after=2",
            "20", testpmd.binary,
            "--no-huge", "--no-pci", "--no-shconf", "--no-telemetry", "-m", "64",
            "--lcores=0@\(testpmd.mainLcore),1@\(testpmd.mainLcore)",
            "--file-prefix=pvp-check", "--log-level=error",
        ] + eal + ["--", "-i", "--disable-device-start"] + testpmd.extraArguments + ["--help"]
    }

    /// Whether EAL refuses an argument beside `--no-huge` (DPDK:
    /// lib/eal/common/eal_common_options.c, eal_check_common_options).
    private static func needsHugepages(_ argument: String) -> Bool {
        let name = argument.dropFirst(2).prefix { $0 != "=" }
        return argument.hasPrefix("--") && !name.isEmpty
            && ["match-allocations", "huge-worker-stack"].contains { $0.hasPrefix(name) }
    }

    /// Why a testpmd did not accept its arguments, from what it printed; `nil` if it did.
    static func reason(of result: Command.Result, _ binary: String) -> String? {
        if result.status == 0 { return nil }
        if result.status == 124 || result.status == 137 { return "no answer in 20 s" }
        let lines = result.output.split(separator: "\n")
        let noise = ["EAL: Error creating '/dev/null", "EAL: Error - exiting"]
        // getopt_long(3) begins with the program's name, rte_exit() gives a cause.
        for line in lines where !noise.contains(where: line.hasPrefix) {
            for start in ["\(binary): ", "EAL: ", "  Cause: "] where line.hasPrefix(start) {
                // Only a testpmd that has not seen --help creates buffers.
                let isLate = line.contains("Creation of mbuf pool")
                return isLate ? "the last argument requires a value" : String(line.dropFirst(start.count))
            }
        }
        return lines.last.map(String.init) ?? "exit status \(result.status)"
    }
}
