import Foundation
import HostActions
import Linux
import TestSupport
import Testing

@Suite("Which program a file or process is")
struct ProgramIdentityTests {
    /// The build identifier as readelf(1) prints it.
    private static func readelf(_ file: String) throws -> String? {
        try Command(["env", "LC_ALL=C", "readelf", "--notes", file]).run().output.split(separator: "\n").first {
            $0.contains("Build ID: ")
        }?.split(separator: " ").last.map(String.init)
    }

    private static func buildID(_ bytes: [UInt8]) -> String? { bytes.withUnsafeBytes { ELFBuildID(in: $0)?.text } }

    @Test("The identifier is that which readelf prints", arguments: ["/usr/bin/true", "/usr/bin/dpdk-testpmd"])
    func installed(_ file: String) throws {
        let text = try #require(try Self.readelf(file))
        #expect(ProgramIdentity(file: file, in: .machine).buildID == text && text.count == 40)
        #expect(ProgramIdentity(file: file, in: .machine).description == "\(file), build ID \(text)")
    }

    @Test("Another file, and one without an identifier, have none")
    func without() throws {
        #expect(Self.buildID([]) == nil && Self.buildID(Array("#!/bin/sh\n".utf8)) == nil)
        #expect(Self.buildID(ELFFile.program(libraries: ["libc.so.6"])) == nil)
        let identity = ProgramIdentity(file: "/none", in: .machine)
        #expect(identity.buildID == nil && identity.description == "/none, no build ID")
    }

    @Test("A file that is cut off or damaged anywhere is read without an error, and an identifier is never invented")
    func damaged() throws {
        let whole = try Root.machine.bytes("/usr/bin/true", limit: 4096)
        let text = Self.buildID(whole)
        #expect(text != nil)
        for count in stride(from: 0, to: 1400, by: 1) {
            let found = Self.buildID(Array(whole.prefix(count)))
            #expect(found == nil || found == text)
        }
        for position in 0..<1024 {
            var changed = whole
            changed[position] = 0xff
            let found = Self.buildID(changed)
            #expect(found == nil || found?.count == 40 || found.map { $0.utf8.count % 2 == 0 } == true)
        }
    }

    @Test("A process whose file was replaced is still the program that was started")
    func replaced() throws {
        let tree = try Tree()
        let program = tree.path + "/program"
        #expect(try Command(["cp", "/usr/bin/sleep", program]).run().status == 0)
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["60"]
        try process.run()
        defer {
            // A test runner may have SIGTERM blocked.
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        let id = Int(process.processIdentifier)
        let file = ProgramIdentity(file: program, in: .machine)
        #expect(ProgramIdentity(process: id, in: .machine) == file)
        #expect(try Command(["cp", "--remove-destination", "/usr/bin/true", program]).run().status == 0)
        let running = ProgramIdentity(process: id, in: .machine)
        #expect(running == file && running != ProgramIdentity(file: program, in: .machine))
        #expect(ProgramIdentity(process: 1 << 30, in: .machine) == nil)
    }

    @Test("A testpmd is found by its options, whatever its program is called; its console is not one")
    func testpmd() throws {
        let tree = try Tree([
            "/proc/10/cmdline": "/usr/lib/pvpgen/pvp-console\0--\0/x/testpmd\0-l\01\0--file-prefix=testpmd\0",
            "/proc/20/cmdline": "/x/mine\0-l\01\0--file-prefix=testpmd-1\0--\0-i\0", "/proc/self/cmdline": "x\0",
            "/proc/30/cmdline": "", "/proc/31/cmdline": "/usr/bin/dpdk-proc-info\0--file-prefix=testpmd\0",
            "/proc/32/cmdline": "strace\0-f\0/x/mine\0-l\01\0--file-prefix=testpmd\0--\0-i\0",
            "/proc/40/cmdline": "/x/mine\0-l\01\0--file-prefix=testpmd\0",
        ])
        #expect(TestpmdProcess(named: "testpmd", in: tree.root)?.id == 40)
        #expect(TestpmdProcess(named: "testpmd-1", in: tree.root)?.id == 20)
        #expect(TestpmdProcess(named: "test", in: tree.root) == nil)
        #expect(!TestpmdProcess.isTestpmd([], named: "testpmd"))
    }
}
