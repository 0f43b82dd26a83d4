import Foundation
import JSON
import Linux
import TestSupport
import Testing

/// What every verb has: help with examples, `--root=` and the same exit codes.
@Suite struct ExitCodeTests {
    static let verbs = [
        "init", "edit", "check", "plan", "generate", "diff", "install", "apply", "uninstall", "status", "verify",
        "report", "top",
        "metrics", "console", "start", "stop", "restart", "log",
        "ssh", "explain",
        "cat",
    ]

    @Test func theseAreTheVerbs() throws {
        let help = try JSON(Array(try Program(name: "pvpgen").run(["--experimental-dump-help"]).output.utf8))
        let verbs = (help["command"]?["subcommands"]?.array ?? []).filter { $0["shouldDisplay"] == true }.compactMap {
            $0["commandName"]?.string
        }
        // import and compare have no machine to work on: they read files. guest and build have
        // verbs of their own. measure has no tree to work on: it needs a running chain.
        let others: Set = ["help", "import", "compare", "guest", "build", "measure"]
        #expect(Set(verbs).subtracting(others) == Set(Self.verbs))
    }

    @Test(arguments: verbs) func wrongUsageIs2(_ verb: String) throws {
        for arguments in [[verb, "--frobnicate"], [verb, "one", "too", "many"], [verb, "--root"]] {
            let result = try Program(name: "pvpgen").run(arguments)
            #expect(
                result.status == 2 && result.output == "" && result.error.contains("Error"), "\(arguments) \(result)")
        }
    }

    @Test(arguments: verbs) func helpHasExamples(_ verb: String) throws {
        let result = try Program(name: "pvpgen").run([verb, "--help"])
        #expect(result.status == 0 && result.output.contains("Examples:\n") && result.output.contains("pvpgen \(verb)"))
        // What is stopped are the units of this machine, whatever the configuration.
        #expect(result.output.contains("--root") || verb == "stop")
    }

    /// Verbs that need a configuration.
    @Test(arguments: [
        "check", "plan", "generate", "install", "apply", "status", "verify", "report", "ssh", "cat", "start", "restart",
    ]) func noConfigurationIs78(_ verb: String)
        throws
    {
        let result = try InstallTests.pvpgen(verb, try Tree())
        #expect(result.status == 78 && result.error.contains("/etc/pvpgen/pvp.conf: not found"), "\(result)")
    }

    @Test(arguments: [
        ["check"], ["plan"], ["generate"], ["diff"], ["install"], ["apply"], ["verify"], ["report"],
        ["cat", "testpmd"],
    ]) func mistakesAre78(
        _ arguments: [String]
    ) throws {
        let tree = try Tree(["/etc/pvpgen/pvp.conf": "[Host]\nAutostrat=yes\n"])
        let result = try Program(name: "pvpgen").run(arguments + ["--root=\(tree.path)"])
        #expect(
            result.status == 78 && result.output == "" && result.error.hasPrefix("/etc/pvpgen/pvp.conf:2:1: error: "),
            "\(result)")
    }

    @Test func checkAsJSON() throws {
        let tree = try Tree(["/etc/pvpgen/pvp.conf": "[Host]\nAutostrat=yes\n"])
        let result = try Program(name: "pvpgen").run(["check", "--json", "--root=\(tree.path)"])
        #expect(result.status == 78 && result.error == "")
        let problem = try #require(try JSON(Array(result.output.utf8))["problems"]?.array?.first)
        #expect(
            problem == [
                "code": "unknown-key", "severity": "error", "message": "unknown key 'Autostrat' in [Host]",
                "remedy": "did you mean 'Autostart'?", "file": "/etc/pvpgen/pvp.conf", "line": 2, "column": 1,
            ])
        let sound = try CheckTests.sound()
        let good = try Program(name: "pvpgen").run(["check", "--json", "--config-only", "--root=\(sound.path)"])
        #expect(good.status == 0)
        #expect(
            try JSON(Array(good.output.utf8)) == [
                "schema": "pvpgen.check/1", "changed": false, "problems": [], "reboot_required": false,
                "reboot_reasons": [],
            ])
    }
}
