import Config
import HelperCalls
package import Plan
import Values
package import XML

extension GuestPlan {
    /// The libvirt domain (libvirt: formatdomain.html). QEMU listens on the vhost-user sockets
    /// (`mode='server'`), so that testpmd may restart under a running guest.
    package var domain: XML {
        """
        <domain type='kvm'>
          <name>\(name)</name>\(identity)
          <metadata>
            <pvp:guest xmlns:pvp='\(GuestCall.domainNamespace)' name='\(name)'/>
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
          <cputune>\(vCPUs.indices, { pin($0) })
            <emulatorpin cpuset='\(emulator.description)'/>
          </cputune>
          <numatune>
            <memory mode='strict' nodeset='\(node)'/>
          </numatune>
          <os>
            <type arch='x86_64' \
        machine='\(options.machine)'>hvm</type>\(element: "kernel", options.kernel)\
        \(element: "initrd", options.initrd)\(element: "cmdline", options.kernelCommandLine)
          </os>
          <features>
            <acpi/>
            <apic/>\("\n    <ioapic driver='qemu'/>", if: options.hasIOMMU)
          </features>
          <cpu mode='host-passthrough' check='none'>
            <numa>
              <cell id='0' cpus='\(vCPUs.count == 1 ? "0" : "0-\(vCPUs.count - 1)")' memory='\(memory / 1024)' \
        unit='KiB' memAccess='shared'/>
            </numa>
          </cpu>
          <clock offset='utc'>
            <timer name='hpet' present='no'/>
          </clock>
          <on_poweroff>destroy</on_poweroff>
          <on_reboot>restart</on_reboot>
          <on_crash>destroy</on_crash>
          <devices>\(element: "emulator", options.emulatorPath)
            <controller type='usb' model='none'/>\(vhosts.indices, { rootPort($0) })
            <controller type='virtio-serial' \
        index='0'>\(GuestPCILayout.channels)</controller>\(diskDevice)\(vhosts.indices, { interface($0) })\
        \(managementInterface)
            <serial type='pty'/>
            <channel type='unix'>
              <target type='virtio' name='org.qemu.guest_agent.0'/>
              <address type='virtio-serial' controller='0' bus='0' port='1'/>
            </channel>
            <memballoon model='none'/>
            <panic model='isa'/>
            <rng model='virtio'>
              <backend model='random'>/dev/urandom</backend>
              \(GuestPCILayout.random)
            </rng>\(iommu)\(fragment.devices.map(Self.line))
          </devices>\(fragment.domain.map(Self.line))
        </domain>

        """
    }

    // What may be missing or there several times is on lines of its own: each begins with the end
    // of the line before.

    private var identity: XML {
        guard let uuid, !fragment.hasUUID else { return "" }
        return "\n  <uuid>\(uuid)</uuid>"
    }

    private static func line(_ part: [UInt8]) -> XML { "\n    \(XML(part))" }

    private func pin(_ vCPU: Int) -> XML { "\n    <vcpupin vcpu='\(vCPU)' cpuset='\(vCPUs[vCPU])'/>" }

    /// What remaps interrupts has to see them, so they are QEMU's and not the kernel's: the I/O
    /// APIC too (libvirt: formatdomain.html, IOMMU devices).
    private var iommu: XML {
        guard options.hasIOMMU else { return "" }
        return """

                <iommu model='intel'>
                  <driver intremap='on' caching_mode='on' iotlb='on'/>
                </iommu>
            """
    }

    /// Read by systemd in the guest at each boot (`systemd.system-credentials(7)`).
    private var credentials: XML {
        var entries: [XML] = []
        if let disk, disk.preparation == .credentials {
            entries.append("\n    <entry name='opt/io.systemd.credentials/tmpfiles.extra' file='\(disk.credentials)'/>")
        }
        if let guestConfiguration {
            entries.append(
                "\n    <entry name='opt/io.systemd.credentials/\(ConfigFiles.name)'>\(guestConfiguration)</entry>")
        }
        if entries.isEmpty { return "" }
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
                  \(GuestPCILayout.disk)
                </disk>\(seed)
            """
    }

    private func rootPort(_ number: Int) -> XML {
        """

            <controller type='pci' index='\(number + 1)' model='pcie-root-port'>\
        \(GuestPCILayout.rootPort(number))</controller>
        """
    }

    /// Without an option ROM: a boot from the data plane is never intended, and would look like a
    /// guest that is up.
    private func interface(_ number: Int) -> XML {
        let port = vhosts[number]
        let queues: XML = port.queues > 1 ? "queues='\(port.queues)' " : ""
        return """

                <interface type='vhostuser'>
                  <mac address='\(port.mac)'/>
                  <source type='unix' path='\(port.socket)' mode='server'/>
                  <model type='virtio'/>
                  <driver \(queues)rx_queue_size='\(port.ringSize)' \
            tx_queue_size='\(port.ringSize)'\(" iommu='on' ats='on'", if: port.hasIOMMU)\
            \(" packed='on'", if: port.hasPackedRing)/>
                  <rom enabled='no'/>
                  \(GuestPCILayout.interface(number))
                </interface>
            """
    }

    private var managementInterface: XML {
        guard let management else { return "" }
        return """

                <interface type='network'>
                  <mac address='\(management.mac)'/>
                  <source network='\(management.network)'/>
                  <model type='virtio'/>
                  <rom enabled='no'/>
                  \(GuestPCILayout.management)
                </interface>
            """
    }
}
