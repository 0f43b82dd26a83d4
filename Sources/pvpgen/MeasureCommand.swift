import ArgumentParser
import Diagnostics
import JSON
import Linux
import Measurement
import MeasurementActions
import MeasurementResults
import Plan
import Verbs

struct MeasureCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "measure", abstract: "Measure the throughput of a chain",
        discussion: """
            Sends frames from the generator of a [Generator] section through the chain, and searches the highest \
            loads that fulfill goals (MLRsearch, RFC 9971). First, frames are sent in each direction to find out \
            which port is connected to which NIC, and whether frames return. A trial in which the generator, the \
            chain or the host did something else than measure is invalid: the reason is printed, and the trial is \
            repeated. The chain must be started.

            Goals: ndr (no loss) and pdr (at most 0.5 % loss) as FD.io CSIT defines them, rfc2544, tst009, or an own \
            one: NAME:loss=0.001,exceed=0.5,width=0.01,initial=1,final=1,sum=21 with ratios, and durations in seconds.

            The result is written to DIRECTORY/CHAIN-TIME.json after each trial; a summary in Markdown and an HTML \
            page are written beside it at the end. Loads are in packets per second for each interface; frame sizes \
            include the CRC. Root is required.

            Exit codes: 0 on success, 1 on failure, if frames do not return, or if the result is invalid, 78 if the \
            configuration has errors, 130 after Ctrl-C; the trials so far are in the result.

            Examples:
              pvpgen measure
              pvpgen measure --check
              pvpgen measure --size=64,imix,1518 --goal=ndr,rfc2544 --repeat=3
              pvpgen measure --latency --soak=2h
              pvpgen measure --goal=quick:loss=0.001,width=0.05,final=0.2,sum=1
            """)

    @OptionGroup var form: JSONOption

    @Argument(
        help: "Name of the [Generator] section; required if there are several.",
        completion: .custom { _, _, _ in Plan.read(from: .machine).plan?.generators.map(\.name) ?? [] })
    var name: String?

    @Flag(help: "Check the path of frames through the chain, and exit.")
    var check = false

    @Option(
        name: .customLong("goal"),
        help: ArgumentHelp("Search for these goals, separated by commas, or one own goal.", valueName: "goal"))
    var goals: [String] = ["ndr,pdr"]

    @Option(help: ArgumentHelp("Frame sizes in bytes or imix, separated by commas: 64 to 2048.", valueName: "sizes"))
    var size = "64"

    @Option(help: ArgumentHelp("Number of flows in each direction: 1 to 65535.", valueName: "number"))
    var flows = 1

    @Flag(name: .customLong("ipv6"), help: "Send IPv6 instead of IPv4; frames have at least 84 bytes.")
    var hasIPv6 = false

    @Flag(help: "Measure latencies at 0, 10, 50 and 90 % of the result of pdr, or of the first goal.")
    var latency = false

    @Option(help: ArgumentHelp("After the search, send at 90 % of the first goal's result.", valueName: "time"))
    var soak: String?

    @Option(name: .customLong("repeat"), help: ArgumentHelp("Search so often: 1 to 100.", valueName: "number"))
    var repetitions = 1

    @Option(
        help: ArgumentHelp("Highest load in packets per second for each interface.", valueName: "pps"))
    var maximumRate: Int?

    @Option(
        name: .customLong("output"),
        help: ArgumentHelp("Directory of the result.", valueName: "directory"), completion: .directory)
    var directory = ResultStore.directory

    @Option(
        help: ArgumentHelp("Continue the measurement of this result.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var resume: String?

    var document: Document.Kind? { form.json ? (check ? .pathCheck : .measurement) : nil }

    func validate() throws { _ = try request() }

    func run(_ output: VerbOutput) throws {
        let plan = try output.plan(in: .machine, countsWarnings: true)
        let generator = try plan.generator(name)
        var request = try request()
        request.maximumLoad = request.maximumLoad ?? generator.maximumRate
        request.maximumLag = .microseconds(generator.maximumLag)
        let session = try MeasurementSession(
            request, of: generator, in: plan, version: Pvpgen.configuration.version)
        let progress = MeasureProgress(
            output: output, journal: TrialJournal(generator.testpmd), store: resume.map { ResultStore(document: $0) },
            directory: directory)
        if check { return try showPath(session.check(progress), output) }
        let (result, end) = try session.measure(resuming: resume.map { try ResultStore.read($0) }, progress)
        let store = progress.store ?? ResultStore(result.name, in: directory)
        try store.finish(result)
        output.add(result.json)
        output.print(result.markdown + "\nresult: \(store.document)\npage: \(store.page)")
        if let end { output.report([end]) }
        if end?.code == .interrupted { throw ExitCode(130) }
        if end != nil || !result.faults.isEmpty { throw ExitCode.failure }
    }

    private func showPath(_ checks: [PathCheck], _ output: VerbOutput) throws {
        output.add(["paths": .array(checks.map(\.json))])
        for check in checks { output.print(check.text) }
        if checks.contains(where: { $0.obstacle != nil }) { throw ExitCode.failure }
    }
}
