import Diagnostics
import JSON
package import Linux

/// What a disk image is, as `qemu-img info` reports it.
struct ImageFormat: Hashable {
    /// `qcow2` or `raw`.
    var name: String
    /// An image that it is itself only the difference to, or a file that has its data.
    var other: String?

    /// What asks for it. `-U`: a guest may have it in use.
    static func command(_ file: String) -> Command { Command(["qemu-img", "info", "--output=json", "-U", "--", file]) }

    /// Reads what the command printed; `nil` when that is none of its answers.
    init?(_ output: String) {
        guard let json = try? JSON(Array(output.utf8)), let name = json["format"]?.string else { return nil }
        self.name = name
        other = json["backing-filename"]?.string ?? json["format-specific"]?["data"]?["data-file"]?.string
    }

    /// Asks for the format of an image that is to be the base of others.
    init(of path: String, in root: Root, isBootable: Bool) throws(Problem) {
        let result = try Self.command(root.path(path)).run()
        guard result.status == 0, let format = ImageFormat(result.output) else {
            throw Problem(
                .imageUnreadable, "\(path): qemu-img info: \(result.firstLine)",
                remedy: "correct Image= in [Guest], or the file itself")
        }
        self = format
        guard name == "qcow2" || name == "raw" && (!isBootable || DiskFile(path, in: root).hasBootSector) else {
            let found =
                name == "raw" ? "it is no image that qemu-img knows, and has no boot sector" : "it is of format \(name)"
            throw Problem(
                .imageFormat, "\(path): expected a disk image of format qcow2 or raw, \(found)",
                remedy: "run 'qemu-img convert -O qcow2', or correct Image= in [Guest]")
        }
        // The author of the image would choose a file of this host for the guest to read.
        if let other {
            throw Problem(
                .imageIncomplete, "\(path): expected a complete image, its backing image is \(other)",
                remedy: "run 'qemu-img convert -O qcow2' to create a complete image")
        }
    }
}

/// What the first bytes of a file show of a disk image.
package struct DiskFile {
    private let start: [UInt8]

    /// Reads them.
    package init(_ path: String, in root: Root) { start = (try? root.bytes(path, limit: 512)) ?? [] }

    /// Each disk that firmware boots from has a mark at the end of its first sector, with a GUID
    /// partition table as well.
    var hasBootSector: Bool { start.count == 512 && start.suffix(2) == [0x55, 0xaa] }

    private var isQCOW2: Bool { start.starts(with: [0x51, 0x46, 0x49, 0xfb]) }

    /// It is a qcow2 image, or a raw one with a boot sector.
    package var looksBootable: Bool { isQCOW2 || hasBootSector }

    /// The same, and no qcow2 image with a backing image, whose offset is 0 without one (QEMU:
    /// docs/interop/qcow2.rst, bytes 8 to 15).
    package var isComplete: Bool { isQCOW2 ? start.dropFirst(8).prefix(8).allSatisfy { $0 == 0 } : hasBootSector }
}
