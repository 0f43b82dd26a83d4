import Config
import HostTopology
import Plan
import Values

/// The way of the packets: NIC → port → lcore → vhost → vCPU, each row a pair of ports that forward
/// to each other.
extension PlanDiagram {
    private static let boxHeight = 36
    private static let rowHeight = 46
    /// Left edge and width of each column.
    private static let columns = [(32, 200), (256, 130), (410, 220), (654, 130), (808, 240)]

    mutating func drawPacketPaths() {
        for testpmd in plan.testpmds { drawPacketPath(through: testpmd) }
    }

    private mutating func drawPacketPath(through testpmd: TestpmdPlan) {
        let pairs = testpmd.pairs
        let height = 34 + max(pairs.count, 1) * Self.rowHeight + 6
        canvas.box("panel", x: Self.margin, y: y, width: Self.width - 2 * Self.margin, height: height, round: 6)
        canvas.text("head2", "Packet path through \(testpmd.name)", x: 32, y: y + 23)
        canvas.text(
            "small",
            "node \(testpmd.node), main lcore \(testpmd.mainLcore), \(testpmd.memory >> 20) MiB, mode "
                + "\(testpmd.forwardMode.rawValue), queues \(testpmd.queues)",
            x: 400, y: y + 23)
        let ends = plan.ends(of: testpmd)
        let pollers = testpmd.pollers
        var row = y + 34
        for (first, second) in pairs {
            drawEnd(ends[first], column: 0, row, node: testpmd.node)
            drawPort(first, ends[first], column: 1, row: row)
            drawLcores(pollers[first], pollers[second], row)
            drawPort(second, ends[second], column: 3, row: row)
            drawEnd(ends[second], column: 4, row, node: testpmd.node)
            for (left, right) in zip(Self.columns, Self.columns.dropFirst()) {
                canvas.arrow(from: left.0 + left.1 + 3, to: right.0 - 3, y: row + Self.boxHeight / 2)
            }
            row += Self.rowHeight
        }
        if pairs.isEmpty {
            canvas.text("strong", "No guest is connected, so no packets are forwarded.", x: 32, y: row + 22)
        }
        y += height + 12
    }

    private mutating func drawEnd(_ end: PortEnd?, column: Int, _ row: Int, node: Int) {
        switch end {
        case .nic(let nic):
            let own = host.device(nic.address)?.node
            let isFar = own.map { $0 != node } ?? false
            let nodeText = own.map { isFar ? "node \($0), remote" : "node \($0)" } ?? ""
            draw("end", "NIC \(nic.name)", "\(nic.address) \(nodeText)", column: column, row: row, isWarning: isFar)
        case .interface(let guest, let index):
            let isFar = guest.node != node
            let nodeText = isFar ? "node \(guest.node), remote" : "node \(guest.node)"
            let cpus = guest.vCPUs.map(String.init).joined(separator: " ")
            draw(
                "vCPU", "guest \(guest.name), interface \(index)", "vCPUs on \(cpus), \(nodeText)", column: column,
                row: row,
                isWarning: isFar)
        case nil: draw("end", "nothing", "", column: column, row: row)
        }
    }

    private mutating func drawPort(_ port: Int, _ end: PortEnd?, column: Int, row: Int) {
        if case .interface(let guest, let index) = end {
            draw(
                "end", "port \(port), vhost", guest.vhosts[index].mac.description, column: column, row: row,
                tip: guest.vhosts[index].socket)
        } else {
            draw("end", "port \(port), NIC", "", column: column, row: row)
        }
    }

    private mutating func drawLcores(_ first: CPUSet?, _ second: CPUSet?, _ row: Int) {
        func polls(_ cpus: CPUSet?) -> String { cpus.map { "lcore\($0.count == 1 ? "" : "s") \($0)" } ?? "no lcore" }
        draw("lcore", "\(polls(first)) →", "← \(polls(second))", column: 2, row: row)
    }

    private mutating func draw(
        _ style: String, _ first: String, _ second: String, column: Int, row: Int, isWarning: Bool = false,
        tip: String = ""
    ) {
        let (x, width) = Self.columns[column]
        let whole = [first, second, tip].filter { !$0.isEmpty }.joined(separator: "; ")
        canvas.box(
            style, x: x, y: row, width: width, height: Self.boxHeight, round: style == "vCPU" ? 12 : 4, tip: whole)
        canvas.text("strong", Canvas.fit(first, width / 8), x: x + 8, y: row + 15)
        canvas.text(isWarning ? "small warn" : "small", Canvas.fit(second, width / 6 - 2), x: x + 8, y: row + 30)
    }
}
