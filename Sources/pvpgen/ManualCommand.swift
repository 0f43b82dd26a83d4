import ArgumentParser
import Diagnostics
import JSON
import Linux
import Manual
import Verbs

/// Documentation for `make install`: no verb that people need.
struct ManualCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print a manual page or the example configuration",
        discussion: """
            The page of another program is written from its --help on standard input.

            Examples:
              pvpgen manual pvp.conf.5 | man -l -
              pvp-console --help | pvpgen manual pvp-console.8 | man -l -
            """,
        shouldDisplay: false)

    enum Page: String, CaseIterable, ExpressibleByArgument {
        case config = "pvp.conf.5"
        case program = "pvpgen.8"
        case example = "pvp.conf"
        case units = "pvpgen-units.7"
        case generator = "pvp-generator.8"
        case build = "pvp-build.8"
        case console = "pvp-console.8"
        case dpdk = "pvp-dpdk.8"
        case guest = "pvp-guest.8"
        case host = "pvp-host.8"
        case image = "pvp-image.8"
        case network = "pvp-network.8"
        case traffic = "pvp-traffic.8"
    }

    @Argument(help: "Page to print.") var page: Page

    func run(_ output: VerbOutput) throws {
        let version = Pvpgen.configuration.version
        let text =
            switch page {
            case .config: configManual(version: version)
            case .program:
                programManual(try JSON(Array(Pvpgen._dumpHelp().utf8)), groups: Pvpgen.groups, version: version)
            case .example: ConfigTemplate.example.text()
            case .units: unitsManual(version: version)
            case .generator, .build, .console, .dpdk, .guest, .host, .image, .network, .traffic: try helper(version)
            }
        output.print(text, terminator: "")
    }

    /// The page of the program whose `--help` is on standard input.
    private func helper(_ version: String) throws -> String {
        let program = String(page.rawValue.dropLast(2))
        let remedy = "run \(program) --help | pvpgen manual \(page.rawValue)"
        do throws(SystemError) {
            let input = try Descriptor.readToEnd(Descriptor.standardInput, "standard input")
            let help = String(decoding: input, as: UTF8.self)
            if let text = helperManual(program, help: help, version: version) { return text }
        } catch {
            throw error.problem(.helpUnreadable, remedy: remedy)
        }
        throw Problem(.helpUnreadable, "standard input: expected the output of \(program) --help", remedy: remedy)
    }
}
