import Config
import HostTopology
import Plan
import Values

/// The machine: sockets, in them nodes, in them cores, in them threads.
extension PlanDiagram {
    private static let coresPerRow = 8
    private static let cellWidth = 118
    private static let cellHeight = 36
    private static let gap = 6

    mutating func drawMachine() {
        drawLegend()
        let cpuAssignments = plan.cpuAssignments
        var nodeOfCPU: [Int: Int] = [:]
        for node in host.nodes { for cpu in node.cpus.cpus { nodeOfCPU[cpu] = node.id } }
        // A socket can have several nodes, and a node that the firmware hides can have several
        // sockets.
        let bySocket = Dictionary(grouping: host.cores) { core in core.first.flatMap { sockets[$0] } ?? 0 }
        for socket in bySocket.keys.sorted() {
            let byNode = Dictionary(grouping: bySocket[socket, default: []]) { core in
                core.first.flatMap { nodeOfCPU[$0] } ?? 0
            }
            let heights = byNode.mapValues(Self.height)
            let height = 34 + heights.values.reduce(0) { $0 + $1 + 8 }
            canvas.box("panel", x: Self.margin, y: y, width: Self.width - 2 * Self.margin, height: height, round: 6)
            canvas.text("head2", sockets.isEmpty ? "Machine" : "Socket \(socket)", x: 32, y: y + 23)
            y += 34
            for node in byNode.keys.sorted() {
                draw(
                    byNode[node, default: []], of: node, height: heights[node, default: 0], assignments: cpuAssignments)
                y += 8
            }
            y += 12
        }
        for node in host.nodes where node.cpus.isEmpty {
            canvas.text("strong", "Node \(node.id): no CPUs, \(node.memory >> 30) GiB", x: Self.margin, y: y + 12)
            y += 24
        }
    }

    private static func height(_ cores: [CPUSet]) -> Int {
        rows(cores).reduce(26) { $0 + coreHeight($1) + gap } + 4
    }

    private static func rows(_ cores: [CPUSet]) -> [ArraySlice<CPUSet>] {
        stride(from: 0, to: cores.count, by: coresPerRow).map { cores[$0..<min($0 + coresPerRow, cores.count)] }
    }

    /// A row is as high as the core with the most threads in it.
    private static func coreHeight(_ row: ArraySlice<CPUSet>) -> Int {
        (row.map(\.count).max() ?? 0) * (cellHeight + 4) + 4
    }

    private mutating func draw(
        _ cores: [CPUSet], of node: Int, height: Int, assignments cpuAssignments: [Int: CPUAssignment]
    ) {
        canvas.box("panel", x: 30, y: y, width: Self.width - 60, height: height)
        let memory = host.node(node)?.memory ?? 0
        let pages =
            plan.hugepages.first { $0.node == node }.map { ", \($0.pages) hugepages of \(plan.pageSize.rawValue)" }
            ?? ""
        canvas.text(
            "strong",
            "Node \(node): \(cores.count) cores, \(memory == 0 ? "no memory" : "\(memory >> 20) MiB")\(pages)", x: 38,
            y: y + 18)
        y += 26
        for row in Self.rows(cores) {
            for (column, core) in row.enumerated() { draw(core, x: 38 + column * (Self.cellWidth + 8), cpuAssignments) }
            y += Self.coreHeight(row) + Self.gap
        }
        y += 4
    }

    private mutating func draw(_ core: CPUSet, x: Int, _ cpuAssignments: [Int: CPUAssignment]) {
        let threads = core.cpus
        let isBusy = threads.contains { cpuAssignments[$0]?.role == .lcore || cpuAssignments[$0]?.role == .vCPU }
        canvas.box("core", x: x, y: y, width: Self.cellWidth + 4, height: threads.count * (Self.cellHeight + 4) + 4)
        for (index, cpu) in threads.enumerated() {
            var seat = cpuAssignments[cpu] ?? CPUAssignment(role: .housekeeping, label: "host", detail: "housekeeping")
            if seat.role == .idle, !isBusy {
                seat = CPUAssignment(role: .idle, label: "unused", detail: "isolated, on an unassigned core")
            }
            draw(seat, cpu, x: x + 4, y: y + 4 + index * (Self.cellHeight + 4))
        }
    }

    private mutating func draw(_ seat: CPUAssignment, _ cpu: Int, x: Int, y: Int) {
        canvas.box(
            seat.role.rawValue, x: x, y: y, width: Self.cellWidth - 4, height: Self.cellHeight,
            round: seat.role == .vCPU ? 12 : 3,
            tip: "CPU \(cpu): \(seat.detail)")
        canvas.text("strong", "\(cpu)  \(seat.label)", x: x + 7, y: y + 15)
        if !seat.owner.isEmpty { canvas.text("small", Canvas.fit(seat.owner, 16), x: x + 7, y: y + 29) }
    }

    private mutating func drawLegend() {
        canvas.text("head2", "CPU assignment", x: Self.margin, y: y + 16)
        y += 26
        var x = Self.margin
        for role in CPUAssignment.Role.allCases {
            canvas.box(role.rawValue, x: x, y: y, width: 22, height: 16, round: role == .vCPU ? 7 : 3)
            canvas.text("small", role.meaning, x: x + 28, y: y + 12)
            x += 208
        }
        y += 28
    }
}
