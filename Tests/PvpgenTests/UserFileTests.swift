import Diagnostics
import Foundation
import Linux
import TestSupport
import Testing

@Suite struct UserFileTests {
    let host: HostCase

    init() throws { host = try HostCase("01-example") }

    /// After a power loss the name stands for the old content or the new, not for an empty file.
    @Test("A file is on the disk before it has its name, and the name after")
    func order() throws {
        let tree = try Tree()
        let strace = [
            "strace", "-f", "-qq", "-y", "-o", "\(tree.path)/log", "-e", "trace=openat,write,fsync,renameat,renameat2",
        ]
        let plan = [try Program.path("pvpgen"), "plan", "--root=\(host.tree.path)", "--output=\(tree.path)/plan"]
        #expect(try Command(strace + plan).run().status == 0)
        let calls = try tree.text("/log").split(separator: "\n").filter { $0.contains(tree.path) }.drop {
            !$0.contains("O_EXCL")
        }
        let names = calls.compactMap { $0.split(separator: " ").dropFirst().first?.prefix { $0 != "(" } }
        #expect(names == ["openat", "write", "fsync", "renameat", "fsync"], "\(calls)")
        #expect(calls.first?.contains("0666) = ") == true && calls[calls.startIndex + 2].contains(".#"))
        #expect(try tree.root.status("/plan").mode == 0o644 && tree.root.list("/") == ["log", "plan"])
    }

    private func plan(to file: String, _ prefix: [String] = []) throws -> (status: Int32, output: String) {
        let call = [try Program.path("pvpgen"), "plan", "--root=\(host.tree.path)", "--output=\(file)"]
        let result = try Command(prefix + call).run()
        return (result.status, result.output)
    }

    private func kind(_ path: String) throws -> FileAttributeType? {
        try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    }

    @Test("Output to a link to a device is written to the device, and the link stays")
    func linkToDevice() throws {
        let tree = try Tree()
        try tree.link("/null", "/dev/null")
        try tree.link("/link", "null")
        #expect(try plan(to: "\(tree.path)/link").status == 0)
        #expect(try kind("\(tree.path)/link") == .typeSymbolicLink && kind("\(tree.path)/null") == .typeSymbolicLink)
        #expect(try kind("/dev/null") == .typeCharacterSpecial)
    }

    @Test("Output to standard output by its path is written after earlier output")
    func standardOutput() throws {
        let tree = try Tree()
        try tree.link("/stdout", "/proc/self/fd/1")
        let script = "echo first; \"$@\""
        let (status, output) = try plan(to: "\(tree.path)/stdout", ["sh", "-c", script, "sh"])
        #expect(status == 0 && output.hasPrefix("first\n") && output.contains("testpmd"), "\(output)")
        let file = "exec > \(tree.path)/file; " + script
        #expect(try plan(to: "\(tree.path)/stdout", ["sh", "-c", file, "sh"]).status == 0)
        #expect(try String(decoding: tree.root.bytes("/file"), as: UTF8.self) == output)
        #expect(try kind("\(tree.path)/stdout") == .typeSymbolicLink)
    }

    @Test("Output to a FIFO is given to its reader")
    func fifo() throws {
        let tree = try Tree()
        let script = "mkfifo $0/fifo; cat $0/fifo & \"$@\" && wait"
        let (status, output) = try plan(to: "\(tree.path)/fifo", ["sh", "-c", script, tree.path])
        #expect(status == 0 && output.contains("testpmd"), "\(output)")
        #expect(try tree.root.list("/") == ["fifo"])
    }

    @Test("Output to a full device, a closed descriptor or a directory fails")
    func failure() throws {
        let tree = try Tree()
        try tree.link("/full", "/dev/full")
        let full = try plan(to: "\(tree.path)/full")
        #expect(full.status == 1 && full.output.contains("/full: write: No space left on device"), "\(full)")
        try tree.link("/stdout", "/proc/self/fd/1")
        #expect(try plan(to: "\(tree.path)/stdout", ["sh", "-c", "\"$@\" >&-", "sh"]).status == 1)
        #expect(try plan(to: tree.path).status == 1)
        #expect(try tree.root.list("/") == ["full", "stdout"])
    }

    @Test("Output through a link replaces the file that the link leads to")
    func linkToFile() throws {
        let tree = try Tree(["/directory/file": "before"])
        try tree.link("/link", "directory/file")
        try tree.link("/dangling", "directory/new")
        for name in ["link", "dangling"] {
            #expect(try plan(to: "\(tree.path)/\(name)").status == 0)
            #expect(try kind("\(tree.path)/\(name)") == .typeSymbolicLink)
        }
        #expect(try tree.text("/directory/file").contains("testpmd") && tree.text("/directory/new").contains("testpmd"))
        try tree.link("/loop", "loop")
        let loop = try plan(to: "\(tree.path)/loop")
        #expect(loop.status == 1 && loop.output.contains("Too many levels of symbolic links"), "\(loop)")
    }

    @Test("An existing output file keeps its owner and mode, a new one has the mode of the umask")
    func mode() throws {
        let tree = try Tree(["/file": "before"])
        #expect(try Command(["chmod", "0600", "\(tree.path)/file"]).run().status == 0)
        #expect(try Command(["chown", "65534:65533", "\(tree.path)/file"]).run().status == 0)
        let umask = ["sh", "-c", "umask 027; \"$@\"", "sh"]
        #expect(try plan(to: "\(tree.path)/file", umask).status == 0)
        #expect(try plan(to: "\(tree.path)/new", umask).status == 0)
        let status = try Command(["stat", "-c", "%a %u %g", "\(tree.path)/file", "\(tree.path)/new"]).run()
        #expect(status.output == "600 65534 65533\n640 0 0\n")
    }

    @Test("An existing file, a dangling link and a file of the last moment are not overwritten")
    func creation() throws {
        let tree = try Tree(["/file": "before"])
        try tree.link("/dangling", "none")
        for name in ["file", "dangling"] {
            do throws(Problem) {
                try UserFile.create("\(tree.path)/\(name)", "text")
                Issue.record("\(name) is overwritten")
            } catch {
                #expect(error.code == .fileExists && error.message == "\(tree.path)/\(name): already exists")
            }
        }
        #expect(try tree.text("/file") == "before" && tree.root.link("/dangling") == "none")
        #expect(try tree.root.list("/") == ["dangling", "file"])
    }

    @Test("A file system without a rename that replaces nothing gets a link", arguments: ["EINVAL", "ENOSYS"])
    func withoutRename(_ code: String) throws {
        let tree = try Tree(["/vars.yml": "local_image_file: /srv/guest.qcow2\n"])
        let call = [
            "strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=renameat2:error=\(code)",
            try Program.path("pvpgen"), "import", "\(tree.path)/vars.yml", "--output=\(tree.path)/new.conf",
        ]
        #expect(try Command(call).run().status == 0)
        #expect(try tree.root.list("/") == ["new.conf", "vars.yml"])
        let second = try Command(call).run()
        #expect(second.status == 1 && second.output.contains("already exists"), "\(second)")
        #expect(try tree.root.list("/") == ["new.conf", "vars.yml"])
    }

    @Test("A message about a file that a user names has the name of the file")
    func names() throws {
        let tree = try Tree(["/file": "no report", "/other.json": "{}"])
        let pvpgen = Program(name: "pvpgen")
        let units = try pvpgen.run(["generate", "--root=\(host.tree.path)", "--output=\(tree.path)/file"])
        #expect(
            units.status == 1 && units.error.hasPrefix("error: \(tree.path)/file: open: Not a directory"), "\(units)")
        let below = try pvpgen.run(["generate", "--root=\(host.tree.path)", "--output=\(tree.path)/file/units"])
        #expect(below.status == 1 && below.error.contains("\(tree.path)/file/units: "), "\(below)")
        for (name, text) in [("file", "JSON at byte 0: "), ("other.json", "expected a report of pvpgen")] {
            let result = try pvpgen.run(["report", "--compare", "\(tree.path)/\(name)", "\(tree.path)/other.json"])
            #expect(result.status == 1 && result.error.hasPrefix("error: \(tree.path)/\(name): \(text)"), "\(result)")
        }
    }

    @Test("The credentials of a URL are not printed")
    func credentials() throws {
        let config = "/etc/pvpgen/pvp.conf.d/99-image.conf"
        try host.tree.write(config, "[Guest]\nName=guest\nImage=http://user:s3cret@host/x\n")
        for verb in [
            ["plan", "--json"], ["plan"], ["guest", "list"], ["guest", "list", "--json"], ["explain", "Image"],
            ["explain", "Image", "--json"], ["check", "--config-only"], ["check", "--json"], ["report"], ["generate"],
        ] {
            let result = try Program(name: "pvpgen").run(verb + ["--root=\(host.tree.path)"])
            #expect(!(result.output + result.error).contains("s3cret"), "\(verb): \(result)")
            #expect(result.status < 2 && !(result.output + result.error).isEmpty, "\(verb): \(result)")
        }
        let explanation = try Program(name: "pvpgen").run(["explain", "Image", "--root=\(host.tree.path)"])
        #expect(explanation.output.contains("http://***@host/x"))
        try host.tree.write(config, "[Guest]\nName=guest\nImage=htp://user:s3cret@host/x\n")
        let check = try Program(name: "pvpgen").run(["check", "--root=\(host.tree.path)"])
        #expect(check.status == 78 && !check.error.contains("s3cret") && check.error.contains("***@host"), "\(check)")
    }

    @Test("A file that the user names is waited for")
    func reading() throws {
        let config = "\(host.tree.path)/etc/pvpgen/pvp.conf"
        let pvpgen = try Program.path("pvpgen")
        let check = "\(pvpgen) check --config-only --root=\(host.tree.path) --config=<(sleep 0.5; cat \(config))"
        let result = try Command(["bash", "-c", check]).run()
        #expect(result.status == 0, "\(result)")
        let report = "\(pvpgen) report --json --root=\(host.tree.path)"
        let compare = try Command([
            "bash", "-c", "\(pvpgen) report --compare <(sleep 0.3; \(report)) <(sleep 0.3; \(report))",
        ]).run()
        #expect(compare.status == 0, "\(compare)")
    }
}
