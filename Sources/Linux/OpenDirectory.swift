import Glibc

/// A directory that many files are written into: it is looked up once, and their names from there.
/// New files have mode 0644, a directory 0755, less the umask.
package struct OpenDirectory {
    private let descriptor: Descriptor
    /// The name of the file that is not whole yet.
    private let temporary = Array(Root.temporaryName().utf8CString)

    /// Opens the directory of a root (`open(2)`), and creates it if it does not exist. An error
    /// names paths within the root.
    package init(_ root: Root) throws(SystemError) {
        do throws(SystemError) {
            try root.makeDirectory("")
        } catch {
            throw SystemError(error.call, "", code: error.code)
        }
        let number = open(root.path("/"), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw SystemError("open", "") }
        descriptor = Descriptor(owning: number)
    }

    private var number: Int32 { descriptor.number }

    /// Writes a file whole or not at all: under another name, then `rename(2)`. Its directory is
    /// created if need be.
    package func replace(_ name: String, with content: [UInt8]) throws(SystemError) {
        try makeParent(name)
        let file = openat(number, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw SystemError("open", "/" + name) }
        do throws(SystemError) {
            defer { close(file) }
            try Root.write(content, to: file, "/" + name)
            guard renameat(number, temporary, number, name) == 0 else { throw SystemError("rename", "/" + name) }
        } catch {
            unlinkat(number, temporary, 0)
            throw error
        }
    }

    /// Creates a symbolic link, and its directory if need be; an existing link with the same target
    /// is left as it is.
    package func makeLink(_ name: String, to target: String) throws(SystemError) {
        if symlinkat(target, number, name) == 0 { return }
        if errno == ENOENT {
            try makeParent(name)
            if symlinkat(target, number, name) == 0 { return }
        }
        let code = errno
        if code == EEXIST, Root.target(of: name, in: number) == target { return }
        throw SystemError("symlink", "/" + name, code: code)
    }

    /// Creates the directory that a name is in, and those above it.
    private func makeParent(_ name: String) throws(SystemError) {
        let parent = Root.parent(name)
        if parent.isEmpty || mkdirat(number, parent, 0o755) == 0 || errno == EEXIST { return }
        guard errno == ENOENT else { throw SystemError("mkdir", "/" + parent) }
        try makeParent(parent)
        guard mkdirat(number, parent, 0o755) == 0 || errno == EEXIST else { throw SystemError("mkdir", "/" + parent) }
    }
}
