import CLinux
import Glibc

/// Opens a path within a directory without `openat2(2)`: one component at a time, each link
/// resolved here.
enum PathWalk {
    /// As many as the kernel follows (path_resolution(7)).
    private static let linkLimit = 40

    /// Opens `path` as if `root` were `/`. Returns -1 with `errno` set on failure.
    static func open(_ path: String, in root: Int32, flags: Int32, mode: mode_t) -> Int32 {
        var walk = Walk(root: root)
        let number = walk.open(path, flags | O_CLOEXEC, mode)
        let code = errno
        walk.leave()
        errno = code
        return number
    }

    private struct Walk {
        let root: Int32
        /// The directories below the root on the way to where the walk is.
        var way: [Int32] = []
        /// What is still to be walked, the next component last.
        var rest: [Substring] = []
        var links = 0

        var here: Int32 { way.last ?? root }

        mutating func open(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
            push(path)
            let flags = path.hasSuffix("/") ? flags | O_DIRECTORY : flags
            let isNew = flags & (O_CREAT | O_EXCL) == O_CREAT | O_EXCL
            let keepsLink = isNew || flags & O_NOFOLLOW != 0
            while let name = rest.popLast() {
                if name == ".." {
                    if let last = way.popLast() { close(last) }
                    continue
                }
                let isLast = rest.isEmpty
                let found = openat(here, String(name), clinux_O_PATH | O_NOFOLLOW | O_CLOEXEC)
                if found < 0 {
                    guard isLast, errno == ENOENT, flags & O_CREAT != 0 else { return -1 }
                    return openat(here, String(name), flags | O_NOFOLLOW, mode)
                }
                let kind = Self.kind(of: found)
                if isLast, keepsLink || kind != S_IFLNK {
                    close(found)
                    // A link that has taken its place meanwhile is refused.
                    return openat(here, String(name), flags | O_NOFOLLOW, mode)
                }
                if kind == S_IFLNK {
                    guard follow(found) else { return -1 }
                } else {
                    way.append(found)
                    guard kind == S_IFDIR else {
                        errno = ENOTDIR
                        return -1
                    }
                }
            }
            return openat(here, ".", flags, mode)
        }

        /// Continues at what a link leads to, and closes the link's descriptor. False with `errno`
        /// set on failure.
        private mutating func follow(_ link: Int32) -> Bool {
            defer { close(link) }
            links += 1
            guard links <= linkLimit else {
                errno = ELOOP
                return false
            }
            guard let target = Root.target(of: "", in: link) else { return false }
            if target.hasPrefix("/") { leave() }
            push(target)
            return true
        }

        private mutating func push(_ path: String) {
            rest += path.split(separator: "/").filter { $0 != "." }.reversed()
        }

        /// Returns to the root.
        mutating func leave() {
            for number in way { close(number) }
            way = []
        }

        private static func kind(of number: Int32) -> mode_t {
            var status = stat()
            return fstat(number, &status) == 0 ? status.st_mode & S_IFMT : 0
        }
    }
}
