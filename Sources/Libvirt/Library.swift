import CLibvirt

/// libvirt's functions. Whoever has a connection, or has started the event loop, has loaded the library.
var libvirt: libvirt_functions { libvirt_loaded().pointee }

/// Loads libvirt's library if it is not loaded yet.
func loadLibvirt() throws(LibvirtError) {
    if let problem = libvirt_load() { throw LibvirtError(.other(0), String(cString: problem)) }
}
