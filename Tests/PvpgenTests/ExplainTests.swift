import Config
import Diagnostics
import Foundation
import JSON
import Linux
import Manual
import TestSupport
import Testing

@Suite struct ExplainTests {
    static func pvpgen(_ arguments: String...) throws -> Program.Result { try Program(name: "pvpgen").run(arguments) }

    @Test func aSettingAndItsValue() throws {
        let host = try HostCase("07-drop-ins")
        let result = try Self.pvpgen("explain", "Guest.Memory", "--root=\(host.tree.path)")
        #expect(
            result.status == 0
                && result.output == """
                    [Guest] Memory=
                      Specifies the memory of the guest, in hugepages on its NUMA node. Defaults to
                      4G.
                      Value    a size such as 512M or 4G
                      Syntax   A number of bytes. K, M, G, T, P and E behind it multiply by powers of 1024, B by 1; \
                    fractions such as 1.5G \
                    and sums such as 1G 512M, the largest first, may be written too
                      Unit     bytes
                      Default  4G
                      Since    0.1.0
                      Now      guest: 2G (/run/pvpgen/pvp.conf.d/20-guest.conf:4)

                    """,
            "\(result.output)")
    }

    @Test(arguments: ["ringsize", "[Guest]", "guest", "Memory=", "Host", "hugepages.pagesize"]) func findsBy(
        _ name: String
    ) throws {
        let result = try Self.pvpgen("explain", name)
        #expect(result.status == 0 && result.output.contains("Since"))
    }

    @Test func everySettingIsListed() throws {
        let lines = try Self.pvpgen("explain").output.split(separator: "\n")
        for setting in Config.documentation.flatMap(\.settings) {
            #expect(
                lines.contains { $0.hasPrefix("\(setting.key)=\(setting.defaultText)") && $0.hasSuffix(setting.line) })
        }
    }

    @Test func whatIsMisspelt() throws {
        let result = try Self.pvpgen("explain", "Memroy")
        #expect(result.status == 2 && result.output == "")
        #expect(
            result.error == "error: no setting, section or error code is called 'Memroy'\n  did you mean 'Memory'?\n")
        #expect(try Self.pvpgen("explain", "xyzzy").error.contains("run 'pvpgen explain' for a list"))
        #expect(try Self.pvpgen("explain", "nic-mising").error.hasSuffix("\n  did you mean 'nic-missing'?\n"))
    }

    @Test func anErrorCode() throws {
        let result = try Self.pvpgen("explain", "nic-missing")
        #expect(
            result.status == 0
                && result.output == """
                    nic-missing: The PCI device of a NIC does not exist
                      The machine has no PCI device at the address or path of a [NIC] section.
                      Causes   The card was removed or moved, the address is misspelled, or SR-IOV
                               has not created the virtual function.
                      Action   Compare with 'lspci -D' (paths: 'lspci -DP') and correct the [NIC]
                               section.

                    """,
            "\(result.output)")
        #expect(try Self.pvpgen("explain", "NIC-MISSING").status == 2)
    }

    /// `[Testpmd]` is a section, and a code is the same word.
    @Test func aNameOfBothIsExplainedAsBoth() throws {
        let output = try Self.pvpgen("explain", "testpmd").output
        #expect(
            output.contains("[Testpmd] Binary=\n") && output.contains("\n\ntestpmd: testpmd ended with an error\n"),
            "\(output)")
    }

    @Test func everyCodeIsListed() throws {
        let lines = try Self.pvpgen("explain").output.split(separator: "\n")
        for code in CodeGroup.all.flatMap(\.codes).map(\.code.rawValue) {
            #expect(lines.contains { $0.hasPrefix(code + " ") }, "\(code)")
        }
    }

    @Test func aCodeAsJSON() throws {
        let result = try JSON(Array(Self.pvpgen("explain", "nic-missing", "--json").output.utf8))
        let entry = try #require(result["codes"]?.array?.first)
        #expect(
            result["codes"]?.array?.count == 1 && result["settings"]?.array == [] && entry["code"] == "nic-missing"
                && entry["title"] == "The PCI device of a NIC does not exist")
        #expect(["meaning", "causes", "action"].allSatisfy { entry[$0]?.string?.hasSuffix(".") == true })
    }

    @Test func asJSON() throws {
        let host = try HostCase("07-drop-ins")
        let result = try JSON(Array(Self.pvpgen("explain", "VCPUs", "--json", "--root=\(host.tree.path)").output.utf8))
        let setting = try #require(result["settings"]?.array?.first)
        #expect(
            setting["key"]?.string == "VCPUs" && setting["unit"]?.string == "vCPUs"
                && setting["default"]?.string == "auto")
        let value = try #require(setting["values"]?.array?.first)
        #expect(
            value["value"]?.string == "2" && value["file"]?.string == "/run/pvpgen/pvp.conf.d/20-guest.conf"
                && value["line"]?.int == 3)
    }
}
