import Config
import HostTopology
public import Plan

extension GuestPlan {
    /// The namespace of the mark by which pvp-guest knows its own domains.
    public static let markNamespace = "urn:pvpgen:domain"

    /// The libvirt domain (libvirt: formatdomain.html). QEMU listens on the vhost-user sockets (`mode='server'`), so that testpmd may restart under a running guest.
    public var domain: XML {
        """
        <domain type='kvm'>
          <name>\(name)</name>
          <metadata>
            <pvp:guest xmlns:pvp='\(Self.markNamespace)' name='\(name)'/>
          </metadata>\(credentials)
          <memory unit='KiB'>\(memory / 1024)</memory>
          <memoryBacking>
            <hugepages>
              <page size='\(pageSize.bytes / 1024)' unit='KiB'/>
            </hugepages>
            <locked/>
            <access mode='shared'/>
          </memoryBacking>
          <vcpu placement='static'>\(vCPUs.count)</vcpu>
          <cputune>\(pins)
            <emulatorpin cpuset='\(emulator.description)'/>
          </cputune>
          <numatune>
            <memory mode='strict' nodeset='\(node)'/>
          </numatune>
          <os>
            <type arch='x86_64' machine='\(machine)'>hvm</type>\(boot)
          </os>
          <features>
            <acpi/>
            <apic/>\(ioapic)
          </features>
          <cpu mode='host-passthrough' check='none'>
            <numa>
              <cell id='0' cpus='\(vCPUs.count == 1 ? "0" : "0-\(vCPUs.count - 1)")' memory='\(memory / 1024)' unit='KiB' memAccess='shared'/>
            </numa>
          </cpu>
          <clock offset='utc'>
            <timer name='hpet' present='no'/>
          </clock>
          <on_poweroff>destroy</on_poweroff>
          <on_reboot>restart</on_reboot>
          <on_crash>destroy</on_crash>
          <devices>\(emulatorLine)
            <controller type='usb' model='none'/>\(rootPorts)
            <controller type='virtio-serial' index='0'>\(Places.channels)</controller>\(diskDevice)\(interfaces)
            <serial type='pty'/>
            <channel type='unix'>
              <target type='virtio' name='org.qemu.guest_agent.0'/>
              <address type='virtio-serial' controller='0' bus='0' port='1'/>
            </channel>
            <memballoon model='none'/>
            <panic model='isa'/>
            <rng model='virtio'>
              <backend model='random'>/dev/urandom</backend>
              \(Places.random)
            </rng>\(iommu)\(Self.lines(fragment.devices))
          </devices>\(Self.lines(fragment.domain))
        </domain>

        """
    }

    // What may be missing or there several times is on lines of its own: each begins with the end of the line before.

    private static func lines(_ parts: [[UInt8]]) -> XML {
        var lines: XML = ""
        for part in parts {
            lines += "\n    "
            lines += XML(part)
        }
        return lines
    }

    private var pins: XML {
        var lines: XML = ""
        for (vCPU, cpu) in vCPUs.enumerated() { lines += "\n    <vcpupin vcpu='\(vCPU)' cpuset='\(cpu)'/>" }
        return lines
    }

    private var boot: XML {
        var lines: XML = ""
        if let kernel { lines += "\n    <kernel>\(kernel)</kernel>" }
        if let initrd { lines += "\n    <initrd>\(initrd)</initrd>" }
        if let kernelCommandLine { lines += "\n    <cmdline>\(kernelCommandLine)</cmdline>" }
        return lines
    }

    private var emulatorLine: XML {
        guard let emulatorPath else { return "" }
        return "\n    <emulator>\(emulatorPath)</emulator>"
    }

    /// What remaps interrupts has to see them, so they are QEMU's and not the kernel's (libvirt: formatdomain.html, IOMMU devices).
    private var ioapic: XML { hasIOMMU ? "\n    <ioapic driver='qemu'/>" : "" }

    private var iommu: XML {
        guard hasIOMMU else { return "" }
        return """

                <iommu model='intel'>
                  <driver intremap='on' caching_mode='on' iotlb='on'/>
                </iommu>
            """
    }

    /// Read by systemd in the guest at each boot (`systemd.system-credentials(7)`).
    private var credentials: XML {
        var entries: XML = ""
        if let disk, disk.preparation == .credentials {
            entries += "\n    <entry name='opt/io.systemd.credentials/tmpfiles.extra' file='\(disk.credentials)'/>"
        }
        if let inside { entries += "\n    <entry name='opt/io.systemd.credentials/\(ConfigFiles.name)'>\(inside)</entry>" }
        if entries.bytes.isEmpty { return "" }
        return "\n  <sysinfo type='fwcfg'>\(entries)\n  </sysinfo>"
    }

    private var seed: XML {
        guard let disk, disk.preparation == .cloudInit else { return "" }
        return """

                <disk type='file' device='cdrom'>
                  <driver name='qemu' type='raw'/>
                  <source file='\(disk.seed)'/>
                  <target dev='sda' bus='sata'/>
                  <readonly/>
                </disk>
            """
    }

    private var diskDevice: XML {
        guard let disk else { return "" }
        return """

                <disk type='file' device='disk'>
                  <driver name='qemu' type='qcow2'/>
                  <source file='\(disk.overlay)'/>
                  <target dev='vda' bus='virtio'/>
                  \(Places.disk)
                </disk>\(seed)
            """
    }

    private var rootPorts: XML {
        var lines: XML = ""
        for number in vhosts.indices {
            lines += "\n    <controller type='pci' index='\(number + 1)' model='pcie-root-port'>\(Places.rootPort(number))</controller>"
        }
        return lines
    }

    /// Without option ROMs: a boot from the data plane is nothing that anybody wants, and would look like a guest that is up.
    private var interfaces: XML {
        var lines: XML = ""
        for (number, port) in vhosts.enumerated() {
            let queues: XML = port.queues > 1 ? "queues='\(port.queues)' " : ""
            let iommu: XML = port.hasIOMMU ? " iommu='on' ats='on'" : ""
            let packed: XML = port.hasPackedRing ? " packed='on'" : ""
            lines += """

                    <interface type='vhostuser'>
                      <mac address='\(port.mac)'/>
                      <source type='unix' path='\(port.socket)' mode='server'/>
                      <model type='virtio'/>
                      <driver \(queues)rx_queue_size='\(port.ringSize)' tx_queue_size='\(port.ringSize)'\(iommu)\(packed)/>
                      <rom enabled='no'/>
                      \(Places.interface(number))
                    </interface>
                """
        }
        if let management {
            lines += """

                    <interface type='network'>
                      <mac address='\(management.mac)'/>
                      <source network='\(management.network)'/>
                      <model type='virtio'/>
                      <rom enabled='no'/>
                      \(Places.management)
                    </interface>
                """
        }
        return lines
    }
}
