extension Problem {
    /// The kind of a problem. Raw values do not change, because scripts depend on them. The comment of a case is the
    /// title of its entry in `CodeGroup`. The file is long because an enum cannot span files.
    package enum Code: String, CaseIterable, Hashable, Sendable {
        // Configuration files
        /// No configuration file exists.
        case noConfig = "no-config"
        /// A configuration file cannot be read.
        case configUnreadable = "config-unreadable"
        /// A line of a configuration file has no valid syntax.
        case syntax
        /// A section name is unknown.
        case unknownSection = "unknown-section"
        /// A key is unknown in its section.
        case unknownKey = "unknown-key"
        /// A value is not of the expected type.
        case value
        /// A name is used twice.
        case nameTwice = "name-twice"
        /// A section for hosts is used with Role=guest.
        case roleGuest = "role-guest"
        /// A value cannot be written to a unit file.
        case unitValue = "unit-value"
        /// More errors were found than are shown.
        case tooMany = "too-many"
        /// The argument of pvpgen explain is unknown.
        case unknownSetting = "unknown-setting"
        /// The plan has no unit of that name.
        case unknownUnit = "unknown-unit"
        /// The plan has no testpmd of that name.
        case unknownTestpmd = "unknown-testpmd"

        // NICs in the configuration
        /// The configuration has no NIC.
        case noNIC = "no-nic"
        /// A NIC has no address or more than one.
        case nicAddress = "nic-address"
        /// The PCI device of a NIC does not exist.
        case nicMissing = "nic-missing"
        /// A PCI device is configured as two NICs.
        case nicTwice = "nic-twice"
        /// A NIC is not assigned to a testpmd.
        case nicTestpmd = "nic-testpmd"
        /// A testpmd has an odd number of NICs.
        case nicPairs = "nic-pairs"
        /// No interface forwards to a NIC.
        case nicIdle = "nic-idle"
        /// A NIC is on another NUMA node than its testpmd.
        case nicFar = "nic-far"
        /// The PCI address of a MAC address is not recorded.
        case nicUnknownMAC = "nic-unknown-mac"
        /// The card with a recorded MAC address is in another slot.
        case nicMoved = "nic-moved"
        /// Another card is in the slot of a recorded MAC address.
        case nicSwapped = "nic-swapped"
        /// No NIC has the MAC address.
        case macNotFound = "mac-not-found"
        /// A MAC address is used twice.
        case macTwice = "mac-twice"
        /// A NIC without SR-IOV is to have virtual functions.
        case nicWithoutSRIOV = "nic-without-sriov"
        /// A NIC supports fewer virtual functions than configured.
        case tooManyVFs = "too-many-vfs"
        /// Testpmd= names no testpmd.
        case testpmdUnknown = "testpmd-unknown"

        // Interfaces and forwarding
        /// A guest is not assigned to a testpmd.
        case guestTestpmd = "guest-testpmd"
        /// A guest has too many interfaces.
        case guestInterfaces = "guest-interfaces"
        /// The pairs of forwarding ports are ambiguous.
        case pairs
        /// An interface belongs to no guest.
        case interfaceGuest = "interface-guest"
        /// An interface has no peer.
        case peerMissing = "peer-missing"
        /// Peer= names no NIC and no interface.
        case peerUnknown = "peer-unknown"
        /// Peer= names the interface itself.
        case peerItself = "peer-itself"
        /// Peer= names a port of another testpmd.
        case peerElsewhere = "peer-elsewhere"
        /// Two interfaces disagree about their peer.
        case peerDiffers = "peer-differs"
        /// Two interfaces have the same peer.
        case peerTwice = "peer-twice"
        /// An interface has fewer queues than testpmd requires.
        case queuesFew = "queues-few"
        /// An interface has queues that testpmd does not serve.
        case queuesIdle = "queues-idle"
        /// RingSize= is not a power of two.
        case ringSize = "ring-size"
        /// A virtqueue is so small that it loses packets.
        case ringSmall = "ring-small"

        // CPUs
        /// A configured CPU is offline.
        case cpuOffline = "cpu-offline"
        /// A configured CPU belongs to the core of CPU 0.
        case cpuZero = "cpu-zero"
        /// A configured CPU is already in use.
        case cpuTaken = "cpu-taken"
        /// A configured CPU is on another NUMA node.
        case cpuFar = "cpu-far"
        /// Configured CPUs are SMT siblings.
        case cpuSiblings = "cpu-siblings"
        /// A NUMA node has too few cores for the lcores.
        case lcoresShort = "lcores-short"
        /// ForwardingLcores= and CPUs= contradict each other.
        case lcoresDiffer = "lcores-differ"
        /// More lcores are configured than queues exist.
        case lcoresIdle = "lcores-idle"
        /// A NUMA node has too few cores for the vCPUs.
        case vcpusShort = "vcpus-short"
        /// VCPUs= and CPUs= contradict each other.
        case vcpusDiffer = "vcpus-differ"
        /// No core of a NUMA node is left for housekeeping.
        case noHousekeeping = "no-housekeeping"
        /// A housekeeping CPU is isolated.
        case housekeepingIsolated = "housekeeping-isolated"
        /// IsolatedCPUs= names CPUs that are offline.
        case isolatedOffline = "isolated-offline"
        /// IsolatedCPUs= names CPUs reserved for the host.
        case isolatedReserved = "isolated-reserved"
        /// IsolatedCPUs= lacks CPUs that testpmd or a guest uses.
        case notIsolated = "not-isolated"

        // Memory and hugepages
        /// A NUMA node does not exist.
        case nodeMissing = "node-missing"
        /// A NUMA node has too little memory.
        case memoryShort = "memory-short"
        /// Pages= reserves fewer pages than required.
        case pagesShort = "pages-short"
        /// Small hugepages reduce performance.
        case pagesSmall = "pages-small"
        /// The kernel does not support the hugepage size.
        case pageSizeMissing = "page-size-missing"
        /// The kernel has fewer hugepages than required.
        case hugepagesShort = "hugepages-short"
        /// Other processes use hugepages of the plan.
        case hugepagesUsed = "hugepages-used"
        /// The number of hugepages cannot be read.
        case hugepagesUnreadable = "hugepages-unreadable"
        /// The number of hugepages cannot be set.
        case hugepagesUnwritable = "hugepages-unwritable"
        /// libvirt found no mounted hugetlbfs.
        case hugepagesUnmounted = "hugepages-unmounted"
        /// No hugetlbfs of the page size is mounted.
        case notMounted = "not-mounted"

        // Guests in the configuration
        /// A guest has nothing to boot from.
        case guestImage = "guest-image"
        /// Kernel options are set without Kernel=.
        case guestKernel = "guest-kernel"
        /// Memory= is not a multiple of the hugepage size.
        case guestMemory = "guest-memory"
        /// The name of a guest is reserved.
        case guestName = "guest-name"
        /// A guest is on another NUMA node than its testpmd.
        case guestFar = "guest-far"
        /// Settings of a guest's disk contradict each other.
        case guestDisk = "guest-disk"
        /// A guest has too few vCPUs for its own testpmd.
        case guestTestpmdVCPUs = "guest-testpmd-vcpus"
        /// A guest has too little memory for its own testpmd.
        case guestTestpmdMemory = "guest-testpmd-memory"
        /// Two images have the same file.
        case imageTwice = "image-twice"
        /// The domain XML of a guest is invalid.
        case domainXML = "domain-xml"
        /// ReadyWhen=ssh is set for a guest without an address.
        case readySSH = "ready-ssh"

        // Management network and SSH
        /// An address setting is used with Network=no.
        case guestNetwork = "guest-network"
        /// The management network has no free address.
        case networkFull = "network-full"
        /// An address is not in the management network.
        case addressOutside = "address-outside"
        /// An address is the host's own.
        case addressHost = "address-host"
        /// An address is used by two guests.
        case addressTwice = "address-twice"
        /// SSHListen= is set without SSHPort=.
        case sshPort = "ssh-port"
        /// Two guests listen on the same port.
        case sshPortTwice = "ssh-port-twice"
        /// Another process listens on a guest's port.
        case sshPortUsed = "ssh-port-used"
        /// The plan has no such guest.
        case sshNoGuest = "ssh-no-guest"
        /// The guest has no address for SSH.
        case sshNoNetwork = "ssh-no-network"
        /// The guest for SSH is not named.
        case sshAmbiguous = "ssh-ambiguous"
        /// The management network overlaps another network.
        case networkSubnet = "network-subnet"
        /// The name of the network is in use in libvirt.
        case networkName = "network-name"
        /// The name of the bridge is in use.
        case networkBridge = "network-bridge"
        /// The XML of the management network is invalid.
        case networkXML = "network-xml"
        /// libvirt has no network driver.
        case networkUnsupported = "network-unsupported"
        /// The management network does not exist.
        case networkMissing = "network-missing"
        /// libvirt failed to manage the network.
        case networkFailed = "network-failed"
        /// The state of the management network cannot be saved.
        case networkState = "network-state"
        /// The host's network configuration cannot be read.
        case networkUnreadable = "network-unreadable"
        /// dnsmasq is not installed.
        case dnsmasqMissing = "dnsmasq-missing"
        /// Another DNS or DHCP server uses the address.
        case dnsmasqPort = "dnsmasq-port"
        /// libvirt cannot configure the firewall.
        case firewall

        // Kernel and IOMMU
        /// Kernel arguments are not in effect.
        case notBooted = "not-booted"
        /// The kernel does not use the IOMMU.
        case iommuOff = "iommu-off"
        /// The firmware reports no IOMMU.
        case iommuMissing = "iommu-missing"
        /// A guest forwards packets without an IOMMU.
        case noIOMMU = "no-iommu"
        /// A NIC is in no IOMMU group.
        case noIOMMUGroup = "no-iommu-group"
        /// Interrupts are delivered to isolated CPUs.
        case interrupts
        /// The CPU wake-up latency cannot be limited.
        case latencyRefused = "latency-refused"
        /// A QEMU thread cannot be moved to other CPUs.
        case threadNotMoved = "thread-not-moved"
        /// Tuned values cannot be restored.
        case tuningStays = "tuning-stays"

        // NICs and VFIO
        /// The driver vfio-pci is missing.
        case vfioMissing = "vfio-missing"
        /// VFIO cannot work without an IOMMU.
        case vfioWithoutIOMMU = "vfio-without-iommu"
        /// A NIC has no IOMMU group.
        case nicWithoutIOMMU = "nic-without-iommu"
        /// Other devices are in the IOMMU group of a NIC.
        case nicGroupShared = "nic-group-shared"
        /// The host's network uses a NIC.
        case nicNetwork = "nic-network"
        /// The host's network used a NIC when it was recorded.
        case nicNetworkRecorded = "nic-network-recorded"
        /// No record of the host's network exists.
        case nicNetworkUnknown = "nic-network-unknown"
        /// A process uses a NIC through VFIO.
        case nicInUse = "nic-in-use"
        /// vfio-pci did not bind a NIC.
        case nicNotBound = "nic-not-bound"
        /// The former driver did not bind a NIC.
        case nicNotReturned = "nic-not-returned"
        /// A sysfs file of a NIC cannot be written.
        case nicUnwritable = "nic-unwritable"
        /// Virtual functions are in use.
        case vfInUse = "vf-in-use"
        /// Virtual functions of another process exist.
        case vfsThere = "vfs-there"
        /// The kernel did not create or remove virtual functions.
        case vfsShort = "vfs-short"
        /// A virtual function has an unexpected address.
        case vfsElsewhere = "vfs-elsewhere"
        /// The PCI Express link is too slow for the NIC.
        case pciLink = "pci-link"
        /// Driver= does not match DPDK's driver.
        case driverWrong = "driver-wrong"
        /// DPDK has no driver for a NIC.
        case pmdMissing = "pmd-missing"
        /// The drivers of a DPDK program were not checked.
        case pmdUnchecked = "pmd-unchecked"

        // Guest images and disks
        /// An image or file of a guest does not exist.
        case imageMissing = "image-missing"
        /// An image of a guest cannot be read.
        case imageUnreadable = "image-unreadable"
        /// An image has the wrong format.
        case imageFormat = "image-format"
        /// An image depends on another file.
        case imageIncomplete = "image-incomplete"
        /// An image has another checksum.
        case imageChecksum = "image-checksum"
        /// The server does not provide the image.
        case imageAnswer = "image-answer"
        /// The server's certificate is not trusted.
        case imageTLS = "image-tls"
        /// The download of an image was interrupted.
        case imageBrokenOff = "image-broken-off"
        /// The URL of an image cannot be fetched.
        case imageNotFetched = "image-not-fetched"
        /// The downloaded image cannot be written.
        case imageNotWritten = "image-not-written"
        /// The state of a guest's disk cannot be accessed.
        case imageState = "image-state"
        /// The file system is full.
        case diskFull = "disk-full"
        /// The disk of a guest cannot be created.
        case diskNotMade = "disk-not-made"
        /// The disk of a guest cannot be prepared.
        case diskNotPrepared = "disk-not-prepared"
        /// The disk of a guest cannot be removed.
        case diskNotRemoved = "disk-not-removed"
        /// The guest has no disk.
        case noDisk = "no-disk"
        /// The configuration has no guest of that name.
        case noGuest = "no-guest"
        /// The section of a guest has an error.
        case guestWrong = "guest-wrong"
        /// The guest is running.
        case guestRuns = "guest-runs"
        /// The SSH public key cannot be read.
        case keyUnreadable = "key-unreadable"
        /// SSHKey= is not a public key.
        case keyWrong = "key-wrong"
        /// The public key is on another machine.
        case keyElsewhere = "key-elsewhere"
        /// The SSH host key of a guest cannot be created.
        case keyNotMade = "key-not-made"
        /// The password file cannot be read.
        case passwordUnreadable = "password-unreadable"
        /// The password file has no password hash.
        case passwordWrong = "password-wrong"

        // libvirt and QEMU
        /// libvirt is not running.
        case noLibvirt = "no-libvirt"
        /// The connection to libvirt failed.
        case libvirtUnreachable = "libvirt-unreachable"
        /// libvirt denies access.
        case libvirtDenied = "libvirt-denied"
        /// The libvirt library failed.
        case libvirtFailed = "libvirt-failed"
        /// QEMU is not installed or not running.
        case qemuMissing = "qemu-missing"
        /// The emulator of a guest is not installed.
        case emulatorMissing = "emulator-missing"
        /// libvirt does not support the emulator or machine.
        case emulatorRefused = "emulator-refused"
        /// The emulator and machine were not checked.
        case emulatorUnchecked = "emulator-unchecked"
        /// KVM is not available.
        case kvmMissing = "kvm-missing"
        /// A domain with the UUID or name exists.
        case domainExists = "domain-exists"
        /// A domain of another owner has the guest's name.
        case domainForeign = "domain-foreign"
        /// libvirt does not support a part of the domain.
        case domainUnsupported = "domain-unsupported"
        /// libvirt failed to manage the domain.
        case domainFailed = "domain-failed"
        /// QEMU cannot create the vhost-user socket.
        case vhostSocket = "vhost-socket"
        /// An AppArmor rule for guests is missing.
        case apparmor
        /// The SELinux module is not loaded.
        case selinux

        // testpmd and telemetry
        /// The testpmd program does not exist.
        case testpmdMissing = "testpmd-missing"
        /// The testpmd program cannot be started.
        case testpmdNotStarted = "testpmd-not-started"
        /// testpmd ended with an error.
        case testpmd
        /// DPDK is too old.
        case dpdkOld = "dpdk-old"
        /// DPDK refuses a device of the plan.
        case devices
        /// The devices were not checked by DPDK.
        case devicesUnchecked = "devices-unchecked"
        /// DPDK cannot parse a device argument.
        case deviceRefused = "device-refused"
        /// A device is given twice.
        case deviceTwice = "device-twice"
        /// No DPDK program provides telemetry.
        case telemetryMissing = "telemetry-missing"
        /// The telemetry socket refuses the connection.
        case telemetryRefused = "telemetry-refused"
        /// Telemetry does not answer.
        case telemetrySilent = "telemetry-silent"
        /// The telemetry connection was closed.
        case telemetryLost = "telemetry-lost"
        /// A JSON text is malformed.
        case jsonMalformed = "json-malformed"
        /// No testpmd exists to report metrics of.
        case noMetrics = "no-metrics"

        // Consoles
        /// The console does not exist.
        case consoleMissing = "console-missing"
        /// The console is not named.
        case consoleAmbiguous = "console-ambiguous"
        /// The console cannot be opened.
        case consoleClosed = "console-closed"
        /// The console has too many pending connections.
        case consoleBusy = "console-busy"
        /// The console refused the connection.
        case consoleRefused = "console-refused"
        /// The console does not answer.
        case consoleSilent = "console-silent"
        /// The connection to the console was closed.
        case consoleLost = "console-lost"
        /// The console sent invalid data.
        case consoleGarbled = "console-garbled"
        /// The console is open for reading only.
        case consoleReadOnly = "console-read-only"
        /// The console cannot be provided or attached.
        case consoleFailed = "console-failed"
        /// testpmd reported an invalid command.
        case commandWrong = "command-wrong"
        /// testpmd did not answer in time.
        case commandTimeout = "command-timeout"
        /// testpmd ended during a command.
        case commandEnded = "command-ended"
        /// The console refused a command.
        case commandRefused = "command-refused"
        /// The service manager passed no socket.
        case noSocket = "no-socket"

        // Installation and boot loader
        /// No supported boot loader was found.
        case bootLoader = "boot-loader"
        /// Several boot loaders were found.
        case bootLoaderAmbiguous = "boot-loader-ambiguous"
        /// The given boot loader was not found.
        case bootLoaderMissing = "boot-loader-missing"
        /// ukify is not installed.
        case ukifyMissing = "ukify-missing"
        /// The boot loader addon cannot be read.
        case addonMissing = "addon-missing"
        /// The boot loader addon cannot be signed.
        case secureBoot = "secure-boot"
        /// An installed file was changed.
        case fileChanged = "file-changed"
        /// A file was changed during the installation.
        case fileChanging = "file-changing"
        /// A saved file would be overwritten.
        case fileSaved = "file-saved"
        /// The output file already exists.
        case fileExists = "file-exists"
        /// A file cannot be read.
        case fileUnreadable = "file-unreadable"
        /// Another installation was interrupted.
        case transactionOpen = "transaction-open"
        /// The journal of an interrupted installation is invalid.
        case journalBroken = "journal-broken"
        /// The record of the installation is invalid.
        case manifestBroken = "manifest-broken"
        /// The installation cannot be locked.
        case notLocked = "not-locked"
        /// A command of the installation failed.
        case commandFailed = "command-failed"
        /// A unit cannot be stopped.
        case unitNotStopped = "unit-not-stopped"
        /// A directory cannot be removed.
        case notRemoved = "not-removed"

        // Import from Ansible
        /// A file is not valid YAML.
        case yaml
        /// A file has no Ansible variables.
        case noVariables = "no-variables"
        /// No variable of the virtio-host role was found.
        case noRoleVariable = "no-role-variable"
        /// A variable has an unsupported expression.
        case expression
        /// Files of vars_files are not read.
        case varsFiles = "vars-files"
        /// An argument was omitted.
        case argumentLeft = "argument-left"
        /// A guest was renamed.
        case renamed

        // Programs and units
        /// The command line is invalid.
        case usage
        /// A required program is not installed.
        case programMissing = "program-missing"
        /// A program cannot be started.
        case programNotStarted = "program-not-started"
        /// systemd does not report the state of units.
        case systemdSilent = "systemd-silent"
        /// systemd does not answer in time.
        case systemdTimeout = "systemd-timeout"
        /// systemd denies access.
        case systemdDenied = "systemd-denied"
        /// systemd refuses an operation.
        case systemdRefused = "systemd-refused"
        /// A unit could not be started or stopped.
        case jobFailed = "job-failed"
        /// A unit is not loaded.
        case unitNotLoaded = "unit-not-loaded"
        /// A unit is not active.
        case unitNotActive = "unit-not-active"
        /// A file cannot be written.
        case notWritten = "not-written"
        /// A unit file cannot be read.
        case notRead = "not-read"
        /// A state file cannot be read.
        case stateUnreadable = "state-unreadable"
        /// A state file cannot be written.
        case stateUnwritable = "state-unwritable"
        /// A report cannot be read.
        case reportUnreadable = "report-unreadable"
        /// A file is not a report of pvpgen.
        case reportUnknown = "report-unknown"
        /// The help text cannot be read.
        case helpUnreadable = "help-unreadable"
        /// Signals cannot be received.
        case noSignals = "no-signals"
        /// A system call failed.
        case systemFailed = "system-failed"
    }
}
