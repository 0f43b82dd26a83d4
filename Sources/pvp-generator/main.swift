import Diagnostics
import Linux
import Plan
import Units

if let first = CommandLine.arguments.dropFirst().first, ["--help", "-h"].contains(first) {
    put(usage, to: Descriptor.standardOutput)
    CurrentProcess.exit(0)
}
// systemd.generator(7): one directory or three; units go into the first, which is between /etc and
// /usr.
guard CommandLine.argc == 2 || CommandLine.argc == 4 else {
    fail(
        Problem(
            .usage, "expected 1 or 3 directories, got \(CommandLine.argc - 1)",
            remedy: "run it as pvp-generator NORMAL-DIR [EARLY-DIR LATE-DIR]"),
        status: 2)
}
// The initrd has neither the NICs' configuration nor the host's.
if Environment["SYSTEMD_IN_INITRD"] == "1" { CurrentProcess.exit(0) }
// As systemd sets it: by hand the same modes come out.
CurrentProcess.setUmask(0o022)

let root = Root(Environment["PVPGEN_ROOT"] ?? "/")
let (plan, problems) = Plan.read(from: root)
tell(problems)
if let plan {
    let directory = CommandLine.arguments[1]
    do throws(SystemError) {
        try plan.write(to: Root(directory), problems: problems, layout: Layout(prefix: prefix))
    } catch {
        let message = "\(directory)\(error.subject): \(error.call): \(error.reason)"
        fail(Problem(.fileUnwritable, message, remedy: "make \(directory) a writable directory"), status: 1)
    }
}
CurrentProcess.exit(problems.hasError ? 1 : 0)

/// The prefix that the project is installed below: the generator itself is
/// `PREFIX/lib/systemd/system-generators/pvp-generator`.
var prefix: String {
    let tail = "/lib/systemd/system-generators/pvp-generator"
    let program = CommandLine.arguments[0]
    return program.hasSuffix(tail) ? String(program.dropLast(tail.count)) : "/usr"
}

/// Errors in the configuration: to the kernel's log when systemd runs us, where standard error is
/// not read; otherwise to standard error, as systemd's own generators do.
func tell(_ problems: [Problem]) {
    if problems.isEmpty { return }
    if isRunBySystemd(), KernelLog.write(problems, from: "pvp-generator") { return }
    for problem in problems { put(problem.rendered, to: Descriptor.standardError) }
}

/// What keeps us from our work, in one line.
func fail(_ problem: Problem, status: Int32) -> Never {
    if !isRunBySystemd() || !KernelLog.write([problem], from: "pvp-generator") {
        put("pvp-generator: \(problem.line)\n", to: Descriptor.standardError)
    }
    CurrentProcess.exit(status)
}

func isRunBySystemd() -> Bool { Environment["SYSTEMD_EXEC_PID"] == "\(CurrentProcess.id)" }
