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
        (["pvpgen", "explain", "nic-sw"], ["nic-swapped"]),
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
        #expect(try bash(["pvpgen", "log", "--root", tree.path, "gu"]) == ["guest"])
        #expect(try bash(["pvpgen", "log", "--root", tree.path, "test"]) == ["testpmd"])
    }

    @Test func theBashScriptIsSound() throws {
        let tree = try Tree([
            "/script": try Program(name: "pvpgen").run(["--generate-completion-script", "bash"]).output
        ])
        let result = try Command(["bash", "-n", "\(tree.path)/script"]).run()
        #expect(result.status == 0 && result.output == "")
    }

    /// An interactive shell with the completions, for which a prompt is `ready>`.
    private enum Shell: String, CaseIterable {
        case fish
        case zsh

        func arguments(_ directory: String) -> [String] {
            switch self {
            case .fish:
                let start = "source \(directory)/_pvpgen; function fish_prompt; echo -n 'ready>'; end"
                return ["/usr/bin/fish", "--no-config", "--private", "-i", "-C", start]
            case .zsh: return ["/usr/bin/zsh", "-f", "-i"]
            }
        }
    }

    /// Types a line and Tab, and waits until the line on the screen is the completed one.
    private func complete(_ line: String, in shell: Shell, to completed: String) throws {
        let script = try Program(name: "pvpgen").run(["--generate-completion-script", shell.rawValue]).output
        let tree = try Tree(["/_pvpgen": script])
        let program = URL(filePath: try Program.path("pvpgen"))
        let terminal = try Terminal(rows: 24, columns: 200)
        let path = "PATH=\(program.deletingLastPathComponent().path):/usr/sbin:/usr/bin:/sbin:/bin"
        let child = try terminal.spawn(
            shell.arguments(tree.path), environment: ["TERM=dumb", "HOME=\(tree.path)", "PS1=ready>", path])
        defer {
            child.signal(SIGKILL)
            _ = try? child.reap()
        }
        var seen = try terminal.read(until: "ready>")
        if shell == .zsh {
            type("fpath=(\(tree.path) $fpath); autoload -Uz compinit; compinit -u -D; echo do''ne\n", terminal)
            seen = try terminal.read(until: "done\r\n")
            // The prompt may have come with it.
            let rest = seen.components(separatedBy: "done\r\n").last ?? ""
            _ = try terminal.read(until: "ready>", after: rest)
        }
        type("\(line)\t", terminal)
        _ = try terminal.read(until: completed)
    }

    private func type(_ text: String, _ terminal: Terminal) {
        #expect(terminal.descriptor.write(Array(text.utf8)) != nil)
    }

    @Test(arguments: [
        ("pvpgen expl", "explain"), ("pvpgen explain RingS", "RingSize"), ("pvpgen app", "apply"),
        ("pvpgen cat pvp.c", "pvp.conf"),
    ])
    func fishAndZshComplete(_ line: String, _ word: String) throws {
        let start = line.split(separator: " ").dropLast().joined(separator: " ")
        for shell in Shell.allCases { try complete(line, in: shell, to: "\(start) \(word)") }
    }

    @Test(arguments: ["console", "log", "ssh", "guest reset"]) func namesOfThePlanInFishAndZsh(_ verb: String) throws {
        let tree = try InstallTests.machine()
        let start = "pvpgen \(verb) --root \(tree.path) "
        for shell in Shell.allCases { try complete(start + "gu", in: shell, to: start + "guest") }
    }
}
