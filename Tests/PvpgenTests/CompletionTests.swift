import Foundation
import Linux
import TestSupport
import Testing

/// The scripts that `make install` installs, in the shells that they are for.
@Suite struct CompletionTests {
    /// What bash offers for the last of these words.
    private func bash(_ words: [String]) throws -> [String] {
        let script = """
            source /dev/stdin
            COMP_WORDS=("${@:2}") COMP_CWORD=$(($# - 2)) COMP_LINE="${*:2}" COMP_POINT=${#COMP_LINE}
            PATH="$1:$PATH"
            _pvpgen pvpgen "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let program = URL(filePath: try Program.path("pvpgen"))
        let tree = try Tree([
            "/script": script,
            "/completions": try Program(name: "pvpgen").run(["--generate-completion-script", "bash"]).output,
        ])
        let shell = ["bash", "-c", "exec bash \(tree.path)/script \"$@\" <\(tree.path)/completions", "bash"]
        let result = try Command(shell + [program.deletingLastPathComponent().path] + words).run()
        #expect(result.status == 0, "\(result.output)")
        return result.output.split(separator: "\n").map(String.init)
    }

    @Test(arguments: [
        (["pvpgen", "expl"], ["explain"]), (["pvpgen", "explain", "RingS"], ["RingSize"]),
        (["pvpgen", "explain", "Guest.Me"], ["Guest.Memory"]), (["pvpgen", "explain", "Hug"], ["Hugepages"]),
        (["pvpgen", "explain", "nic-s"], ["nic-swapped"]),
        (["pvpgen", "check", "--config-"], ["--config-only"]),
        (["pvpgen", "install", "--boot-loader", "system"], ["systemd-boot"]), (["pvpgen", "app"], ["apply"]),
        (["pvpgen", "cat", "pvp.c"], ["pvp.conf"]),
    ])
    func bashCompletes(_ words: [String], _ offered: [String]) throws {
        #expect(try bash(words) == offered)
    }

    @Test func consolesOfThePlan() throws {
        let tree = try InstallTests.machine()
        #expect(try bash(["pvpgen", "console", "--root", tree.path, ""]) == ["testpmd", "guest"])
        #expect(try bash(["pvpgen", "console", "--root", tree.path, "gu"]) == ["guest"])
    }

    @Test func theBashScriptIsSound() throws {
        let tree = try Tree([
            "/script": try Program(name: "pvpgen").run(["--generate-completion-script", "bash"]).output
        ])
        let result = try Command(["bash", "-n", "\(tree.path)/script"]).run()
        #expect(result.status == 0 && result.output == "")
    }

    /// What fish offers, without the descriptions.
    private func fish(_ line: String) throws -> [String] {
        let tree = try Tree([
            "/pvpgen.fish": try Program(name: "pvpgen").run(["--generate-completion-script", "fish"]).output
        ])
        let program = URL(filePath: try Program.path("pvpgen"))
        let script = "set PATH $argv[1] $PATH; source $argv[2]; complete -C $argv[3]"
        let result = try Command([
            "env", "HOME=\(tree.path)", "fish", "--no-config", "-c", script, program.deletingLastPathComponent().path,
            tree.path + "/pvpgen.fish", line,
        ]).run()
        #expect(result.status == 0, "\(result.output)")
        return result.output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
    }

    /// A line as it is on the screen of an interactive zsh after Tab.
    private func zsh(_ line: String, until text: String) throws -> String {
        let tree = try Tree([
            "/functions/_pvpgen": try Program(name: "pvpgen").run(["--generate-completion-script", "zsh"]).output
        ])
        let program = URL(filePath: try Program.path("pvpgen"))
        let terminal = try Terminal(rows: 24, columns: 200)
        let environment = [
            "TERM=dumb", "HOME=\(tree.path)", "PS1=ready>",
            "PATH=\(program.deletingLastPathComponent().path):/usr/sbin:/usr/bin:/sbin:/bin",
        ]
        let child = try terminal.spawn(["/usr/bin/zsh", "-f", "-i"], environment: environment)
        defer {
            child.signal(SIGKILL)
            _ = try? child.reap()
        }
        _ = try terminal.read(until: "ready>")
        let setup = "fpath=(\(tree.path)/functions $fpath); autoload -Uz compinit; compinit -u -D; echo do''ne\n"
        #expect(terminal.descriptor.write(Array(setup.utf8)) != nil)
        _ = try terminal.read(until: "done\r\n")
        _ = try terminal.read(until: "ready>")
        #expect(terminal.descriptor.write(Array("\(line)\t".utf8)) != nil)
        return try terminal.read(until: text)
    }

    @Test(arguments: [
        ("pvpgen expl", "explain"), ("pvpgen explain RingS", "RingSize"), ("pvpgen app", "apply"),
        ("pvpgen cat pvp.c", "pvp.conf"),
    ])
    func fishAndZshComplete(_ line: String, _ word: String) throws {
        #expect(try fish(line) == [word])
        let end = line.split(separator: " ").dropLast().joined(separator: " ") + " " + word
        #expect(try zsh(line, until: end).contains(end))
    }

    @Test func namesOfThePlanInFishAndZsh() throws {
        let tree = try InstallTests.machine()
        for verb in ["console", "ssh", "guest reset"] {
            let line = "pvpgen \(verb) --root \(tree.path) gu"
            #expect(try fish(line) == ["guest"])
            let end = line.dropLast(2) + "guest"
            #expect(try zsh(line, until: String(end)).contains(end))
        }
    }
}
