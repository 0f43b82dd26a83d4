import ArgumentParser
import Authoring
import Diagnostics
import Linux
import Presentation
import Values
import Verbs

struct InitCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write a configuration for this host",
        discussion: """
            Looks for two NICs that DPDK can drive and the host's network does not use, and for a disk image in \
            /var/lib/libvirt/images. \
            Sizes are the defaults, or smaller ones that fit the host. Standard error reports why each NIC is \
            used or not. \
            Nothing is overwritten.

            Exit codes: 0 on success, 1 if the host lacks what a configuration requires, or has several of it.

            Examples:
              pvpgen init
              pvpgen init --output=/etc/pvpgen/pvp.conf
              pvpgen init --nic=0000:17:00.0 --nic=0000:17:00.1
              pvpgen init --image=https://example.com/guest.qcow2
            """)

    @OptionGroup var root: RootOption

    @Option(
        help: ArgumentHelp("Use the NIC at this PCI address; can be set more than once.", valueName: "address"),
        transform: Self.address)
    var nic: [PCIAddress] = []

    @Option(help: ArgumentHelp("Use this disk image: a path or a URL.", valueName: "image"), completion: .file())
    var image: String?

    @Option(
        name: .customLong("output"),
        help: ArgumentHelp("Write to FILE, which must not exist, instead of standard output.", valueName: "file"),
        completion: .file(extensions: ["conf"]))
    var file: String?

    func run(_ output: VerbOutput) throws {
        let survey = try HostSurvey(reading: root.tree)
        for nic in survey.nics {
            printError("\(nic.address): \(nic.description)\n")
            if let objection = nic.objection { printError("  not used: \(objection.message)\n  \(objection.remedy)\n") }
        }
        switch try ConfigProposal.make(survey, wanted: nic, image: image) {
        case .success(let proposal):
            output.report(proposal.warnings)
            guard let file else { return output.print(proposal.text, terminator: "") }
            try UserFile.create(file, proposal.text)
        case .failure(let failure):
            output.report(failure.problems)
            throw ExitCode.failure
        }
    }

    private static func address(_ text: String) throws -> PCIAddress {
        guard let address = PCIAddress(text) else {
            throw ValidationError("expected a PCI address such as 0000:17:00.0, got '\(text)'")
        }
        return address
    }
}
