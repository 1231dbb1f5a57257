/* Counts the file operations of a process under one folder, and lets one of them fail, or kills the process at it.
 *
 * Loaded by LD_PRELOAD; nothing happens before fault_arm. An operation is a call of the C library that names a path
 * under the folder, or a descriptor that was opened there. */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FAILS = 0, KILLED = 1 };

static char folder[4096];
static size_t folder_length;
static atomic_long seen, failing;
static int manner, log_fd = -1;
static atomic_uchar ours[1 << 16];

void fault_arm(const char *under, long at, int how, const char *log) {
    folder_length = strlen(under);
    memcpy(folder, under, folder_length + 1);
    manner = how;
    log_fd = *log ? (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
    atomic_store(&seen, 0);
    atomic_store(&failing, at);
}

long fault_count(void) { return atomic_load(&seen); }

static int fails(const char *operation, const char *what) {
    long number = atomic_fetch_add(&seen, 1) + 1;
    if (log_fd >= 0) {
        char line[4600];
        int length = snprintf(line, sizeof line, "%ld\t%s\t%s\n", number, operation, what);
        (void)!syscall(SYS_write, log_fd, line, (size_t)length);
    }
    if (number != atomic_load(&failing)) return 0;
    if (manner == KILLED) {
        syscall(SYS_kill, getpid(), SIGKILL);
        for (;;) pause();
    }
    return 1;
}

static int is_ours(int fd) { return fd >= 0 && fd < (1 << 16) && atomic_load(&ours[fd]); }

static int is_under(const char *path) {
    return folder_length && path && !strncmp(path, folder, folder_length) &&
           (path[folder_length] == '/' || !path[folder_length]);
}

static int is_at(int at, const char *path) {
    return is_under(path) || (folder_length && path && *path != '/' && at != AT_FDCWD && is_ours(at));
}

static void opened(int fd, int under) {
    if (fd >= 0 && fd < (1 << 16)) atomic_store(&ours[fd], (unsigned char)(under != 0));
}

#define NEXT(type, name, parameters) \
    static type (*next) parameters;  \
    if (!next) next = (type(*) parameters)dlsym(RTLD_NEXT, #name)
#define FAIL(code, result) return errno = (code), (result)
#define WRITES(flags) ((flags) & (O_CREAT | O_TRUNC | O_WRONLY | O_RDWR))

static mode_t mode_of(int flags, va_list rest) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
}

#define OPEN(name)                                                                           \
    int name(const char *path, int flags, ...) {                                             \
        NEXT(int, name, (const char *, int, ...));                                           \
        va_list rest;                                                                        \
        va_start(rest, flags);                                                               \
        mode_t mode = mode_of(flags, rest);                                                  \
        va_end(rest);                                                                        \
        int under = is_under(path);                                                          \
        if (under && fails(WRITES(flags) ? "create" : "open", path))                         \
            FAIL(WRITES(flags) ? ENOSPC : EIO, -1);                                          \
        int fd = next(path, flags, mode);                                                    \
        opened(fd, under);                                                                   \
        return fd;                                                                           \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                         \
    int name(int at, const char *path, int flags, ...) {                                     \
        NEXT(int, name, (int, const char *, int, ...));                                      \
        va_list rest;                                                                        \
        va_start(rest, flags);                                                               \
        mode_t mode = mode_of(flags, rest);                                                  \
        va_end(rest);                                                                        \
        int under = is_at(at, path);                                                         \
        if (under && fails(WRITES(flags) ? "create" : "open", path))                         \
            FAIL(WRITES(flags) ? ENOSPC : EIO, -1);                                          \
        int fd = next(at, path, flags, mode);                                                \
        opened(fd, under);                                                                   \
        return fd;                                                                           \
    }
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
    NEXT(int, close, (int));
    opened(fd, 0);
    return next(fd);
}

static int fails_at(int fd, const char *operation) {
    if (!is_ours(fd)) return 0;
    char link[64], path[4096] = "?";
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length > 0) path[length] = 0;
    return fails(operation, path);
}

#define ON_FD(type, name, code, parameters, fd, arguments)                                   \
    type name parameters {                                                                   \
        NEXT(type, name, parameters);                                                        \
        if (fails_at(fd, #name)) FAIL(code, -1);                                             \
        return next arguments;                                                               \
    }
ON_FD(ssize_t, read, EIO, (int fd, void *to, size_t size), fd, (fd, to, size))
ON_FD(ssize_t, pread, EIO, (int fd, void *to, size_t size, off_t from), fd, (fd, to, size, from))
ON_FD(ssize_t, pread64, EIO, (int fd, void *to, size_t size, off64_t from), fd, (fd, to, size, from))
ON_FD(ssize_t, readv, EIO, (int fd, const struct iovec *to, int count), fd, (fd, to, count))
ON_FD(ssize_t, write, ENOSPC, (int fd, const void *from, size_t size), fd, (fd, from, size))
ON_FD(ssize_t, writev, ENOSPC, (int fd, const struct iovec *from, int count), fd, (fd, from, count))
ON_FD(ssize_t, pwrite, ENOSPC, (int fd, const void *from, size_t size, off_t to), fd, (fd, from, size, to))
ON_FD(ssize_t, pwrite64, ENOSPC, (int fd, const void *from, size_t size, off64_t to), fd, (fd, from, size, to))
ON_FD(int, fsync, EIO, (int fd), fd, (fd))
ON_FD(int, fdatasync, EIO, (int fd), fd, (fd))
ON_FD(int, ftruncate, EIO, (int fd, off_t size), fd, (fd, size))
ON_FD(int, ftruncate64, EIO, (int fd, off64_t size), fd, (fd, size))
ON_FD(int, fstat, EIO, (int fd, struct stat *found), fd, (fd, found))
ON_FD(int, fstat64, EIO, (int fd, struct stat64 *found), fd, (fd, found))
ON_FD(ssize_t, copy_file_range, ENOSPC,
      (int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags), out, (in, from, out, to, size, flags))
ON_FD(ssize_t, sendfile, ENOSPC, (int out, int in, off_t *from, size_t size), out, (out, in, from, size))
ON_FD(ssize_t, sendfile64, ENOSPC, (int out, int in, off64_t *from, size_t size), out, (out, in, from, size))

#define ON_PATH(name, code, parameters, path, arguments)                                     \
    int name parameters {                                                                    \
        NEXT(int, name, parameters);                                                         \
        if (is_under(path) && fails(#name, path)) FAIL(code, -1);                            \
        return next arguments;                                                               \
    }
ON_PATH(rename, ENOSPC, (const char *from, const char *to), to, (from, to))
ON_PATH(link, ENOSPC, (const char *from, const char *to), to, (from, to))
ON_PATH(unlink, EIO, (const char *path), path, (path))
ON_PATH(rmdir, EIO, (const char *path), path, (path))
ON_PATH(mkdir, ENOSPC, (const char *path, mode_t mode), path, (path, mode))
ON_PATH(stat, EIO, (const char *path, struct stat *found), path, (path, found))
ON_PATH(stat64, EIO, (const char *path, struct stat64 *found), path, (path, found))
ON_PATH(lstat, EIO, (const char *path, struct stat *found), path, (path, found))
ON_PATH(lstat64, EIO, (const char *path, struct stat64 *found), path, (path, found))
ON_PATH(access, EIO, (const char *path, int mode), path, (path, mode))

#define AT_PATH(name, code, parameters, at, path, arguments)                                 \
    int name parameters {                                                                    \
        NEXT(int, name, parameters);                                                         \
        if (is_at(at, path) && fails(#name, path)) FAIL(code, -1);                           \
        return next arguments;                                                               \
    }
AT_PATH(renameat, ENOSPC, (int a, const char *from, int at, const char *to), at, to, (a, from, at, to))
AT_PATH(renameat2, ENOSPC, (int a, const char *from, int at, const char *to, unsigned flags), at, to,
        (a, from, at, to, flags))
AT_PATH(linkat, ENOSPC, (int a, const char *from, int at, const char *to, int flags), at, to, (a, from, at, to, flags))
AT_PATH(unlinkat, EIO, (int at, const char *path, int flags), at, path, (at, path, flags))
AT_PATH(mkdirat, ENOSPC, (int at, const char *path, mode_t mode), at, path, (at, path, mode))
AT_PATH(fstatat, EIO, (int at, const char *path, struct stat *found, int flags), at, path, (at, path, found, flags))
AT_PATH(fstatat64, EIO, (int at, const char *path, struct stat64 *found, int flags), at, path, (at, path, found, flags))
AT_PATH(statx, EIO, (int at, const char *path, int flags, unsigned mask, struct statx *found), at, path,
        (at, path, flags, mask, found))
AT_PATH(faccessat, EIO, (int at, const char *path, int mode, int flags), at, path, (at, path, mode, flags))

DIR *opendir(const char *path) {
    NEXT(DIR *, opendir, (const char *));
    if (is_under(path) && fails("opendir", path)) FAIL(EIO, NULL);
    return next(path);
}

DIR *fdopendir(int fd) {
    NEXT(DIR *, fdopendir, (int));
    if (fails_at(fd, "fdopendir")) FAIL(EIO, NULL);
    return next(fd);
}

#define MAP(name, offset)                                                                    \
    void *name(void *where, size_t size, int protection, int flags, int fd, offset from) {   \
        NEXT(void *, name, (void *, size_t, int, int, int, offset));                         \
        if (fails_at(fd, "mmap")) FAIL(ENOMEM, MAP_FAILED);                                  \
        return next(where, size, protection, flags, fd, from);                               \
    }
MAP(mmap, off_t)
MAP(mmap64, off64_t)
