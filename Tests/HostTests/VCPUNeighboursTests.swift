import Diagnostics
import Foundation
import Glibc
import Linux
import Synchronization
import TestSupport
import Testing
import Values

@testable import HostActions

@Suite("Threads of QEMU on the CPU of a vCPU")
struct VCPUNeighboursTests {
    private static let slice = "/machine.slice/machine-qemu\\x2d1\\x2dvm.scope/libvirt"

    /// A guest's QEMU as Linux 6.12 and libvirt show it: threads by number, with name, CPUs and
    /// control group.
    private func tree(_ threads: [(id: Int, name: String, cpus: String, group: String)]) throws -> Tree {
        let tree = try Tree()
        let arguments = ["/usr/bin/qemu-system-x86_64", "-name", "guest=vm,debug-threads=on", "-S"]
        try tree.write("/proc/600/cmdline", arguments.map { $0 + "\0" }.joined())
        try tree.write("/proc/600/cgroup", "0::\(Self.slice)/emulator\n")
        for thread in threads {
            let directory = "/proc/600/task/\(thread.id)"
            try tree.write("\(directory)/comm", thread.name + "\n")
            try tree.write("\(directory)/status", "Name:\t\(thread.name)\nCpus_allowed_list:\t\(thread.cpus)\n")
            try tree.write("\(directory)/cgroup", "0::\(Self.slice)/\(thread.group)\n")
            try tree.write("/sys/fs/cgroup\(Self.slice)/\(thread.group)/cgroup.threads", "")
        }
        return tree
    }

    private static let threads = [
        (600, "qemu-system-x86", "0,4", "emulator"), (601, "IO iothread1", "2", "iothread1"),
        (602, "CPU 0/KVM", "5", "vcpu0"),
        (603, "CPU 1/KVM", "6", "vcpu1"), (604, "kvm-nx-lpage-re", "5", "vcpu0"), (605, "vhost-600", "0,4", "emulator"),
    ]

    @Test("A kernel thread made on a vCPU's CPU is moved to the emulator's control group and CPUs, all others stay")
    func move() throws {
        let tree = try tree(Self.threads)
        let pinned = Mutex<[[Int]]>([])
        let lines = try VCPUNeighbours(
            of: "vm", pin: { cpus, thread in pinned.withLock { $0.append([thread] + cpus) } }
        ).move(
            on: Machine(tree.root))
        #expect(lines == ["guest vm: thread kvm-nx-lpage-re (604) moved from CPUs 5 to 0,4"])
        #expect(pinned.withLock { $0 } == [[604, 0, 4]])
        #expect(try tree.text("/sys/fs/cgroup\(Self.slice)/emulator/cgroup.threads") == "604")
    }

    @Test("With control groups of version 1 only the cpuset is changed")
    func firstVersion() throws {
        let tree = try tree(Self.threads)
        try tree.write("/proc/600/cgroup", "7:memory:/m\n5:cpuset:/machine/vm/emulator\n")
        try tree.write("/proc/600/task/604/cgroup", "7:memory:/m2\n5:cpuset:/machine/vm/vcpu0\n")
        try tree.write("/sys/fs/cgroup/cpuset/machine/vm/emulator/tasks", "")
        #expect(try VCPUNeighbours(of: "vm", pin: { _, _ in }).move(on: Machine(tree.root)).count == 1)
        #expect(try tree.text("/sys/fs/cgroup/cpuset/machine/vm/emulator/tasks") == "604")
    }

    @Test("Without such a thread nothing is moved, as when QEMU's main thread has the CPU itself")
    func nothing() throws {
        let without = try tree(Self.threads.filter { $0.0 != 604 })
        #expect(try VCPUNeighbours(of: "vm").move(on: Machine(without.root)).isEmpty)
        let unpinned = try tree(Self.threads.map { ($0.0, $0.1, "0-7", $0.3) })
        #expect(try VCPUNeighbours(of: "vm").move(on: Machine(unpinned.root)).isEmpty)
    }

    @Test("No QEMU, and a kernel that refuses, are errors with the reason")
    func errors() throws {
        let tree = try tree(Self.threads)
        #expect(throws: Problem.self) { try VCPUNeighbours(of: "other").move(on: Machine(tree.root)) }
        let refusing = VCPUNeighbours(of: "vm") { _, _ throws(SystemError) in
            throw SystemError("sched_setaffinity", "", code: EINVAL)
        }
        #expect {
            try refusing.move(on: Machine(tree.root))
        } throws: {
            let problem = $0 as? Problem
            return problem?.code == .threadNotMoved && problem?.message.contains("kvm-nx-lpage-re (604)") == true
        }
    }

    @Test("A real thread is limited to one CPU")
    func pin() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/sleep")
        process.arguments = ["60"]
        // A child that outlived the test would hold the pipe that swift test waits for.
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        let id = Int(process.processIdentifier)
        try Affinity.set([0], ofThread: id)
        #expect(try Root.machine.text("/proc/\(id)/status").contains("Cpus_allowed_list:\t0\n"))
        #expect(throws: SystemError.self) { try Affinity.set([8000], ofThread: id) }
    }
}
