import Diagnostics
import JSON
import Testing
import Values

@testable import Import

@Suite struct TranslationTests {
    private func translate(_ texts: String...) throws -> Translation {
        Translation(
            try texts.enumerated().map { try VariableFile(name: "\($0.offset).yml", bytes: Array($0.element.utf8)) })
    }

    @Test("JSON has the configuration, and what became of each variable with its place")
    func json() throws {
        let result = try translate("guest_name: vm\nnics: [0000:17:00.0]\ntestpmd_session: old\ncrystal: 1\n")
        #expect(result.json["config"]?.string == result.text)
        let variables = result.json["variables"]?.array ?? []
        func variable(_ name: String) -> JSON? { variables.first { $0["variable"]?.string == name } }
        let placed = variable("guest_name")
        #expect(placed?["outcome"] == "placed" && placed?["settings"]?.array == ["[Guest] Name=vm"], "\(variables)")
        #expect(placed?["file"] == "0.yml" && placed?["line"]?.int == 1 && placed?["column"]?.int == 13)
        #expect(variable("testpmd_session")?["outcome"] == "left" && variable("testpmd_session")?["why"]?.string != nil)
        #expect(variable("crystal")?["outcome"] == "unknown")
    }

    @Test("JSON has no configuration when there are errors, but has the errors")
    func jsonOfErrors() throws {
        let result = try translate("local_image_file: \"a\\tb\"\n")
        #expect(result.json["config"] == .null && result.problems.hasError, "\(result.json)")
    }

    @Test func aPlaybookBecomesAConfiguration() throws {
        let result = try translate(
            """
            ---
            - hosts: servers
              tasks:
                - import_role:
                    name: virtio-host
                  vars:
                    nics:
                      - 0000:17:00.0
                      - "0000:17:00.1"
                    guest_name: vm
                    local_image_file: /srv/vm.qcow2
                    cmdline_options: default_hugepagesz=1G hugepagesz=1G hugepages=8 isolcpus=4-9 nohz_full=4-9 \
            intel_iommu=on mce=ignore_ce
                    testpmd_session: old
                    guest_mgt_mac: 52:54:00:f2:2f:4f
                    guest_mgt_ip: 192.168.200.10
                    crystal: 1
            """)
        #expect(result.problems.isEmpty)
        #expect(
            result.text == """
                # Written by pvpgen import from 0.yml.

                [Host]
                IsolatedCPUs=4-9
                KernelArguments=mce=ignore_ce

                [Hugepages]
                PageSize=1G
                Pages=8

                [NIC]
                PCIAddress=0000:17:00.0

                [NIC]
                PCIAddress=0000:17:00.1

                [Testpmd]

                [Guest]
                Name=vm
                Image=/srv/vm.qcow2
                MACAddress=52:54:00:f2:2f:4f
                Address=192.168.200.10

                """)
        #expect(
            result.findings.map(\.variable) == [
                "nics", "guest_name", "local_image_file", "cmdline_options", "testpmd_session", "guest_mgt_mac",
                "guest_mgt_ip", "crystal",
            ])
        #expect(result.findings.last?.outcome == .unknown)
        #expect(result.findings.last?.line.hasPrefix("0.yml:16:18: crystal is unknown") == true)
        #expect(result.findings[4].line.contains("journalctl -u testpmd"))
    }

    @Test func whatIsNotGivenIsTheRolesDefault() throws {
        let result = try translate("- hosts: all\n  roles:\n    - virtio-host\n")
        #expect(
            result.problems.isEmpty && result.text.contains("PCIAddress=0000:04:00.1")
                && result.text.contains("Pages=6"))
        #expect(result.findings.allSatisfy { $0.location == nil })
    }

    @Test("an IOMMU for the guest is a setting, and a value that is no boolean is reported")
    func iommu() throws {
        let result = try translate("nics: [0000:01:00.0]\nguest_iommu: on\n")
        #expect(result.problems.isEmpty && result.text.contains("IOMMU=on\n"))
        #expect(try translate("nics: [0000:01:00.0]\niommu: banana\n").problems.map(\.code) == [.value])
    }

    @Test func theLaterFileWins() throws {
        let result = try translate("nics: [0000:01:00.0]\nguest_name: a\n", "guest_name: b\n")
        #expect(result.text.contains("Name=b\n") && !result.text.contains("Name=a\n"))
        #expect(result.findings.filter { $0.variable == "guest_name" }.map(\.location?.file) == ["1.yml"])
    }

    @Test func anotherRolesVariablesStayApart() throws {
        let result = try translate(
            """
            - hosts: servers
              vars: { guest_name: weak }
              roles:
                - { role: virtio-host, nics: ["0000:17:00.0"], guest_name: strong }
                - role: trex
                  vars: { nics: ["0000:99:00.0"] }
            """)
        #expect(result.problems.isEmpty && result.text.contains("17:00.0") && !result.text.contains("99:00.0"))
        #expect(result.text.contains("Name=strong"))
    }

    @Test func anInventory() throws {
        let result = try translate(
            """
            all:
              children:
                kvm-hosts:
                  hosts:
                    server: { ansible_host: 192.0.2.1, nics: ["0000:17:00.0"] }
                injectors:
                  hosts:
                    other: { nics: ["0000:99:00.0"] }
            """)
        #expect(result.problems.isEmpty && result.text.contains("17:00.0") && !result.text.contains("99:00.0"))
    }

    @Test func theGuestsImageAndKey() throws {
        let result = try translate(
            "nics: [\"0000:17:00.0\"]\nguest_name: vm\nremote_image: https://example.com/a.qcow2\n"
                + "local_image_file: /srv/a.qcow2\nguest_pubkey: id.pub\n"
        )
        #expect(result.problems.map(\.code) == [.keyRemote] && result.problems.first?.severity == .warning)
        #expect(result.problems.first?.remedy == "copy that file to /etc/pvpgen/id.pub on this host")
        #expect(
            result.text.hasSuffix(
                """
                [Guest]
                Name=vm
                Image=https://example.com/a.qcow2
                ImageFile=/srv/a.qcow2
                SSHKey=/etc/pvpgen/id.pub
                Prepare=sysprep
                Uninstall=cloud-init

                """))
    }

    @Test func anImageThatIsFetchedHasAPlace() throws {
        let result = try translate(
            "nics: [\"0000:17:00.0\"]\nremote_image: https://example.com/a.qcow2\nguest_pubkey: /root/id.pub\n")
        #expect(result.problems.isEmpty && !result.text.contains("ImageFile="), "\(result.text)")
        #expect(result.text.contains("SSHKey=/root/id.pub\n"))
        #expect(!result.findings.contains { $0.variable == "local_image_file" })
    }

    @Test func expressionsThatNameAVariable() throws {
        let result = try translate(
            "pool: /srv\nmy: [\"0000:17:00.0\"]\nnics: '{{ my }}'\nlocal_image_file: '{{ pool }}/vm.qcow2'\n")
        #expect(
            result.problems.isEmpty && result.text.contains("Image=/srv/vm.qcow2\n")
                && result.text.contains("PCIAddress=0000:17:00.0\n"))
        #expect(!result.findings.contains { $0.outcome == .unknown })
    }

    @Test(arguments: [
        ("local_image_file: \"{{ lookup('env', 'X') }}\"", "expression"),
        ("local_image_file: '{{ local_image_file }}'", "expression"),
        ("local_image_file: {{ x }}", "value"), ("local_image_file: relative", "value"), ("nics: [banana]", "value"),
        ("nics:", "value"),
        ("crystal: 1", "no-variables"), ("", "no-variables"), ("local_image_file: \"/a\\nName=b\"", "value"),
    ])
    func reports(_ text: String, _ code: String) throws {
        let result = try translate(text)
        #expect(result.problems.contains { $0.code.rawValue == code && $0.severity == .error }, "\(result.problems)")
    }

    @Test(arguments: [
        ("a: [1\n", 2, 1), ("a: b: c\n", 1, 5), ("a: 1\na: 2\n", 1, 1),
        ("- hosts: s\n  roles:\n     -role: x\n      vars:\n", 4, 11),
    ])
    func whatIsNotYAML(_ text: String, _ line: Int, _ column: Int) {
        let problem = #expect(throws: Problem.self) { try VariableFile(name: "a.yml", bytes: Array(text.utf8)) }
        #expect(problem?.code == .yaml)
        #expect(
            problem?.location?.line == line && problem?.location?.column == column, "\(String(describing: problem))")
    }

    @Test(arguments: [
        String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000), "\u{0}", "{{{{", "%",
        "\u{FEFF}", "&a [*a]",
    ])
    func survivesNoise(_ text: String) {
        do throws(Problem) {
            #expect(!Translation([try VariableFile(name: "a.yml", bytes: Array(text.utf8))]).problems.isEmpty)
        } catch {
            #expect(error.code == .yaml || error.code == .noVariables)
        }
    }
}

@Suite struct KernelCommandLineTests {
    @Test func flagsOfIsolcpusAndSizesOfPages() {
        let line = KernelCommandLine(
            "hugepagesz=2048K hugepages=512 default_hugepagesz=1048576K hugepagesz=1024M hugepages=0:4,1:2 "
                + "isolcpus=managed_irq,domain,2-7"
        )
        #expect(line.isolatedCPUs == "2-7" && line.pageSize == "1G" && line.pages == "0:4 1:2")
        #expect(line.left.map(\.argument) == ["hugepages=512"])
    }

    @Test func withoutASizePagesAreTheKernelsOwn() {
        let line = KernelCommandLine("hugepages=512")
        #expect(line.pageSize == "2M" && line.pages == "512")
    }

    @Test func unsupportedValuesAreReported() {
        let line = KernelCommandLine("dyndbg=\"file\" isolcpus=banana quiet")
        #expect(line.others == ["quiet"] && line.left.count == 2)
    }
}
