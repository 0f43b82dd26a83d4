import Diagnostics
import SystemdBus
import TestSupport
import Testing
import Values

@testable import HostActions

@Suite("Slices of a systemd") struct SystemdSlicesTests {
    @Test("All calls go through one connection")
    func oneConnection() throws {
        let systemd = try FakeSystemd(
            """
            Id=system.slice\nActiveState=active\nAllowedCPUs=0-1

            Id=user.slice\nActiveState=active
            """)
        let slices = SystemdSlices { () throws(Problem) in try ServiceManager(socket: systemd.path) }
        #expect(systemd.change { $0.connections } == 0)
        #expect(try slices.allowedCPUs(of: "system.slice") == CPUSet([0, 1]))
        #expect(try slices.allowedCPUs(of: "user.slice").isEmpty)
        try slices.setAllowedCPUs(CPUSet([2]), of: "user.slice")
        #expect(systemd.change { $0.connections } == 1)
    }

    @Test("A call after one that failed connects again")
    func anotherConnection() throws {
        let systemd = try FakeSystemd("Id=system.slice\nActiveState=active")
        systemd.change { $0.errors["system.slice"] = ("org.freedesktop.DBus.Error.Failed", "busy") }
        let slices = SystemdSlices { () throws(Problem) in try ServiceManager(socket: systemd.path) }
        #expect(throws: Problem.self) { try slices.allowedCPUs(of: "system.slice") }
        systemd.change { $0.errors = [:] }
        #expect(try slices.allowedCPUs(of: "system.slice").isEmpty)
        #expect(systemd.change { $0.connections } == 2)
    }
}
