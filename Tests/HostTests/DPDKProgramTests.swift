import HostActions
import Linux
import TestSupport
import Testing

@Suite("How a program is linked with DPDK")
struct DPDKProgramTests {
    private static let program = "/opt/dpdk/bin/dpdk-testpmd"

    /// What is found of a program with this content, beside these directories.
    private func read(_ content: [UInt8], directories: [String] = []) throws -> DPDKProgram {
        let tree = try Tree()
        try tree.directory("/opt/dpdk/bin")
        try tree.root.replace(Self.program, with: content, mode: 0o755)
        for directory in directories { try tree.directory(directory) }
        return DPDKProgram(Self.program, in: tree.root)
    }

    @Test("The testpmd of this machine is linked with libraries, and their drivers are found")
    func installed() {
        let program = DPDKProgram("/usr/bin/dpdk-testpmd", in: .machine)
        #expect(program.linkage == .shared(abi: 23))
        #expect(program.drivers == "/usr/lib/x86_64-linux-gnu/dpdk/pmds-23.0")
    }

    @Test("The drivers are those of the program's own ABI, whatever else is installed")
    func directories() throws {
        let installed = [
            "/usr/local/lib/x86_64-linux-gnu/dpdk/pmds-26.0", "/usr/lib64/dpdk/pmds-25.0", "/usr/lib64/dpdk/pmds-25.2",
        ]
        func program(_ library: String, _ runpath: String? = nil) throws -> DPDKProgram {
            let content = ELFFile.program(libraries: ["libc.so.6", library], runpath: runpath)
            return try read(content, directories: installed + ["/opt/dpdk/lib/dpdk/pmds-26.0"])
        }
        #expect(try program("librte_eal.so.25").drivers == "/usr/lib64/dpdk/pmds-25.2")
        #expect(try program("librte_eal.so.26").drivers == "/usr/local/lib/x86_64-linux-gnu/dpdk/pmds-26.0")
        #expect(
            try program("librte_eal.so.26", "/opt/x:/opt/dpdk/lib/dpdk/pmds-26.0").drivers
                == "/opt/dpdk/lib/dpdk/pmds-26.0")
        let without = try program("librte_eal.so.23")
        #expect(without.linkage == .shared(abi: 23) && without.drivers == nil)
    }

    @Test("A program without DPDK's libraries is static, a script or nothing is unknown")
    func others() throws {
        #expect(try read(ELFFile.program(libraries: ["libc.so.6"])).linkage == .static)
        #expect(try read(Array("#!/bin/sh\n".utf8)).linkage == .unknown)
        #expect(try read([]).linkage == .unknown)
        #expect(DPDKProgram("/nonexistent", in: .machine).linkage == .unknown)
    }

    @Test("A damaged file is read without harm: every length, and every byte of the headers set to 0xff")
    func damaged() {
        let sound = ELFFile.program(libraries: ["librte_eal.so.25"], runpath: "/opt/dpdk")
        func libraries(_ bytes: [UInt8]) -> [String]? { bytes.withUnsafeBytes { SharedLibraries(in: $0)?.names } }
        #expect(libraries(sound) == ["librte_eal.so.25"])
        for length in sound.indices { #expect((libraries(Array(sound[..<length])) ?? []).count <= 1) }
        for position in sound.indices {
            var damaged = sound
            damaged[position] = 0xff
            #expect((libraries(damaged) ?? []).count <= 1)
        }
    }
}
