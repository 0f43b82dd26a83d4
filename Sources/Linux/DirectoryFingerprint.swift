import CLinux
import Glibc
import Values

/// The state of a directory as its inodes show it: while it is the same, so is the content of all
/// files. No file is read. The rules are those of git's index (git: Documentation/technical/
/// racy-git.txt).
package struct DirectoryFingerprint: Hashable {
    /// 64 hexadecimal digits.
    package let text: String
    /// Whether each later change gives a file another time: none was changed in the last two
    /// seconds, the coarsest unit in which a file system counts (vfat).
    package let isSettled: Bool

    /// Reads the inodes of everything in a directory (`fts(3)`); no link is followed but the
    /// directory itself. `isExcluded` gets a path below it, as in `app/test`; what is in an
    /// excluded directory is not read either.
    package init(
        of path: String, in root: Root, excluding isExcluded: (String) -> Bool
    ) throws(SystemError) {
        let top = root.path(path) + "/."
        var arguments = [strdup(top), nil]
        defer { free(arguments[0]) }
        guard let walk = fts_open(&arguments, FTS_PHYSICAL | FTS_NOCHDIR, clinux_compare_names) else {
            throw SystemError("fts_open", path)
        }
        defer { fts_close(walk) }
        var records: [UInt8] = []
        var newest = 0
        errno = 0
        while let entry = fts_read(walk) {
            let name = String(cString: entry.pointee.fts_path.advanced(by: top.utf8.count))
            switch Int32(entry.pointee.fts_info) {
            case FTS_DP: continue
            case FTS_DNR, FTS_ERR, FTS_NS: throw SystemError("fts_read", path + name, code: entry.pointee.fts_errno)
            default: break
            }
            if isExcluded(String(name.dropFirst())) {
                fts_set(walk, entry, FTS_SKIP)
                continue
            }
            let status = entry.pointee.fts_statp.pointee
            var numbers = [Int(status.st_mode)]
            // The names in a directory are records of their own, and its time changes with those
            // that are excluded.
            if status.st_mode & S_IFMT != S_IFDIR {
                let (modified, changed) = (status.st_mtim, status.st_ctim)
                numbers += [
                    Int(status.st_ino), Int(status.st_size), modified.tv_sec, modified.tv_nsec, changed.tv_sec,
                    changed.tv_nsec,
                ]
                newest = max(newest, modified.tv_sec, changed.tv_sec)
            }
            records += name.utf8
            records.append(0)
            numbers.withUnsafeBytes { records += $0 }
            errno = 0
        }
        guard errno == 0 else { throw SystemError("fts_read", path) }
        text = SHA256.hexadecimal(records)
        isSettled = newest + 2 < time(nil)
    }
}
