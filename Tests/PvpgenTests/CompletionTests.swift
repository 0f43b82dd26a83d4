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
        (["pvpgen", "check", "--conf"], ["--config-only"]),
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

    @Test(arguments: ["zsh", "fish"]) func thereAreOthers(_ shell: String) throws {
        let result = try Program(name: "pvpgen").run(["--generate-completion-script", shell])
        #expect(result.status == 0 && result.output.contains("explain"))
    }
}
