// What Swift's Glibc module lacks. No _GNU_SOURCE here: it would give Swift a second reading of glibc's headers.
#pragma once

#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/types.h>
#include <termios.h>

/// Starts argv[0] with descriptors 0, 1, 2 = input, output, error and no others, default signals, and an empty signal mask.
/// Returns the process id, or -errno.
pid_t clinux_spawn(char *const *argv, char *const *envp, int input, int output, int error);

/// The same on the terminal with the path `tty`, as the leader of a new session whose controlling terminal that is.
pid_t clinux_spawn_on_tty(char *const *argv, char *const *envp, const char *tty);

/// waitpid() that gives the exit status (0-255), or 128 + the signal's number; -errno on failure.
int clinux_wait(pid_t pid);

/// waitpid() that tells a status (returned, `*signal` = 0) from a signal (`*signal`); -errno on failure.
int clinux_reap(pid_t pid, int *signal);

/// Opens a new pseudo-terminal (non-blocking, close-on-exec) and puts the path of its other side into `name`. Returns the master, or -errno.
int clinux_openpt(unsigned short rows, unsigned short columns, char *name, size_t size);

/// accept4() with a non-blocking, close-on-exec descriptor; -1 and errno on failure.
int clinux_accept(int listener);

/// O_PATH of open(2): a descriptor that only stands for the place of a file.
extern const int clinux_O_PATH;

/// openat2(2) with RESOLVE_IN_ROOT: neither an absolute path nor a symbolic link nor ".." leaves the directory `root`.
/// Returns a close-on-exec descriptor; -1 and errno on failure.
int clinux_open_in_root(int root, const char *path, int flags, mode_t mode);

/// openat2(2) of a directory for reading, through no symbolic link and into no other mount. Returns a close-on-exec descriptor;
/// -1 and errno on failure.
int clinux_open_subdirectory(int directory, const char *name);

/// pipe2(2), both ends close-on-exec; -1 and errno on failure.
int clinux_pipe(int ends[2]);

/// pidfd_open(2), close-on-exec; -1 and errno on failure.
int clinux_pidfd_open(pid_t pid);

/// The process at the other end of a connected unix socket, its user and its group (SO_PEERCRED). 0, or -errno.
int clinux_peer(int descriptor, pid_t *pid, uid_t *uid, gid_t *gid);

/// That process's other groups (SO_PEERGROUPS, Linux 4.13). How many there are, or -errno.
int clinux_peer_groups(int descriptor, gid_t *groups, int count);

/// A pidfd of the process at the other end (SO_PEERPIDFD, Linux 6.5), close-on-exec; -1 and errno on failure.
int clinux_peer_process(int descriptor);

/// Gives a terminal a size; its foreground processes get SIGWINCH. 0, or -errno.
int clinux_resize(int terminal, unsigned short rows, unsigned short columns);

/// Starts a process that puts the terminal back to `before` when this process ends while it is still set to `during`: even a process that is killed
/// leaves no raw terminal behind. Returns its process id, or -errno.
pid_t clinux_guard_terminal(int terminal, const struct termios *before, const struct termios *during);

/// memmem(): where `needle` is first in `bytes`, or NULL.
const void *clinux_find(const void *bytes, size_t count, const void *needle, size_t length);

/// sched_setaffinity(2): limits a thread to the CPUs whose bits are set in `size` bytes of `mask`. 0, or -errno.
int clinux_set_affinity(pid_t thread, const void *mask, size_t size);

/// _exit(2). In a build that counts the lines that are run, the counts are written before, as an exit handler would do.
_Noreturn void clinux_exit(int status);

/// getxattr(2): the length of a file's extended attribute, which is put into `value`; -errno on failure.
ssize_t clinux_get_attribute(const char *path, const char *name, void *value, size_t size);

/// Renames a file within an open directory, but never over another (renameat2(2) with RENAME_NOREPLACE; link(2) on a file system without it).
/// 0; -1 and errno (EEXIST) on failure.
int clinux_rename_new(int directory, const char *from, const char *to);

/// Whether an open file or directory is on a proc(5) file system.
int clinux_is_proc(int descriptor);

/// Gives the open file `to` the access control list of a file in an open directory, if that has one (acl(5)). 0; -1 and errno on failure.
int clinux_copy_acl(int directory, const char *name, int to);
