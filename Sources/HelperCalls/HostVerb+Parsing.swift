import Diagnostics
import Tuning
import Values

extension HostVerb {
    private static let limit = 1 << 30

    /// Takes the verb and what belongs to it. Throws `usage`.
    init(_ reader: inout ArgumentReader) throws(Problem) {
        let verb = reader.operand()
        let name = try reader.required("the verb", verb)
        switch name {
        case "reserve-hugepages":
            let (node, size) = try Self.pool(&reader)
            let pages = try reader.number("pages", in: 1...Self.limit)
            self = .reserveHugepages(node: node, size: size, pages: try reader.required("--pages", pages))
        case "release-hugepages":
            let (node, size) = try Self.pool(&reader)
            self = .releaseHugepages(node: node, size: size)
        case "create-vfs":
            let count = try reader.number("count", in: 1...Self.limit)
            let parent = try Self.address(&reader)
            self = .createVFs(of: parent, count: try reader.required("--count", count))
        case "remove-vfs": self = .removeVFs(of: try Self.address(&reader))
        case "bind-vfio":
            let address = try Self.address(&reader)
            self = .bindVFIO(try VFIOCall(address, &reader))
        case "unbind-vfio": self = .unbindVFIO(try Self.address(&reader))
        case "tune":
            let stays = reader.flag("stay")
            self = .tune(try Tuning(&reader), stays: stays)
        case "untune": self = .untune
        case "config-error": self = .configError
        case "move-threads":
            let guest = reader.operand()
            self = .moveThreads(guest: try reader.required("the guest's name", guest))
        case "ready":
            let units = reader.allOperands()
            if units.isEmpty { throw reader.usage("ready: the units are missing") }
            self = .ready(units)
        default: throw reader.usage("'\(name)' is not a verb")
        }
    }

    private static func pool(_ reader: inout ArgumentReader) throws(Problem) -> (node: Int, size: HugepageSize) {
        let node = try reader.number("node", in: 0...limit)
        let size = try reader.value("size", expected: "2M or 1G") { HugepageSize($0) }
        return (try reader.required("--node", node), try reader.required("--size", size))
    }

    private static func address(_ reader: inout ArgumentReader) throws(Problem) -> PCIAddress {
        let operand = reader.operand()
        let text = try reader.required("the PCI address", operand)
        guard let address = PCIAddress(text) else {
            throw reader.usage("'\(text)' is not a PCI address such as 0000:00:03.0")
        }
        return address
    }
}
