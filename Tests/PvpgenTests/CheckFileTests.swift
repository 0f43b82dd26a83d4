import Linux
import TestSupport
import Testing

/// `pvpgen check` of a file that is not in place yet.
@Suite struct CheckFileTests {
    private func check(_ tree: Tree, _ arguments: String..., input: String = "") throws -> Program.Result {
        try Program(name: "pvpgen").run(["check", "--config-only", "--root=\(tree.path)"] + arguments, input: input)
    }

    @Test func aFileIsCheckedInThePlaceOfTheMainFile() throws {
        let tree = try HostCase("01-example").tree
        let file = "\(tree.path)/new.conf"
        try tree.write("/new.conf", "[NIC]\nPCIAdress=0000:17:00.0\n")
        let result = try check(tree, "--config=\(file)")
        #expect(result.status == 78 && result.error.contains("\(file):2:1: error: unknown key 'PCIAdress' in [NIC]"))
        #expect(try check(tree).status == 0, "the file in place is not involved")
        let standardInput = try check(tree, "--config=-", input: "[Guest\n")
        #expect(standardInput.status == 78 && standardInput.error.hasPrefix("stdin:1:"), "\(standardInput.error)")
    }

    @Test func aDropInIsCheckedTogetherWithTheFilesInPlace() throws {
        let tree = try HostCase("01-example").tree
        let sound = try check(tree, "--config=-", "--as=50-guest.conf", input: "[Guest]\nName=guest\nMemory=2G\n")
        #expect(sound.status == 0 && sound.error == "", "\(sound.error)")
        let large = try check(tree, "--config=-", "--as=50-guest.conf", input: "[Guest]\nName=guest\nMemory=999G\n")
        #expect(large.status == 78 && large.error.contains("stdin:3:8: error: guest guest: 999 pages of 1G"))
    }

    @Test func aFileThatDoesNotExistIsAnError() throws {
        let result = try check(try HostCase("01-example").tree, "--config=/nowhere/new.conf")
        #expect(result.status == 1 && result.error.contains("/nowhere/new.conf: open: No such file or directory"))
    }

    @Test(arguments: [["--as=a.conf"], ["--config=-", "--as=a"], ["--config=-", "--as=x/a.conf"]])
    func wrongUsage(_ arguments: [String]) throws {
        #expect(try Program(name: "pvpgen").run(["check"] + arguments).status == 2)
    }
}
