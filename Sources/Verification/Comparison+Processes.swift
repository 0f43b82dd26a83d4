import Plan
import Units
import Values

extension Comparison {
    /// What the names of threads of forwarding lcores begin with: since DPDK 23.07, in 22.11, and
    /// before (DPDK: lib/eal/linux/eal.c).
    private static let workers = ["dpdk-worker", "rte-worker-", "lcore-worker-"]

    /// What a testpmd was started with, and where its threads are.
    var testpmds: [Finding] {
        plan.testpmds.flatMap { testpmd -> [Finding] in
            let restart = "systemctl restart \(testpmd.name)"
            guard let process = machine.testpmds[testpmd.name] else {
                return [missing(.testpmd, testpmd.name, unit: testpmd.name)]
            }
            let planned = testpmd.arguments
            let found = EALArguments.joined(process.arguments, as: planned)
            var findings = [
                Finding(
                    .testpmd, "\(testpmd.name), arguments", expected: difference(planned, found, "as planned"),
                    found: difference(found, planned, "as planned"), matches: found == planned, remedy: restart)
            ]
            findings += program(.testpmd, testpmd.name, process, remedy: restart)
            var workers = process.threads.filter { thread in Self.workers.contains { thread.name.hasPrefix($0) } }
            for cpu in testpmd.forwardingLcores.cpus {
                // Names end after 15 characters.
                let names = Self.workers.map { String("\($0)\(cpu)".prefix(15)) }
                let candidates = workers.indices.filter { names.contains(workers[$0].name) }
                guard let index = candidates.first(where: { workers[$0].allowed.contains(cpu) }) ?? candidates.first
                else {
                    findings.append(
                        Finding(
                            .testpmd, "\(testpmd.name), lcore \(cpu)", expected: "on CPU \(cpu)", found: "no thread",
                            remedy: restart))
                    continue
                }
                findings.append(
                    pinned(
                        .testpmd, "\(testpmd.name), lcore \(cpu)", workers.remove(at: index), to: CPUSet([cpu]),
                        remedy: restart
                    ))
            }
            let main = process.threads.first { $0.id == process.id }
            findings.append(
                main.map {
                    pinned(
                        .testpmd, "\(testpmd.name), main lcore", $0, to: CPUSet([testpmd.mainLcore]), remedy: restart)
                }
                    ?? missing(.testpmd, testpmd.name, unit: testpmd.name))
            let others = process.threads.filter { thread in
                thread.id != process.id && !Self.workers.contains { thread.name.hasPrefix($0) }
            }
            findings.append(
                clear(.testpmd, "\(testpmd.name), other threads", others + workers, of: plan.isolated, remedy: restart))
            return findings
        }
    }

    /// Where a guest's threads and memory are, and the rings that it was given.
    var guests: [Finding] {
        plan.guests.flatMap { guest -> [Finding] in
            let unit = "pvp-guest@\(guest.name)"
            // A restart alone would keep the guest.
            let restart = "run 'systemctl stop \(unit)', then 'systemctl start \(unit)'"
            guard let process = machine.guests[guest.name] else { return [missing(.guests, guest.name, unit: unit)] }
            var findings = program(.guests, guest.name, process, remedy: restart)
            let vCPUs = process.threads.filter { $0.name.hasPrefix("CPU ") }
            for (index, cpu) in guest.vCPUs.enumerated() {
                let subject = "\(guest.name), vCPU \(index)"
                guard let thread = vCPUs.first(where: { $0.name.hasPrefix("CPU \(index)/") }) else {
                    findings.append(
                        Finding(.guests, subject, expected: "on CPU \(cpu)", found: "no thread", remedy: restart))
                    continue
                }
                findings.append(
                    pinned(
                        .guests, subject, thread, to: CPUSet([cpu]),
                        remedy: "virsh vcpupin \(guest.name) \(index) \(cpu), or \(restart)"))
            }
            let others = process.threads.filter { !$0.name.hasPrefix("CPU ") }
            findings.append(
                clear(
                    .guests, "\(guest.name), other threads", others, of: plan.isolated,
                    remedy: "virsh emulatorpin \(guest.name) \(guest.emulator), or \(restart)"))
            if let memory = process.memory {
                let wanted = "\(guest.memory >> 20) MiB on node \(guest.node)"
                let parts = memory.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map {
                    "\($0.value >> 20) MiB on node \($0.key)"
                }
                findings.append(
                    Finding(
                        .guests, "\(guest.name), memory", expected: wanted,
                        found: parts.isEmpty ? "none in hugepages" : parts.joined(separator: ", "),
                        remedy: restart))
            }
            return findings + guest.vhosts.map { rings(of: $0, process, guest: guest.name, remedy: restart) }
        }
    }

    /// QEMU's own word for the rings of an interface, from its command line: `"rx_queue_size":1024`
    /// or `rx_queue_size=1024`.
    private func rings(of port: VhostPort, _ process: Snapshot.Process, guest: String, remedy restart: String)
        -> Finding
    {
        let device = process.arguments.first { $0.contains("virtio-net-pci") && $0.contains("\(port.mac)") }
        func size(_ key: String) -> String {
            guard let device, let start = device.range(of: key) else { return "256" }
            return String(device[start...].drop { !("0"..."9").contains($0) }.prefix { ("0"..."9").contains($0) })
        }
        let planned = "\(port.ringSize) and \(port.ringSize)"
        return Finding(
            .guests, "\(guest), rings of \(port.name)", expected: planned,
            found: device == nil ? "no interface \(port.mac)" : "\(size("rx_queue_size")) and \(size("tx_queue_size"))",
            remedy: restart)
    }

    /// That a process runs the program that is in its file now: an upgrade or another build
    /// replaces the file, not the process.
    private func program(_ area: Finding.Area, _ name: String, _ process: Snapshot.Process, remedy: String)
        -> [Finding]
    {
        guard let programs = process.programs else { return [] }
        return [
            Finding(
                area, "\(name), program", expected: "\(programs.file)", found: "\(programs.running)", remedy: remedy)
        ]
    }

    private func missing(_ area: Finding.Area, _ name: String, unit: String) -> Finding {
        Finding(
            area, name, expected: "running", found: "no process",
            remedy: "run 'systemctl start pvp.target' and read 'journalctl -u \(unit)'")
    }

    /// A thread that has CPUs of its own, and is on them.
    private func pinned(
        _ area: Finding.Area, _ subject: String, _ thread: Snapshot.Thread, to cpus: CPUSet, remedy: String
    ) -> Finding {
        Finding(
            area, subject, expected: "allowed \(cpus), on \(cpus)",
            found: "allowed \(Self.text(thread.allowed)), on \(thread.cpu)",
            remedy: remedy)
    }

    /// Threads that have no business on isolated CPUs.
    private func clear(
        _ area: Finding.Area, _ subject: String, _ threads: [Snapshot.Thread], of isolated: CPUSet, remedy: String
    ) -> Finding {
        let wrong = threads.filter { !$0.allowed.intersection(isolated).isEmpty }
        let texts =
            wrong.prefix(3).map { "\($0.name) (\($0.id)) allowed \($0.allowed)" }
            + (wrong.count > 3 ? ["\(wrong.count - 3) more"] : [])
        return Finding(
            area, subject, expected: "not on \(Self.text(isolated))",
            found: wrong.isEmpty ? "not on \(Self.text(isolated))" : texts.joined(separator: "; "),
            remedy: remedy)
    }

    /// Those of `some` that are not in `others`.
    private func difference(_ some: [String], _ others: [String], _ none: String) -> String {
        if some == others { return none }
        let known = Set(others)
        let own = some.filter { !known.contains($0) }
        return own.isEmpty ? "in another order" : own.joined(separator: " ")
    }
}

extension String {
    /// Where the key ends.
    fileprivate func range(of key: String) -> Index? {
        var rest = self[...]
        while let start = rest.firstIndex(where: { $0 == key.first }) {
            if rest[start...].hasPrefix(key) { return index(start, offsetBy: key.count) }
            rest = rest[index(after: start)...]
        }
        return nil
    }
}
