import ArgumentParser
import JSON
import Manual

/// Documentation for `make install`: no verb that people need.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print a manual page, or the example of a configuration.",
        discussion: "Examples:\n  pvpgen manual pvp.conf.5 | man -l -", shouldDisplay: false)

    enum Page: String, CaseIterable, ExpressibleByArgument {
        case config = "pvp.conf.5"
        case program = "pvpgen.8"
        case example = "pvp.conf"
    }

    @Argument var page: Page

    func run() throws {
        let version = Pvpgen.configuration.version
        let text =
            switch page {
            case .config: configManual(version: version)
            case .program: programManual(try JSON(Array(Pvpgen._dumpHelp().utf8)), version: version)
            case .example: exampleConfig()
            }
        print(text, terminator: "")
    }
}
