import Config
public import Plan

extension GuestPlan {
    /// The namespace of the mark by which pvp-guest knows its own domains.
    public static let markNamespace = "urn:pvpgen:domain"

    /// The libvirt domain (libvirt: formatdomain.html). QEMU listens on the vhost-user sockets (`mode='server'`), so that testpmd may restart under a running guest.
    public var domain: XMLElement {
        XMLElement(
            "domain", ["type": "kvm"],
            containing: [
                XMLElement("name", text: name),
                XMLElement("metadata", containing: [XMLElement("pvp:guest", ["xmlns:pvp": Self.markNamespace, "name": name])]),
                XMLElement("memory", ["unit": "KiB"], text: "\(memory / 1024)"),
                XMLElement(
                    "memoryBacking",
                    containing: [
                        XMLElement("hugepages", containing: [XMLElement("page", ["size": "\(pageSize.bytes / 1024)", "unit": "KiB"])]),
                        XMLElement("locked"),
                        XMLElement("access", ["mode": "shared"]),
                    ]),
                XMLElement("vcpu", ["placement": "static"], text: "\(vCPUs.count)"),
                XMLElement(
                    "cputune",
                    containing: vCPUs.enumerated().map { XMLElement("vcpupin", ["vcpu": "\($0.offset)", "cpuset": "\($0.element)"]) }
                        + [XMLElement("emulatorpin", ["cpuset": "\(emulator)"])]),
                XMLElement("numatune", containing: [XMLElement("memory", ["mode": "strict", "nodeset": "\(node)"])]),
                XMLElement("os", containing: boot),
                XMLElement("features", containing: [XMLElement("acpi"), XMLElement("apic")]),
                XMLElement(
                    "cpu", ["mode": "host-passthrough", "check": "none"],
                    containing: [
                        XMLElement(
                            "numa",
                            containing: [
                                XMLElement(
                                    "cell",
                                    [
                                        "id": "0", "cpus": vCPUs.count == 1 ? "0" : "0-\(vCPUs.count - 1)", "memory": "\(memory / 1024)",
                                        "unit": "KiB",
                                        "memAccess": "shared",
                                    ])
                            ])
                    ]),
                XMLElement("clock", ["offset": "utc"], containing: [XMLElement("timer", ["name": "hpet", "present": "no"])]),
                XMLElement("on_poweroff", text: "destroy"),
                XMLElement("on_reboot", text: "restart"),
                XMLElement("on_crash", text: "destroy"),
                XMLElement(
                    "devices",
                    containing: disk + vhosts.map(interface) + [
                        XMLElement("serial", ["type": "pty"]),
                        XMLElement(
                            "channel", ["type": "unix"],
                            containing: [XMLElement("target", ["type": "virtio", "name": "org.qemu.guest_agent.0"])]),
                        XMLElement("memballoon", ["model": "none"]),
                        XMLElement(
                            "rng", ["model": "virtio"], containing: [XMLElement("backend", ["model": "random"], text: "/dev/urandom")]),
                    ]),
            ])
    }

    private var boot: [XMLElement] {
        var elements = [XMLElement("type", ["arch": "x86_64", "machine": "q35"], text: "hvm")]
        if let kernel { elements.append(XMLElement("kernel", text: kernel)) }
        if let initrd { elements.append(XMLElement("initrd", text: initrd)) }
        if let kernelCommandLine { elements.append(XMLElement("cmdline", text: kernelCommandLine)) }
        return elements
    }

    private var disk: [XMLElement] {
        guard let image else { return [] }
        return [
            XMLElement(
                "disk", ["type": "file", "device": "disk"],
                containing: [
                    XMLElement("driver", ["name": "qemu", "type": "qcow2"]),
                    XMLElement("source", ["file": image]),
                    XMLElement("target", ["dev": "vda", "bus": "virtio"]),
                ])
        ]
    }

    private func interface(_ port: VhostPort) -> XMLElement {
        var driver: KeyValuePairs = ["rx_queue_size": "\(port.ringSize)", "tx_queue_size": "\(port.ringSize)"]
        if port.queues > 1 {
            driver = ["queues": "\(port.queues)", "rx_queue_size": "\(port.ringSize)", "tx_queue_size": "\(port.ringSize)"]
        }
        return XMLElement(
            "interface", ["type": "vhostuser"],
            containing: [
                XMLElement("mac", ["address": port.mac]),
                XMLElement("source", ["type": "unix", "path": port.socket, "mode": "server"]),
                XMLElement("model", ["type": "virtio"]),
                XMLElement("driver", driver),
            ])
    }
}
