import CLibvirt

/// libvirt's functions. The library is loaded before a connection exists or the event loop runs.
var libvirt: libvirt_functions { libvirt_loaded().pointee }

/// Loads libvirt's library if it is not loaded yet.
func loadLibvirt() throws(LibvirtError) {
    if let problem = libvirt_load() { throw LibvirtError(.other(0), String(cString: problem)) }
}
