/* Lets calls of a process fail below one folder, as a failing disk or a system without room does.
 *
 * Preloaded into a process under test. Environment:
 *   FAULTS_UNDER  the folder (or the beginning of a path); calls elsewhere are passed on
 *   FAULTS_TALLY  a file of one 8-byte counter for each kind of call, in the order of `kinds`
 *   FAULTS_KIND   the kind that fails; without it all are counted and none fails
 *   FAULTS_AT     the first call of that kind that fails, from 1
 *   FAULTS_TIMES  how many fail from there on; 0 for all
 *   FAULTS_ERRNO  what they fail with; 0 lets a read or write take only half of its bytes
 *   FAULTS_WHILE  if set, calls are counted and fail only while there is a file of this name
 *   FAULTS_BAD    "from-until", bytes of the file named `db` that can't be read: a bad sector
 *
 * As with the system's own cache, what was read or written of the file named `db` is read again
 * without fail: only the first read of a block is counted.
 *
 * Each call that fails adds a line to the file FAULTS_TALLY.hits: its kind, number and path.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { OPEN, READ, WRITE, SYNC, NAME, LENGTH, LOCK, LOOK, KINDS };
static const char *kinds[KINDS] = {"open", "read", "write", "sync", "name", "length", "lock", "look"};

static const char *under, *until_gone, *tally_path;
static uint64_t *tally;
static int failing = -1, error_number, times = 1;
static uint64_t first_failing = 1;
static long bad_from = -1, bad_until = -1;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) { fprintf(stderr, "faults: no %s\n", name); abort(); }
    return found;
}

static long number(const char *name, long otherwise) {
    const char *text = getenv(name);
    return text ? atol(text) : otherwise;
}

__attribute__((constructor)) static void start(void) {
    const char *kind = getenv("FAULTS_KIND"), *bad = getenv("FAULTS_BAD");
    until_gone = getenv("FAULTS_WHILE");
    tally_path = getenv("FAULTS_TALLY");
    for (int at = 0; kind && at < KINDS; at++)
        if (!strcmp(kind, kinds[at])) failing = at;
    if (kind && failing < 0) { fprintf(stderr, "faults: no kind %s\n", kind); abort(); }
    first_failing = number("FAULTS_AT", 1);
    times = number("FAULTS_TIMES", 1);
    error_number = number("FAULTS_ERRNO", EIO);
    if (bad) sscanf(bad, "%ld-%ld", &bad_from, &bad_until);
    if (tally_path) {
        int fd = REAL(open)(tally_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (fd < 0 || REAL(ftruncate)(fd, KINDS * sizeof *tally)) { perror("faults"); abort(); }
        tally = mmap(NULL, KINDS * sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (tally == MAP_FAILED) { perror("faults"); abort(); }
        close(fd);
    }
    /* Last: what is called before is passed on. */
    under = getenv("FAULTS_UNDER");
}

static int is_under(const char *path) {
    return under && !strncmp(path, under, strlen(under));
}

/* The path of a descriptor, or an empty one. */
static const char *path_of(int fd, char *out) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, out, PATH_MAX - 1);
    out[length < 0 ? 0 : length] = 0;
    return out;
}

static const char *path_at(int dirfd, const char *path, char *out) {
    char base[PATH_MAX];
    if (path[0] == '/') return path;
    if (dirfd == AT_FDCWD) {
        if (!getcwd(base, sizeof base)) base[0] = 0;
    } else {
        path_of(dirfd, base);
    }
    if (!path[0]) snprintf(out, PATH_MAX, "%s", base);
    else snprintf(out, 2 * PATH_MAX, "%s/%s", base, path);
    return out;
}

static void note(enum kind kind, uint64_t at, const char *path) {
    char line[2 * PATH_MAX + 64], hits[PATH_MAX];
    snprintf(hits, sizeof hits, "%s.hits", tally_path ? tally_path : "/dev/null");
    int fd = REAL(open)(hits, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    int length = snprintf(line, sizeof line, "%s %lu %s\n", kinds[kind], (unsigned long)at, path);
    if (fd >= 0 && REAL(write)(fd, line, length) != length) abort();
    if (fd >= 0) close(fd);
}

/* Counts a call. Whether it shall fail, or be cut short. What a copy holds was written just now. */
static int is_hit(enum kind kind, const char *path) {
    if (!is_under(path) || (kind == READ && strstr(path, "/sled.building/"))) return 0;
    /* Whoever reads a folder to its end looks at errno without an error. */
    int before = errno, passes = until_gone && REAL(access)(until_gone, F_OK);
    errno = before;
    if (passes) return 0;
    uint64_t at = tally ? __atomic_add_fetch(&tally[kind], 1, __ATOMIC_RELAXED) : 0;
    if ((int)kind != failing || at < first_failing) return 0;
    if (times && at >= first_failing + times) return 0;
    note(kind, at, path);
    return 1;
}

/* The same for calls that have no half. */
static int fails(enum kind kind, const char *path) {
    if (!is_hit(kind, path) || !error_number) return 0;
    errno = error_number;
    return 1;
}

static int fails_fd(enum kind kind, int fd) {
    char path[PATH_MAX];
    return under && fails(kind, path_of(fd, path));
}

#define BLOCK 4096
#define BLOCKS (1 << 16)
static unsigned char cached[BLOCKS];

static int is_log(const char *path) {
    size_t length = strlen(path);
    return is_under(path) && length > 3 && !strcmp(path + length - 3, "/db");
}

/* Whether every block of it was read or written before. */
static int is_cached(off_t at, size_t count) {
    off_t last = (at + (off_t)count - 1) / BLOCK;
    for (off_t block = at / BLOCK; block <= last; block++)
        if (block >= BLOCKS || !cached[block]) return 0;
    return 1;
}

static ssize_t passed(const char *path, ssize_t count, off_t at) {
    if (at >= 0 && count > 0 && is_log(path))
        for (off_t block = at / BLOCK; block <= (at + count - 1) / BLOCK && block < BLOCKS; block++) cached[block] = 1;
    return count;
}

/* How many of these bytes the call takes; -1 if it fails. */
static ssize_t taken(enum kind kind, int fd, size_t count, off_t at) {
    char path[PATH_MAX];
    if (!under) return count;
    path_of(fd, path);
    if (kind == READ && at >= 0 && bad_from >= 0 && is_log(path) && at < bad_until && at + (off_t)count > bad_from) {
        note(kind, at, path);
        errno = EIO;
        return -1;
    }
    if (kind == READ && at >= 0 && is_log(path) && is_cached(at, count)) return count;
    if (!is_hit(kind, path)) return passed(path, count, at);
    if (error_number) { errno = error_number; return -1; }
    return passed(path, count > 1 ? count / 2 : count, at);
}

static mode_t mode_of(int flags, va_list arguments) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

static int open_at(int dirfd, const char *path, int flags, mode_t mode) {
    char whole[2 * PATH_MAX];
    return fails(OPEN, path_at(dirfd, path, whole)) ? -1 : REAL(openat)(dirfd, path, flags, mode);
}

#define MODE(flags)                     \
    va_list arguments;                  \
    va_start(arguments, flags);         \
    mode_t mode = mode_of(flags, arguments); \
    va_end(arguments)
int open(const char *path, int flags, ...) { MODE(flags); return open_at(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags); return open_at(AT_FDCWD, path, flags, mode); }
int openat(int dirfd, const char *path, int flags, ...) { MODE(flags); return open_at(dirfd, path, flags, mode); }
int openat64(int dirfd, const char *path, int flags, ...) { MODE(flags); return open_at(dirfd, path, flags, mode); }

DIR *opendir(const char *path) {
    char whole[2 * PATH_MAX];
    return fails(OPEN, path_at(AT_FDCWD, path, whole)) ? NULL : REAL(opendir)(path);
}

struct dirent64 *readdir64(DIR *folder) {
    return fails_fd(READ, dirfd(folder)) ? NULL : REAL(readdir64)(folder);
}

#define PIECE(kind, at)                       \
    ssize_t piece = taken(kind, fd, count, at); \
    if (piece < 0) return -1
ssize_t read(int fd, void *bytes, size_t count) { PIECE(READ, -1); return REAL(read)(fd, bytes, piece); }
ssize_t pread(int fd, void *bytes, size_t count, off_t at) { PIECE(READ, at); return REAL(pread)(fd, bytes, piece, at); }
ssize_t pread64(int fd, void *bytes, size_t count, off_t at) { PIECE(READ, at); return REAL(pread64)(fd, bytes, piece, at); }
ssize_t write(int fd, const void *bytes, size_t count) { PIECE(WRITE, -1); return REAL(write)(fd, bytes, piece); }
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { PIECE(WRITE, at); return REAL(pwrite)(fd, bytes, piece, at); }
ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t at) { PIECE(WRITE, at); return REAL(pwrite64)(fd, bytes, piece, at); }
ssize_t writev(int fd, const struct iovec *pieces, int count) {
    return fails_fd(WRITE, fd) ? -1 : REAL(writev)(fd, pieces, count);
}

int fsync(int fd) { return fails_fd(SYNC, fd) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return fails_fd(SYNC, fd) ? -1 : REAL(fdatasync)(fd); }
int sync_file_range(int fd, off64_t at, off64_t count, unsigned flags) {
    return fails_fd(SYNC, fd) ? -1 : REAL(sync_file_range)(fd, at, count, flags);
}

int rename(const char *from, const char *to) {
    char whole[2 * PATH_MAX];
    return fails(NAME, path_at(AT_FDCWD, from, whole)) ? -1 : REAL(rename)(from, to);
}
int unlink(const char *path) {
    char whole[2 * PATH_MAX];
    return fails(NAME, path_at(AT_FDCWD, path, whole)) ? -1 : REAL(unlink)(path);
}
int unlinkat(int dirfd, const char *path, int flags) {
    char whole[2 * PATH_MAX];
    return fails(NAME, path_at(dirfd, path, whole)) ? -1 : REAL(unlinkat)(dirfd, path, flags);
}
int mkdir(const char *path, mode_t mode) {
    char whole[2 * PATH_MAX];
    return fails(NAME, path_at(AT_FDCWD, path, whole)) ? -1 : REAL(mkdir)(path, mode);
}

int ftruncate(int fd, off_t size) { return fails_fd(LENGTH, fd) ? -1 : REAL(ftruncate)(fd, size); }
int ftruncate64(int fd, off64_t size) { return fails_fd(LENGTH, fd) ? -1 : REAL(ftruncate64)(fd, size); }
int flock(int fd, int how) { return fails_fd(LOCK, fd) ? -1 : REAL(flock)(fd, how); }

int statx(int dirfd, const char *path, int flags, unsigned mask, struct statx *found) {
    char whole[2 * PATH_MAX];
    /* How the standard library tries whether there is such a call; the header says that nobody does. */
    const char *volatile asked = path;
    if (!asked) return REAL(statx)(dirfd, path, flags, mask, found);
    return fails(LOOK, path_at(dirfd, path, whole)) ? -1 : REAL(statx)(dirfd, path, flags, mask, found);
}
