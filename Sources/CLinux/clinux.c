#define _GNU_SOURCE
#include "clinux.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

/// Fills in descriptor `place` of the child: a file of the parent's, or the terminal `tty` when that is given.
static int place(posix_spawn_file_actions_t *actions, const char *tty, int descriptor, int place) {
    if (tty && place == 0)
        return posix_spawn_file_actions_addopen(actions, 0, tty, O_RDWR, 0);
    return posix_spawn_file_actions_adddup2(actions, tty ? 0 : descriptor, place);
}

static pid_t spawn(char *const *argv, char *const *envp, const char *tty, int input, int output, int error) {
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    sigset_t none, all;
    pid_t pid = -1;
    int r = posix_spawnattr_init(&attributes);
    if (r != 0)
        return -r;
    r = posix_spawn_file_actions_init(&actions);
    if (r != 0) {
        posix_spawnattr_destroy(&attributes);
        return -r;
    }
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    // The new session comes before the file actions, so the open of the terminal makes it the controlling one.
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (tty ? POSIX_SPAWN_SETSID : 0));
    r = place(&actions, tty, input, 0);
    if (r == 0)
        r = place(&actions, tty, output, 1);
    if (r == 0)
        r = place(&actions, tty, error, 2);
    if (r == 0)
        r = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    if (r == 0)
        r = posix_spawn(&pid, argv[0], &actions, &attributes, argv, envp);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return r == 0 ? pid : -r;
}

pid_t clinux_spawn(char *const *argv, char *const *envp, int input, int output, int error) {
    return spawn(argv, envp, NULL, input, output, error);
}

pid_t clinux_spawn_on_tty(char *const *argv, char *const *envp, const char *tty) {
    return spawn(argv, envp, tty, -1, -1, -1);
}

int clinux_wait(pid_t pid) {
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -errno;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int clinux_reap(pid_t pid, int *signal) {
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -errno;
    *signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}

int clinux_openpt(unsigned short rows, unsigned short columns, char *name, size_t size) {
    const struct winsize window = {.ws_row = rows, .ws_col = columns};
    int r, master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (master < 0)
        return -errno;
    if (grantpt(master) == 0 && unlockpt(master) == 0 && ptsname_r(master, name, size) == 0 && ioctl(master, TIOCSWINSZ, &window) == 0)
        return master;
    r = -errno;
    close(master);
    return r;
}

int clinux_accept(int listener) {
    return accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

const int clinux_O_PATH = O_PATH;

/// glibc has no wrapper.
static int open_resolving(int directory, const char *path, const struct open_how *how) {
    int number, attempts = 0;
    // EAGAIN: something was renamed or mounted while the kernel looked up a "..".
    do
        number = (int)syscall(SYS_openat2, directory, path, how, sizeof *how);
    while (number < 0 && errno == EAGAIN && ++attempts < 32);
    return number;
}

int clinux_open_in_root(int root, const char *path, int flags, mode_t mode) {
    // The kernel accepts a mode only for a file that may be created.
    const struct open_how how = {
        .flags = (unsigned)flags | O_CLOEXEC,
        .mode = flags & O_CREAT ? mode : 0,
        .resolve = RESOLVE_IN_ROOT,
    };
    return open_resolving(root, path, &how);
}

int clinux_open_subdirectory(int directory, const char *name) {
    const struct open_how how = {
        .flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV,
    };
    return open_resolving(directory, name, &how);
}

int clinux_pipe(int ends[2]) {
    return pipe2(ends, O_CLOEXEC);
}

int clinux_pidfd_open(pid_t pid) {
    // glibc has had a wrapper only since 2.36.
    return (int)syscall(SYS_pidfd_open, pid, 0);
}

int clinux_peer(int descriptor, pid_t *pid, uid_t *uid, gid_t *gid) {
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0)
        return -errno;
    *pid = peer.pid;
    *uid = peer.uid;
    *gid = peer.gid;
    return 0;
}

int clinux_peer_groups(int descriptor, gid_t *groups, int count) {
    socklen_t length = count * sizeof *groups;
    return getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, groups, &length) == 0 ? (int)(length / sizeof *groups) : -errno;
}

int clinux_peer_process(int descriptor) {
    // glibc has no name for it before 2.39. The kernel opens it close-on-exec.
    enum { peer_pidfd = 77 };
    int process = -1;
    socklen_t length = sizeof process;
    return getsockopt(descriptor, SOL_SOCKET, peer_pidfd, &process, &length) == 0 ? process : -1;
}

int clinux_resize(int terminal, unsigned short rows, unsigned short columns) {
    const struct winsize window = {.ws_row = rows, .ws_col = columns};
    return ioctl(terminal, TIOCSWINSZ, &window) == 0 ? 0 : -errno;
}

/// The driver has a say in c_cflag, so that is not looked at.
static int is_set(int terminal, const struct termios *wanted) {
    struct termios now;
    return tcgetattr(terminal, &now) == 0 && now.c_iflag == wanted->c_iflag && now.c_oflag == wanted->c_oflag
        && now.c_lflag == wanted->c_lflag && memcmp(now.c_cc, wanted->c_cc, sizeof now.c_cc) == 0;
}

/// Closes all descriptors but two.
static void close_but(unsigned a, unsigned b) {
    const unsigned low = a < b ? a : b, high = a < b ? b : a;
    if (low > 0)
        close_range(0, low - 1, 0);
    if (high > low + 1)
        close_range(low + 1, high - 1, 0);
    close_range(high + 1, ~0U, 0);
}

pid_t clinux_guard_terminal(int terminal, const struct termios *before, const struct termios *during) {
    int r, parent = clinux_pidfd_open(getpid());
    sigset_t all;
    pid_t pid;
    if (parent < 0)
        return -errno;
    pid = fork();
    r = errno;
    if (pid != 0) {
        close(parent);
        return pid > 0 ? pid : -r;
    }
    // Only calls that are safe after the fork of a process with threads (signal-safety(7)). What ends the parent must not end this one: neither a
    // signal to its process group, nor one to all of its name.
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    setsid();
    prctl(PR_SET_NAME, "pvp-terminal");
    // Held open here, the console's socket would stay connected.
    close_but(terminal, parent);
    struct pollfd end = {.fd = parent, .events = POLLIN};
    while (poll(&end, 1, -1) < 0)
        ;
    if (is_set(terminal, during))
        tcsetattr(terminal, TCSANOW, before);
    _exit(0);
}

const void *clinux_find(const void *bytes, size_t count, const void *needle, size_t length) {
    return memmem(bytes, count, needle, length);
}

int clinux_set_affinity(pid_t thread, const void *mask, size_t size) {
    return syscall(SYS_sched_setaffinity, thread, size, mask) < 0 ? -errno : 0;
}

// Of LLVM's profile runtime, which is linked into such a build alone.
extern int __llvm_profile_write_file(void) __attribute__((weak));

void clinux_exit(int status) {
    if (__llvm_profile_write_file)
        __llvm_profile_write_file();
    _exit(status);
}

ssize_t clinux_get_attribute(const char *path, const char *name, void *value, size_t size) {
    ssize_t length = getxattr(path, name, value, size);
    return length < 0 ? -errno : length;
}

int clinux_rename_new(int directory, const char *from, const char *to) {
    if (renameat2(directory, from, directory, to, RENAME_NOREPLACE) == 0)
        return 0;
    // EINVAL: the file system has no such rename.
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    if (linkat(directory, from, directory, to, 0) != 0)
        return -1;
    return unlinkat(directory, from, 0);
}

int clinux_is_proc(int descriptor) {
    struct statfs status;
    return fstatfs(descriptor, &status) == 0 && status.f_type == PROC_SUPER_MAGIC;
}

int clinux_copy_acl(int directory, const char *name, int to) {
    static const char list[] = "system.posix_acl_access";
    char path[32 + NAME_MAX], value[4096];
    // There is no getxattrat(2) before Linux 6.13, and the file itself need not be readable.
    snprintf(path, sizeof path, "/proc/self/fd/%d/%s", directory, name);
    const ssize_t length = lgetxattr(path, list, value, sizeof value);
    if (length < 0)
        return errno == ENODATA || errno == ENOTSUP || errno == ENOENT ? 0 : -1;
    return fsetxattr(to, list, value, length, 0);
}
