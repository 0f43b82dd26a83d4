import Foundation
import JSON
import Linux
import TestSupport
import Testing

/// `pvpgen top` as a person or a script sees it, with a real testpmd and on a real terminal.
@Suite(.serialized, OnOwnThreads()) struct TopTests {
    private static let devices = (0...3).map { "net_null\($0)" }
    private static let options = ["--portlist=0,2,1,3"]

    /// A machine whose testpmd forwards between ports of nothing.
    private static func running() throws -> (tree: Tree, testpmd: Testpmd) {
        let tree = try InstallTests.machine()
        return (tree, try Testpmd(in: tree, devices: devices, options: options))
    }

    /// `pvpgen top` on a terminal, and what there is to look at.
    private final class Session {
        let terminal: Terminal
        let child: Child
        private let tree: Tree
        /// Holds the terminal, so that its settings can be looked at when the program has gone.
        private let user: Descriptor
        private let before: [tcflag_t]
        private var hasEnded = false

        init(_ tree: Tree, _ arguments: [String] = [], term: String = "xterm", columns: UInt16 = 120) throws {
            self.tree = tree
            terminal = try Terminal(rows: 40, columns: columns)
            user = Descriptor(owning: open(terminal.path, O_RDWR | O_NOCTTY | O_CLOEXEC))
            before = Self.settings(user.number)
            let inherited = Environment.all { !["LD_LIBRARY_PATH", "LLVM_PROFILE_FILE"].contains($0) }
            child = try terminal.spawn(
                [try Program.path("pvpgen"), "top", "--root=\(tree.path)"] + arguments,
                environment: ["TERM=\(term)", "NO_COLOR=1"] + inherited)
        }

        deinit { if !hasEnded { child.signal(SIGKILL) } }

        func keys(_ text: String) { #expect(terminal.descriptor.write(Array(text.utf8)) != nil) }

        var isRaw: Bool { Self.settings(user.number) != before }

        /// How it ended, with the terminal as before; `leaving` is what it shows last.
        func ended(_ seen: String = "", leaving: String = "\u{1b}[?25h\u{1b}[?1049l") throws -> Child.Ending {
            _ = try terminal.read(until: leaving, after: seen)
            try #require(Descriptor.poll(child.descriptor.number, .input, timeout: 20_000), "it did not end")
            #expect(!isRaw)
            hasEnded = true
            return try child.reap()
        }

        private static func settings(_ number: Int32) -> [tcflag_t] {
            var settings = termios()
            #expect(tcgetattr(number, &settings) == 0)
            return [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
        }
    }

    @Test func onceAsTextAndAsJSON() throws {
        let (tree, testpmd) = try Self.running()
        let text = try ShowTests.run(["top", "--once", "--interval=0.3"], tree)
        #expect(text.status == 0 && text.error == "" && !text.output.contains("\u{1b}"), "\(text)")
        #expect(text.output.hasPrefix("testpmd: 4 of 4 ports started; rates over 0."), "\(text.output)")
        for row in [
            "0     nic0           up 10G  ", "3     guest/guest-1  up 10G  ", "wire to nic0 ", "from guest/guest-1  3 ",
        ] {
            #expect(text.output.contains("\n\(row)"), "\(row) is not in\n\(text.output)")
        }
        let json = try ShowTests.json(ShowTests.run(["top", "testpmd", "--once", "--json", "--interval=0.3"], tree))
        for port in try #require(json["testpmds"]?.array?.first?["ports"]?.array) {
            guard case .number(let rate)? = port["in_packets_per_second"] else {
                Issue.record("no rate in \(port)")
                continue
            }
            #expect(Double(rate).map { $0 > 0 } == true, "\(port)")
        }
        // Without a configuration, by DPDK's names.
        let bare = try Program(name: "pvpgen").run(["top", "--once", "--interval=0.3", "--telemetry=\(testpmd.socket)"])
        #expect(
            bare.status == 0 && bare.output.contains("\n0     net_null0  up 10G  ") && !bare.output.contains("STAGE"),
            "\(bare)")
    }

    @Test("One that hangs costs two seconds at most")
    func hung() throws {
        let (tree, testpmd) = try Self.running()
        testpmd.hang()
        let start = MonotonicClock.now
        let result = try ShowTests.run(["top", "--once", "--interval=60"], tree)
        #expect(MonotonicClock.now - start < 20_000)
        #expect(result.status == 1 && result.output == "" && result.error.contains("no answer in time"), "\(result)")
    }

    @Test func notRunning() throws {
        let tree = try InstallTests.machine()
        let result = try ShowTests.run(["top", "--once"], tree)
        #expect(
            result.status == 1 && result.output == "" && result.error.contains("run 'systemctl start pvp.target'"),
            "\(result)")
        let json = try ShowTests.run(["top", "--once", "--json"], tree)
        #expect(json.status == 1)
        let testpmd = try #require(try JSON(Array(json.output.utf8))["testpmds"]?.array?.first)
        #expect(testpmd["up"] == false && testpmd["problem"]?["code"] == "telemetry-missing")
        #expect(
            try ShowTests.run(["top", "testpmd-x", "--once"], tree).error.contains(
                "testpmd 'testpmd-x': not found in the plan"))
        #expect(try ShowTests.run(["top", "--once"], Tree()).status == 78)
        for wrong in [["--interval=0"], ["--interval=x"], ["testpmd", "--telemetry=/x"]] {
            #expect(try ShowTests.run(["top", "--once"] + wrong, tree).status == 2)
        }
    }

    @Test("On a terminal: rates come, it follows the size, q ends it")
    func resizeAndQuit() throws {
        let (tree, testpmd) = try Self.running()
        let session = try Session(tree, ["--interval=0.2"])
        var seen = try session.terminal.read(until: "wire to nic0 ")
        #expect(
            seen.hasPrefix("\u{1b}[?1049h\u{1b}[?25l\u{1b}[H") && seen.contains("pvpgen top, every 200 ms; q ends"),
            "\(seen)")
        #expect(session.isRaw)
        session.terminal.setSize(rows: 6, columns: 20)
        seen = try session.terminal.read(until: "more lines\u{1b}[K\u{1b}[J")
        let frame = try #require(seen.components(separatedBy: "\u{1b}[2J\u{1b}[H").last)
        let rows = frame.components(separatedBy: "\r\n")
        #expect(rows.count == 6, "\(rows)")
        for row in rows {
            #expect(
                row.replacingOccurrences(of: "\u{1b}[K", with: "").replacingOccurrences(of: "\u{1b}[J", with: "").count
                    <= 20)
        }
        session.keys("xq")
        #expect(try session.ended() == .status(0))
        withExtendedLifetime(testpmd) {}
    }

    @Test("top waits for a testpmd that does not run, and shows it when it starts; Ctrl-C ends it")
    func waits() throws {
        let tree = try InstallTests.machine()
        let session = try Session(tree, ["--interval=0.2"])
        let seen = try session.terminal.read(until: "waiting for testpmd")
        _ = try session.terminal.read(until: "systemctl start pvp.target", after: seen)
        let testpmd = try Testpmd(in: tree, devices: Self.devices, options: Self.options)
        _ = try session.terminal.read(until: "4 of 4 ports started; rates over")
        session.keys("\u{3}")
        #expect(try session.ended() == .status(0))
        withExtendedLifetime(testpmd) {}
    }

    @Test("the reason is within 80 columns when the path of the socket is long")
    func longPath() throws {
        let tree = try InstallTests.machine()
        let path = tree.path + "/" + String(repeating: "long", count: 10) + "/dpdk_telemetry.v2"
        let session = try Session(tree, ["--telemetry=\(path)"], columns: 80)
        _ = try session.terminal.read(until: "no DPDK program listens")
        session.keys("q")
        #expect(try session.ended() == .status(0))
    }

    @Test("A signal ends it and leaves the terminal as it was", arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
    func signals(_ number: Int32) throws {
        let session = try Session(try InstallTests.machine())
        let seen = try session.terminal.read(until: "waiting for testpmd")
        #expect(session.isRaw)
        session.child.signal(number)
        #expect(try session.ended(seen) == .status(128 + number))
    }

    @Test("A terminal that can do nothing gets samples one after the other")
    func dumb() throws {
        let session = try Session(try InstallTests.machine(), ["--interval=0.1"], term: "dumb")
        let seen = try session.terminal.read(until: "systemctl start pvp.target")
        #expect(!seen.contains("\u{1b}") && !session.isRaw)
        session.child.signal(SIGTERM)
        #expect(try session.ended(leaving: "") == .status(128 + SIGTERM))
    }
}
