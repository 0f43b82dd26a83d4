import Foundation

/// A domain of 64 MiB without KVM, as small as they come.
struct TinyDomain {
    var name: String
    var uuid: String?
    var isMarked = true
    var backing = ""
    var devices = ""
    var boot = "hd"
    /// Whether it shuts down when it is asked to, and says so.
    var isObeying = false

    var xml: String {
        let metadata = isMarked ? "<metadata><pvp:guest xmlns:pvp='urn:pvpgen:domain' name='\(name)'/></metadata>" : ""
        return """
            <domain type='qemu'><name>\(name)</name>
            \(uuid.map { "<uuid>\($0)</uuid>" } ?? "")
            \(metadata)<memory unit='MiB'>64</memory>\(backing)
            <os><type arch='x86_64' machine='q35'>hvm</type><boot dev='\(boot)'/></os><features><acpi/></features>
            <on_reboot>restart</on_reboot><devices><controller type='usb' model='none'/><memballoon \
            model='none'/>\(devices)</devices></domain>
            """
    }

    /// With network cards on vhost-user sockets, whose other end has to connect.
    mutating func addVhost(_ sockets: [String]) {
        backing = "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>"
        for socket in sockets {
            devices +=
                "<interface type='vhostuser'><source type='unix' path='\(socket)' mode='server'/><model "
                + "type='virtio'/></interface>"
        }
    }

    /// With a serial port whose output is kept in a file.
    mutating func addSerial(file: String) { devices += "<serial type='file'><source path='\(file)'/></serial>" }

    /// With a serial port.
    mutating func addSerial() { devices += "<serial type='pty'/><console type='pty'/>" }

    /// With a disk.
    mutating func addDisk(_ path: String, format: String) {
        devices += """
            <disk type='file' device='disk'><driver name='qemu' type='\(format)'/><source file='\(path)'/><target \
            dev='sda' bus='sata'/></disk>
            """
    }

    /// With a disk that a server provides at a socket. It has a name: libvirt 9.0 loses what
    /// happens to one without.
    mutating func addDisk(nbd socket: String) {
        devices += """
            <disk type='network' device='disk'><driver name='qemu' type='raw'/>
            <source protocol='nbd' name='DISK'><host transport='unix' socket='\(socket)'/></source><target dev='sda' \
            bus='sata'/></disk>
            """
    }
}

/// Guests of one boot sector, in 16-bit code. SeaBIOS puts q35's ACPI PM registers at port 0x600.
enum BootSector {
    /// mov dx,0x604 · mov ax,0x2000 · out dx,ax: soft off.
    private static let powerOff: [UInt8] = [0xba, 0x04, 0x06, 0xb8, 0x00, 0x20, 0xef]
    /// mov dx,0x602 · mov ax,0x100 · out dx,ax · mov dx,0x3f8 · mov al,'!' · out dx,al · mov
    /// dx,0x600 · sti · again: hlt · in ax,dx · test ah,1 · jz again: prints on the first serial
    /// port that it listens, and waits for the power button. It looks with each tick of the timer.
    private static let awaitButton: [UInt8] = [
        0xba, 0x02, 0x06, 0xb8, 0x00, 0x01, 0xef, 0xba, 0xf8, 0x03, 0xb0, UInt8(ascii: "!"), 0xee, 0xba, 0x00, 0x06,
        0xfb, 0xf4, 0xed, 0xf6, 0xc4, 0x01, 0x74, 0xf9,
    ]

    /// mov dx,0x3f8 · mov al,… · out dx,al and so on · again: mov dx,0x3fd · in al,dx · test al,1 ·
    /// jz again · mov dx,0x3f8 · in al,dx · out dx,al · jmp again: prints "pvp" and a line feed on
    /// the first serial port, then echoes what is typed.
    private static let echo: [UInt8] =
        [0xba, 0xf8, 0x03] + Array("pvp\n".utf8).flatMap { [0xb0, $0, 0xee] }
        + [0xba, 0xfd, 0x03, 0xec, 0xa8, 0x01, 0x74, 0xf8, 0xba, 0xf8, 0x03, 0xec, 0xee, 0xeb, 0xf1]

    /// mov ax,0x301 · mov bx,0x7c00 · mov cx,2 · mov dx,0x80 · int 0x13: writes a sector of its
    /// disk.
    private static let write: [UInt8] = [
        0xb8, 0x01, 0x03, 0xbb, 0x00, 0x7c, 0xb9, 0x02, 0x00, 0xba, 0x80, 0x00, 0xcd, 0x13,
    ]
    /// mov dx,0x505 · mov al,1 · out dx,al: signals the pvpanic device (QEMU: docs/specs/pvpanic).
    private static let panic: [UInt8] = [0xba, 0x05, 0x05, 0xb0, 0x01, 0xee]
    /// mov dx,0xcf9 · mov al,6 · out dx,al: the chipset's reset.
    private static let reset: [UInt8] = [0xba, 0xf9, 0x0c, 0xb0, 0x06, 0xee]

    /// Writes to its disk.
    static let writes = image(write)
    /// Reports a panic.
    static let panics = image(panic)
    /// Reboots, again and again.
    static let reboots = image(reset)
    /// Prints and echoes on its serial port.
    static let echoes = image(echo)
    /// Powers itself off as soon as it has booted.
    static let powersOff = image(powerOff)
    /// Powers itself off when the button is pressed.
    static let obeys = image(awaitButton + powerOff)

    private static func image(_ code: [UInt8]) -> Data {
        var sector = Data(code)
        // hlt · jmp to it
        sector.append(contentsOf: [0xf4, 0xeb, 0xfd])
        sector.append(Data(count: 510 - sector.count))
        sector.append(contentsOf: [0x55, 0xaa])
        return sector + Data(count: 1 << 20)
    }
}
