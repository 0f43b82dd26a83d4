import Foundation
import Linux
import TestSupport
import Testing

/// The table in `docs/guest-life.md`.
enum GuestLifecycleTable {
    /// A row of the table.
    struct Row: CustomTestStringConvertible, Sendable {
        let event, domain, unit, status, again: String
        /// Whether libvirtd is stopped, which every guest of it sees.
        var stopsLibvirt: Bool { event.contains("libvirtd") }
        var testDescription: String { event }
    }

    private static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func lines(_ path: String) -> [String] {
        ((try? String(contentsOf: project.appending(path: path), encoding: .utf8)) ?? "").components(separatedBy: "\n")
    }

    /// The first table, up to the next heading.
    private static var table: some Sequence<String> {
        lines("docs/guest-life.md").prefix { !$0.hasPrefix("## ") }.filter { $0.hasPrefix("| ") }.dropFirst()
    }

    static let rows = table.map { line in
        let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        return Row(event: cells[0], domain: cells[1], unit: cells[2], status: cells[3], again: cells[4])
    }
}

/// The table, held against a real libvirt and the settings of the unit.
@Suite("The table of a guest's life", .timeLimit(.minutes(10)), WithPrivateLibvirt(), OnOwnThreads())
struct GuestLifecycleTableTests {
    private let libvirt: PrivateLibvirt

    init() throws { libvirt = try #require(PrivateLibvirt.current) }

    /// What the unit says about an exit status, as in systemd.service(5).
    private func isStartedAgain(_ status: Int32) -> Bool {
        let unit = GuestLifecycleTable.lines("units/pvp-guest@.service")
        guard unit.contains("Restart=on-failure") else { return false }
        return status != 0 && !unit.contains("RestartPreventExitStatus=\(status)")
    }

    @Test("Every row has a scene, and every scene a row")
    func complete() { #expect(Set(GuestLifecycleTable.rows.map(\.event)) == Set(Scene.all.keys)) }

    @Test("What the table says is what happens", arguments: GuestLifecycleTable.rows)
    func table(_ row: GuestLifecycleTable.Row) throws {
        let make = try #require(Scene.all[row.event])
        let libvirt = row.stopsLibvirt ? try PrivateLibvirt() : libvirt
        defer { if row.stopsLibvirt { try? libvirt.remove() } }
        let scene = try make(libvirt)
        defer { if let disk = scene.disk { kill(disk.processIdentifier, SIGKILL) } }
        let status = row.status.replacing("NAME", with: scene.name)
        if status.hasSuffix("…") {
            try scene.guest.expect(start: "STATUS=" + status.dropLast())
        } else {
            try scene.guest.expect("STATUS=" + status)
        }
        if row.unit == "active" {
            let state = try libvirt.state(scene.name)
            #expect(state == (row.domain == "paused" ? "paused" : "running"))
            if row.domain.hasSuffix("same QEMU") { #expect(try libvirt.emulator(scene.name) == scene.emulator) }
            if row.domain.hasSuffix("another QEMU") { #expect(try libvirt.emulator(scene.name) != scene.emulator) }
            #expect(scene.guest.isRunning && row.again == "no")
            try libvirt.virsh("destroy", scene.name)
            _ = try scene.guest.exit()
            return
        }
        let code = try scene.guest.exit(within: 60)
        #expect(row.unit == (code == 0 ? "inactive" : "failed, \(code)"), "\(scene.guest.output)")
        #expect(row.again == (isStartedAgain(code) && !scene.isAtLimit ? "yes" : "no"))
        // ExecStopPost= of the unit, and ExecStop= of pvp-domain@.service, which is stopped with
        // it.
        let result = code == 0 ? "success" : code > 128 ? "signal" : "exit-code"
        let environment = ["SERVICE_RESULT": result, "EXIT_STATUS": "\(code)"]
        _ = try GuestProcess(libvirt, ["--destroy", scene.name], jobs: scene.jobs, environment: environment).exit()
        if scene.isAtLimit {
            #expect(try libvirt.state(scene.name) == "running")
            _ = try GuestProcess(libvirt, ["--end", scene.name], jobs: ["pvp-domain@\(scene.name).service stop"]).exit(
                within: 60)
        }
        if row.domain == "gone" { return try eventually("the domain is gone") { try libvirt.state(scene.name) == nil } }
        #expect(row.domain == "runs, same QEMU")
        #expect(try libvirt.emulator(scene.name) == scene.emulator)
        try libvirt.virsh("destroy", scene.name)
    }
}

/// A guest to which something has happened.
struct Scene {
    let name: String
    private(set) var guest: GuestProcess
    /// Its emulator when it was created.
    var emulator: pid_t = 0
    /// Who serves its disk.
    var disk: Process?
    /// The jobs of the service manager when the unit's last step runs.
    var jobs: [String] = []
    /// Whether the unit has failed as often as it may, and is stopped then.
    var isAtLimit = false
    private var domain: TinyDomain
    private let libvirt: PrivateLibvirt

    /// Starts a guest with a boot sector, and waits until it is ready if it is to be.
    init(
        _ libvirt: PrivateLibvirt, _ name: String, boot: Data? = nil, _ options: [String] = [], isReady: Bool = true,
        _ change: (inout TinyDomain) -> Void = { _ in }
    ) throws {
        self.name = name
        self.libvirt = libvirt
        var domain = TinyDomain(name: name)
        if let boot { domain.addDisk(try libvirt.disk(boot), format: "raw") }
        change(&domain)
        self.domain = domain
        guest = try GuestProcess(libvirt, [name] + options, xml: domain.xml)
        if isReady { try guest.expect("READY=1") }
    }

    /// Starts a guest that shuts down when it is asked to, and waits until it listens.
    init(obeying name: String, _ libvirt: PrivateLibvirt) throws {
        self.name = name
        self.libvirt = libvirt
        domain = try libvirt.obeying(name)
        guest = try GuestProcess(libvirt, [name], xml: domain.xml)
        try guest.expect("READY=1")
        try libvirt.awaitListening(name)
    }

    /// The end of pvp-guest without its guest.
    mutating func killProcess() throws {
        emulator = try libvirt.emulator(name)
        guest.signal(SIGKILL)
    }

    /// What the service manager does for a stop, or for the first half of a restart: ExecStop=,
    /// then SIGTERM if that left one.
    mutating func stop(_ jobs: [String]) throws {
        self.jobs = jobs.map { $0.replacing("NAME", with: name) }
        emulator = try libvirt.emulator(name)
        let environment = ["MAINPID": "\(guest.pid)"]
        _ = try GuestProcess(libvirt, ["--hand-over", name], jobs: self.jobs, environment: environment).exit()
        if guest.isRunning { guest.signal(SIGTERM) }
    }

    /// The start that follows, with another domain if that is changed.
    mutating func start(_ change: (inout TinyDomain) -> Void = { _ in }) throws {
        let code = try guest.exit()
        let environment = ["SERVICE_RESULT": code == 0 ? "success" : "signal", "EXIT_STATUS": "\(code)"]
        _ = try GuestProcess(libvirt, ["--destroy", name], jobs: jobs, environment: environment).exit()
        change(&domain)
        guest = try GuestProcess(libvirt, [name], xml: domain.xml)
        try guest.expect(start: "READY=1")
    }

    /// What happens in each row of the table.
    static let all: [String: @Sendable (PrivateLibvirt) throws -> Scene] = [
        "The guest runs": { try Scene($0, "life-runs") },
        "`virsh suspend`": { libvirt in
            let scene = try Scene(libvirt, "life-paused")
            try libvirt.virsh("suspend", scene.name)
            return scene
        },
        "`virsh resume` after it": { libvirt in
            let scene = try Scene(libvirt, "life-resumed")
            try libvirt.virsh("suspend", scene.name)
            try scene.guest.expect("STATUS=paused")
            try libvirt.virsh("resume", scene.name)
            return scene
        },
        "Its disk on the host is full": { libvirt in
            let (server, socket) = try FullDisk.serve(libvirt, BootSector.writes)
            var scene = try Scene(libvirt, "life-full") { $0.addDisk(nbd: socket) }
            scene.disk = server
            return scene
        },
        "Its kernel panics": {
            try Scene($0, "life-panic", boot: BootSector.panics) { $0.devices += "<panic model='isa'/>" }
        },
        "It reboots": { libvirt in
            var scene = try Scene(libvirt, "life-reboot", boot: BootSector.reboots)
            scene.emulator = try libvirt.emulator(scene.name)
            return scene
        },
        "It powers itself off": { try Scene($0, "life-off", boot: BootSector.powersOff) },
        "It powers itself off before it is ready": {
            try Scene($0, "life-early", boot: BootSector.powersOff, ["--ready-when=agent"], isReady: false)
        },
        "It is not ready within `StartTimeout=`": {
            try Scene($0, "life-late", ["--ready-when=agent", "--start-timeout=10"], isReady: false)
        },
        "testpmd does not connect in time": { libvirt in
            try Scene(libvirt, "life-alone", ["--create-timeout=2"], isReady: false) {
                $0.addVhost([libvirt.file("life-0").path])
            }
        },
        "`virsh shutdown`, and it obeys": { libvirt in
            let scene = try Scene(obeying: "life-shutdown", libvirt)
            try libvirt.virsh("shutdown", scene.name)
            return scene
        },
        "`virsh destroy`": { libvirt in
            let scene = try Scene(libvirt, "life-destroyed")
            try libvirt.virsh("destroy", scene.name)
            return scene
        },
        "QEMU is killed": { libvirt in
            let scene = try Scene(libvirt, "life-killed")
            kill(try libvirt.emulator(scene.name), SIGKILL)
            return scene
        },
        "libvirtd is restarted": { libvirt in
            var scene = try Scene(libvirt, "life-restart")
            scene.emulator = try libvirt.emulator(scene.name)
            try libvirt.stop()
            try scene.guest.expect("STATUS=waiting for libvirt")
            try libvirt.start()
            return scene
        },
        "It ends while libvirtd is not running": { libvirt in
            let scene = try Scene(libvirt, "life-away")
            let emulator = try libvirt.emulator(scene.name)
            try libvirt.stop()
            try scene.guest.expect("STATUS=waiting for libvirt")
            kill(emulator, SIGKILL)
            try libvirt.start()
            return scene
        },
        "`systemctl stop`, and it obeys": { libvirt in
            var scene = try Scene(obeying: "life-stop", libvirt)
            try scene.stop(["pvp-guest@NAME.service stop"])
            return scene
        },
        "`systemctl stop`, and it does not obey within `StopTimeout=`": { libvirt in
            var scene = try Scene(libvirt, "life-stubborn", ["--stop-timeout=1"])
            try scene.stop(["pvp-guest@NAME.service stop"])
            return scene
        },
        "`systemctl stop pvp.target`": { libvirt in
            var scene = try Scene(obeying: "life-target", libvirt)
            try scene.stop(["pvp.target stop", "pvp-guest@NAME.service stop", "pvp-hugepages@0.service stop"])
            return scene
        },
        "`kill -9` of pvp-guest": { libvirt in
            var scene = try Scene(libvirt, "life-orphan")
            try scene.killProcess()
            return scene
        },
        "The start after that": { libvirt in
            var scene = try Scene(libvirt, "life-adopted")
            try scene.killProcess()
            try scene.start()
            return scene
        },
        "`systemctl restart`, the XML is the same": { libvirt in
            var scene = try Scene(libvirt, "life-again")
            try scene.stop(["pvp-guest@NAME.service restart", "pvp-guest@NAME.socket restart"])
            try scene.start()
            return scene
        },
        "`systemctl restart`, the XML is another": { libvirt in
            var scene = try Scene(obeying: "life-changed", libvirt)
            try scene.stop(["pvp-guest@NAME.service restart", "pvp-guest@NAME.socket restart"])
            try scene.start { $0.devices += "<input type='tablet' bus='virtio'/>" }
            return scene
        },
        "`systemctl restart pvp.target`": { libvirt in
            var scene = try Scene(obeying: "life-all", libvirt)
            try scene.stop(["pvp.target restart", "pvp-guest@NAME.service restart", "pvp-hugepages@0.service restart"])
            return scene
        },
        "`systemctl stop`, after pvp-guest failed too often": { libvirt in
            var scene = try Scene(obeying: "life-limit", libvirt)
            try scene.killProcess()
            scene.isAtLimit = true
            return scene
        },
    ]
}

/// A disk that has no room left, whatever is written.
enum FullDisk {
    /// Serves one with that content over NBD, and gives who serves it and its socket.
    static func serve(_ libvirt: PrivateLibvirt, _ content: Data) throws -> (server: Process, socket: String) {
        let (image, socket) = (libvirt.file("full.img").path, libvirt.file("full.sock").path)
        try content.write(to: libvirt.file("full.img"))
        let options =
            "driver=raw,file.driver=blkdebug,file.image.driver=file,file.image.filename=\(image),"
            + "file.inject-error.0.event=write_aio,file.inject-error.0.errno=28"
        let server = Process()
        server.executableURL = URL(filePath: "/usr/bin/qemu-nbd")
        server.arguments = ["--socket", socket, "--export-name=DISK", "--image-opts", options]
        try server.run()
        try eventually("the disk is there") { FileManager.default.fileExists(atPath: socket) }
        #expect(chmod(socket, 0o666) == 0)
        return (server, socket)
    }
}
