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

    /// Reads the inodes of everything in a directory (`fstatat(2)`); no link is followed but the
    /// directory itself. `isExcluded` gets a path below it, as in `app/test`; what is in an
    /// excluded directory is not read either.
    package init(
        of path: String, in root: Root, excluding isExcluded: (String) -> Bool
    ) throws(SystemError) {
        let number = open(root.path(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw SystemError("open", path) }
        var walk = Walk()
        try walk.add(number, "", of: path, excluding: isExcluded)
        text = SHA256.hexadecimal(walk.records)
        isSettled = walk.newest + 2 < time(nil)
    }

    /// What was read so far.
    private struct Walk {
        var records: [UInt8] = []
        /// The last change of a file, in seconds since 1970.
        var newest = 0

        /// Adds what is in an open directory, and takes over the descriptor; `prefix` is its path
        /// below `top`, with a slash at its end.
        mutating func add(
            _ number: Int32, _ prefix: String, of top: String, excluding isExcluded: (String) -> Bool
        ) throws(SystemError) {
            guard let listing = fdopendir(number) else {
                let error = SystemError("opendir", "\(top)/\(prefix)")
                close(number)
                throw error
            }
            defer { closedir(listing) }
            for name in try Root.names(in: listing, "\(top)/\(prefix)") {
                let path = prefix + name
                if isExcluded(path) { continue }
                var status = stat()
                guard fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
                    throw SystemError("stat", "\(top)/\(path)")
                }
                add(path, status)
                guard status.st_mode & S_IFMT == S_IFDIR else { continue }
                let inner = openat(number, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                guard inner >= 0 else { throw SystemError("open", "\(top)/\(path)") }
                try add(inner, path + "/", of: top, excluding: isExcluded)
            }
        }

        /// The names in a directory are records of their own, and its time changes with those that
        /// are excluded.
        private mutating func add(_ path: String, _ status: stat) {
            var numbers = [Int(status.st_mode)]
            if status.st_mode & S_IFMT != S_IFDIR {
                let (modified, changed) = (status.st_mtim, status.st_ctim)
                numbers += [
                    Int(status.st_ino), Int(status.st_size), modified.tv_sec, modified.tv_nsec, changed.tv_sec,
                    changed.tv_nsec,
                ]
                newest = max(newest, modified.tv_sec, changed.tv_sec)
            }
            records += path.utf8
            records.append(0)
            numbers.withUnsafeBytes { records += $0 }
        }
    }
}
