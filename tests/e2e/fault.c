/* Makes file operations fail when loaded with LD_PRELOAD: while the file named by QUERIST_FAULT exists,
   writing to a journal or syncing it fails with EIO. Each sync of a journal appends a byte to the file
   named by QUERIST_SYNCS. With QUERIST_NO_FOLDER_SYNC, syncing a folder fails with EINVAL, as on some network
   file systems, and the file named by it is created. With QUERIST_KILL_AT, the process kills itself at that
   call of write, rename or unlink, counted from 1. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static int is_journal(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 8) return 0;
    path[length] = 0;
    return strcmp(path + length - 8, ".journal") == 0;
}

static int fails(int fd) {
    const char *switch_file = getenv("QUERIST_FAULT");
    return switch_file && access(switch_file, F_OK) == 0 && is_journal(fd);
}

static void count_call(void) {
    static int calls;
    const char *last = getenv("QUERIST_KILL_AT");
    if (last && __sync_add_and_fetch(&calls, 1) == atoi(last)) raise(SIGKILL);
}

int rename(const char *from, const char *to) {
    static int (*real)(const char *, const char *);
    if (!real) real = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");
    count_call();
    return real(from, to);
}

int unlink(const char *path) {
    static int (*real)(const char *);
    if (!real) real = (int (*)(const char *))dlsym(RTLD_NEXT, "unlink");
    count_call();
    return real(path);
}

ssize_t write(int fd, const void *bytes, size_t count) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    count_call();
    if (fails(fd)) { errno = EIO; return -1; }
    return real(fd, bytes, count);
}

int fdatasync(int fd) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    if (fails(fd)) { errno = EIO; return -1; }
    const char *count_file = getenv("QUERIST_SYNCS");
    FILE *count = count_file && is_journal(fd) ? fopen(count_file, "a") : NULL;
    if (count) { fputc('s', count); fclose(count); }
    return real(fd);
}

int fsync(int fd) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    const char *refused_file = getenv("QUERIST_NO_FOLDER_SYNC");
    struct stat status;
    if (refused_file && fstat(fd, &status) == 0 && S_ISDIR(status.st_mode)) {
        FILE *refused = fopen(refused_file, "a");
        if (refused) fclose(refused);
        errno = EINVAL;
        return -1;
    }
    return real(fd);
}
