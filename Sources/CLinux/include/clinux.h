// What Swift's Glibc module lacks. No _GNU_SOURCE here: it would give Swift a second reading of glibc's headers.
#pragma once

#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/types.h>

/// Starts argv[0] with descriptors 0, 1, 2 = input, output, error and no others, default signals, and an empty signal mask.
/// Returns the process id, or -errno.
pid_t clinux_spawn(char *const *argv, char *const *envp, int input, int output, int error);

/// waitpid() that gives the exit status (0-255), or 128 + the signal's number; -errno on failure.
int clinux_wait(pid_t pid);
