import ArgumentParser
import JSON
import Manual

/// Documentation for `make install`: no verb that people need.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print a manual page, or the example of a configuration.",
        discussion: "Examples:\n  pvpgen manual pvp.conf.5 | man -l -\n  pvp-console --help | pvpgen manual pvp-console.8 | man -l -",
        shouldDisplay: false)

    enum Page: String, CaseIterable, ExpressibleByArgument {
        case config = "pvp.conf.5"
        case program = "pvpgen.8"
        case example = "pvp.conf"
        case generator = "pvp-generator.8"
        case console = "pvp-console.8"
        case guest = "pvp-guest.8"
    }

    @Argument var page: Page

    func run() throws {
        let version = Pvpgen.configuration.version
        let text =
            switch page {
            case .config: configManual(version: version)
            case .program: programManual(try JSON(Array(Pvpgen._dumpHelp().utf8)), version: version)
            case .example: exampleConfig()
            case .generator, .console, .guest: helperManual(String(page.rawValue.dropLast(2)), help: Self.input, version: version) ?? ""
            }
        print(text, terminator: "")
    }

    /// For a program's page: what it says when it is asked with `--help`.
    private static var input: String {
        var lines = ""
        while let line = readLine(strippingNewline: false) { lines += line }
        return lines
    }
}
