import ArgumentParser
import Diagnostics
import Import
import JSON
import Linux
import Presentation
import Verbs

struct ImportCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Convert the variables of the Ansible role virtio-host",
        discussion: """
            FILE is a playbook, a vars file, an inventory in YAML, or a file of host_vars or group_vars; \
            '-' is standard input. \
            If several files set a variable, the last one applies. Standard error reports the new place of each \
            variable, or why it has none.

            Examples:
              pvpgen import benchmark.yml
              pvpgen import hosts.yml server1.yml --output=/etc/pvpgen/pvp.conf
              ansible-inventory --yaml --list | pvpgen import -
            """)

    @Argument(
        help: ArgumentHelp("Files to convert; '-' is standard input.", valueName: "file"),
        completion: .file(extensions: ["yml", "yaml"]))
    var files: [String]

    @Option(
        name: .customLong("output"), help: ArgumentHelp("Write to FILE instead of standard output.", valueName: "file"),
        completion: .file(extensions: ["conf"]))
    var target: String?

    @Flag(help: "Overwrite the output file.")
    var force = false

    @OptionGroup var format: JSONOption

    var document: Document.Kind? { format.json ? .import : nil }

    func run(_ output: VerbOutput) throws {
        let result = Translation(try files.map(variables))
        output.add(result.json)
        if !output.isJSON { for finding in result.findings { printError(finding.line + "\n") } }
        if output.report(result.problems) { throw ExitCode.failure }
        if !output.isJSON { printError(Translation.fixed + "\n") }
        guard let target else { return output.print(result.text, terminator: "") }
        try write(result.text, to: UserFile.absolute(target))
        output.markChanged()
    }

    private func variables(_ file: String) throws(Problem) -> VariableFile {
        try VariableFile(name: file == "-" ? "stdin" : file, bytes: UserFile.read(file))
    }

    private func write(_ text: String, to path: String) throws(Problem) {
        if force { return try UserFile.write(path, text) }
        try UserFile.create(path, text, remedy: "name another file, or set --force")
    }
}
