import ArgumentParser
import Diagnostics
import JSON
import Linux
import Manual

/// Documentation for `make install`: no verb that people need.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print a manual page or the example configuration",
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
            case .program: programManual(try JSON(Array(Pvpgen._dumpHelp().utf8)), groups: Pvpgen.groups, version: version)
            case .example: exampleConfig()
            case .generator, .console, .guest: helperManual(String(page.rawValue.dropLast(2)), help: try help(), version: version) ?? ""
            }
        print(text, terminator: "")
    }

    /// What the program says when it is asked with `--help`, from standard input; the generator has no options.
    private func help() throws -> String {
        if page == .generator { return "" }
        return try attempt { () throws(Problem) in
            do throws(SystemError) {
                return String(decoding: try UserFile.read("-"), as: UTF8.self)
            } catch {
                throw error.problem("help-unreadable", remedy: "pvp-console --help | pvpgen manual pvp-console.8")
            }
        }
    }
}
