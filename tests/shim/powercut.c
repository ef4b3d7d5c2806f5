/* Remembers, for the files below one folder, what a power cut would leave of them.
 *
 * Preloaded into a process under test. Environment:
 *   POWERCUT_LIVE    the folder that the process uses
 *   POWERCUT_SHADOW  where to remember; holds
 *     tree/     names and contents that are durable; the files are hard links into inode/
 *     inode/N   durable content of the live file with inode number N
 *     journal   changes of names in their order, a line each; applied: 8 bytes, how much of the
 *               journal is in tree/ already
 *   POWERCUT_FULL    while a file of this name exists, writes fail as on a full disk
 *
 * Content becomes durable by fsync or fdatasync of its file, and by nothing else:
 * sync_file_range is passed on and counts for nothing. A name becomes durable by fsync of any
 * folder, together with all changes of names before it; the name of a new file also by fsync of
 * the file. The test, once it has killed the process, decides what else survives.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_FDS 4096

struct range { off_t from, until; };
struct file {
    ino_t inode;
    int named;              /* its name was made durable, or is older than this process */
    struct range *ranges;   /* written and not yet synced */
    size_t count, room;
    struct file *next;
    int opened; /* by this process */
};
struct descriptor { int tracked, is_folder; ino_t inode; char created_as[PATH_MAX]; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct descriptor descriptors[MAX_FDS];
static struct file *files;
static const char *live, *shadow, *full;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) { fprintf(stderr, "powercut: no %s\n", name); abort(); }
    return found;
}

static void broken(const char *what, const char *which) {
    fprintf(stderr, "powercut: %s %s: %s\n", what, which, strerror(errno));
    abort();
}

__attribute__((constructor)) static void start(void) {
    live = getenv("POWERCUT_LIVE");
    shadow = getenv("POWERCUT_SHADOW");
    full = getenv("POWERCUT_FULL");
}

/* The path below the live folder, or NULL when it is elsewhere. */
static const char *below(int dirfd, const char *path, char *out) {
    if (!live || !shadow) return NULL;
    if (path[0] == '/') {
        snprintf(out, PATH_MAX, "%s", path);
    } else {
        char base[PATH_MAX], link[64];
        if (dirfd == AT_FDCWD) {
            if (!getcwd(base, sizeof base)) return NULL;
        } else {
            snprintf(link, sizeof link, "/proc/self/fd/%d", dirfd);
            ssize_t length = readlink(link, base, sizeof base - 1);
            if (length < 0) return NULL;
            base[length] = 0;
        }
        if (snprintf(out, PATH_MAX, "%s/%s", base, path) >= PATH_MAX) return NULL;
    }
    size_t length = strlen(live);
    if (strncmp(out, live, length) || (out[length] && out[length] != '/')) return NULL;
    return out[length] ? out + length + 1 : out + length;
}

static char *in_tree(const char *relative, char *out) {
    snprintf(out, PATH_MAX, "%s/tree/%s", shadow, relative);
    return out;
}

static char *in_inodes(ino_t inode, char *out) {
    snprintf(out, PATH_MAX, "%s/inode/%lu", shadow, (unsigned long)inode);
    return out;
}

static struct file *file_of(ino_t inode) {
    for (struct file *file = files; file; file = file->next)
        if (file->inode == inode) return file;
    struct file *file = calloc(1, sizeof *file);
    if (!file) abort();
    file->inode = inode;
    file->named = 1;
    file->next = files;
    return files = file;
}

static void dirty(struct file *file, off_t from, off_t until) {
    if (from >= until) return;
    if (file->count && file->ranges[file->count - 1].until == from) {
        file->ranges[file->count - 1].until = until;
        return;
    }
    if (file->count == file->room) {
        file->room = file->room ? 2 * file->room : 16;
        file->ranges = realloc(file->ranges, file->room * sizeof *file->ranges);
        if (!file->ranges) abort();
    }
    file->ranges[file->count++] = (struct range){from, until};
}

/* ---- changes of names ---- */

static void note(const char *format, ...) {
    char line[2 * PATH_MAX + 64], path[PATH_MAX];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    snprintf(path, sizeof path, "%s/journal", shadow);
    int fd = REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0 || REAL(write)(fd, line, length) != length) broken("note", path);
    REAL(close)(fd);
}

static void apply_line(char *line) {
    char from[PATH_MAX], to[PATH_MAX], *first = line + 2, *second = strchr(first, '\t');
    if (second) *second++ = 0;
    switch (line[0]) {
    case 'c': {
        ino_t inode = strtoul(first, NULL, 10);
        REAL(link)(in_inodes(inode, from), in_tree(second, to));
        file_of(inode)->named = 1;
        break;
    }
    case 'm': REAL(mkdir)(in_tree(first, to), 0700); break;
    case 'r': REAL(rename)(in_tree(first, from), in_tree(second, to)); break;
    case 'u': REAL(unlink)(in_tree(first, to)); break;
    case 'd': REAL(rmdir)(in_tree(first, to)); break;
    }
}

static void apply_journal(void) {
    char path[PATH_MAX], line[2 * PATH_MAX + 64];
    uint64_t applied = 0;
    snprintf(path, sizeof path, "%s/applied", shadow);
    int fd = REAL(open)(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) broken("open", path);
    if (pread(fd, &applied, sizeof applied, 0) < 0) broken("read", path);
    snprintf(path, sizeof path, "%s/journal", shadow);
    FILE *journal = fopen(path, "re");
    if (journal && !fseek(journal, (long)applied, SEEK_SET)) {
        while (fgets(line, sizeof line, journal)) {
            applied = (uint64_t)ftell(journal);
            line[strcspn(line, "\n")] = 0;
            apply_line(line);
            if (REAL(pwrite)(fd, &applied, sizeof applied, 0) != sizeof applied) broken("write", "applied");
        }
    }
    if (journal) fclose(journal);
    REAL(close)(fd);
}

/* ---- contents ---- */

static void sync_content(int fd, struct file *file) {
    char path[PATH_MAX], block[65536];
    struct stat stat;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int from = REAL(open)(path, O_RDONLY | O_CLOEXEC);
    if (from < 0 || fstat(from, &stat)) broken("open", path);
    int to = REAL(open)(in_inodes(file->inode, path), O_WRONLY | O_CLOEXEC);
    if (to < 0 || REAL(ftruncate)(to, stat.st_size)) broken("open", path);
    for (size_t at = 0; at < file->count; at++) {
        off_t offset = file->ranges[at].from;
        while (offset < file->ranges[at].until) {
            size_t wanted = file->ranges[at].until - offset;
            ssize_t got = pread(from, block, wanted < sizeof block ? wanted : sizeof block, offset);
            if (got < 0) broken("read", path);
            if (got == 0) break;
            if (REAL(pwrite)(to, block, got, offset) != got) broken("write", path);
            offset += got;
        }
    }
    file->count = 0;
    REAL(close)(from);
    REAL(close)(to);
}

static int make_durable(int fd, int (*otherwise)(int)) {
    if (fd < 0 || fd >= MAX_FDS || !descriptors[fd].tracked) return otherwise(fd);
    pthread_mutex_lock(&lock);
    struct descriptor *descriptor = &descriptors[fd];
    if (descriptor->is_folder) {
        apply_journal();
    } else {
        struct file *file = file_of(descriptor->inode);
        sync_content(fd, file);
        if (!file->named && descriptor->created_as[0]) {
            char from[PATH_MAX], to[PATH_MAX];
            if (!REAL(link)(in_inodes(file->inode, from), in_tree(descriptor->created_as, to))) file->named = 1;
        }
    }
    pthread_mutex_unlock(&lock);
    return 0;
}

static int opened(int fd, const char *relative, int flags, int existed) {
    char from[PATH_MAX], to[PATH_MAX];
    struct stat stat;
    if (fd < 0 || !relative) return fd;
    if (fd >= MAX_FDS || fstat(fd, &stat)) broken("open", relative);
    pthread_mutex_lock(&lock);
    struct descriptor *descriptor = &descriptors[fd];
    descriptor->is_folder = S_ISDIR(stat.st_mode);
    descriptor->tracked = descriptor->is_folder || (flags & O_ACCMODE) != O_RDONLY || S_ISREG(stat.st_mode);
    descriptor->inode = stat.st_ino;
    descriptor->created_as[0] = 0;
    if (!descriptor->is_folder) {
        struct file *file = file_of(stat.st_ino);
        in_inodes(stat.st_ino, to);
        if (!existed) {
            REAL(unlink)(to);
            int made = REAL(open)(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
            if (made < 0) broken("create", to);
            REAL(close)(made);
            file->count = 0;
            file->named = 0;
            snprintf(descriptor->created_as, PATH_MAX, "%s", relative);
            note("c %lu\t%s\n", (unsigned long)stat.st_ino, relative);
        } else if (access(to, F_OK) && REAL(link)(in_tree(relative, from), to)) {
            broken("adopt", relative);
        } else if (!file->opened) {
            /* A process that was killed may have left it as it is without syncing it. */
            dirty(file, 0, stat.st_size);
        }
        file->opened = 1;
    }
    pthread_mutex_unlock(&lock);
    return fd;
}

static int open_below(int dirfd, const char *path, int flags, mode_t mode) {
    char buffer[PATH_MAX];
    const char *relative = below(dirfd, path, buffer);
    int existed = !relative || !(flags & O_CREAT) || !faccessat(dirfd, path, F_OK, 0);
    return opened(REAL(openat)(dirfd, path, flags, mode), relative, flags, existed);
}

static mode_t mode_of(int flags, va_list arguments) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

#define OPEN(name)                                             \
    int name(const char *path, int flags, ...) {               \
        va_list arguments;                                     \
        va_start(arguments, flags);                            \
        mode_t mode = mode_of(flags, arguments);               \
        va_end(arguments);                                     \
        return open_below(AT_FDCWD, path, flags, mode);        \
    }
#define OPENAT(name)                                           \
    int name(int dirfd, const char *path, int flags, ...) {    \
        va_list arguments;                                     \
        va_start(arguments, flags);                            \
        mode_t mode = mode_of(flags, arguments);               \
        va_end(arguments);                                     \
        return open_below(dirfd, path, flags, mode);           \
    }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
    if (fd >= 0 && fd < MAX_FDS) descriptors[fd].tracked = 0;
    return REAL(close)(fd);
}

int fsync(int fd) { return make_durable(fd, REAL(fsync)); }
int fdatasync(int fd) { return make_durable(fd, REAL(fdatasync)); }

static int is_full(int fd) {
    if (fd < 0 || fd >= MAX_FDS || !descriptors[fd].tracked || !full || access(full, F_OK)) return 0;
    errno = ENOSPC;
    return 1;
}

/* Noted after the write: a sync that runs beside it must not forget what it did not copy. */
static ssize_t wrote(int fd, ssize_t count, off_t from) {
    if (count > 0 && fd < MAX_FDS && descriptors[fd].tracked) {
        pthread_mutex_lock(&lock);
        dirty(file_of(descriptors[fd].inode), from, from + count);
        pthread_mutex_unlock(&lock);
    }
    return count;
}

static off_t before(int fd, ssize_t count) {
    return count > 0 && fd < MAX_FDS && descriptors[fd].tracked ? lseek(fd, 0, SEEK_CUR) - count : 0;
}

ssize_t write(int fd, const void *bytes, size_t count) {
    if (is_full(fd)) return -1;
    ssize_t done = REAL(write)(fd, bytes, count);
    return wrote(fd, done, before(fd, done));
}

ssize_t writev(int fd, const struct iovec *pieces, int count) {
    if (is_full(fd)) return -1;
    ssize_t done = REAL(writev)(fd, pieces, count);
    return wrote(fd, done, before(fd, done));
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
    return is_full(fd) ? -1 : wrote(fd, REAL(pwrite)(fd, bytes, count, at), at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t at) {
    return is_full(fd) ? -1 : wrote(fd, REAL(pwrite)(fd, bytes, count, at), at);
}

static int truncated(int fd, off_t size) {
    struct stat stat;
    int known = !fstat(fd, &stat), result = REAL(ftruncate)(fd, size);
    if (!result && known) wrote(fd, stat.st_size > size ? stat.st_size - size : 0, size);
    return result;
}
int ftruncate(int fd, off_t size) { return truncated(fd, size); }
int ftruncate64(int fd, off_t size) { return truncated(fd, size); }

/* One lock around each change of a name and its note: they have to be in the same order. */
static int noted(int result, const char *operation, const char *relative) {
    if (!result && relative) note("%s %s\n", operation, relative);
    pthread_mutex_unlock(&lock);
    return result;
}

int mkdir(const char *path, mode_t mode) {
    char buffer[PATH_MAX];
    const char *relative = below(AT_FDCWD, path, buffer);
    pthread_mutex_lock(&lock);
    return noted(REAL(mkdir)(path, mode), "m", relative);
}

int unlink(const char *path) {
    char buffer[PATH_MAX];
    const char *relative = below(AT_FDCWD, path, buffer);
    pthread_mutex_lock(&lock);
    return noted(REAL(unlink)(path), "u", relative);
}

int rmdir(const char *path) {
    char buffer[PATH_MAX];
    const char *relative = below(AT_FDCWD, path, buffer);
    pthread_mutex_lock(&lock);
    return noted(REAL(rmdir)(path), "d", relative);
}

int unlinkat(int dirfd, const char *path, int flags) {
    char buffer[PATH_MAX];
    const char *relative = below(dirfd, path, buffer);
    pthread_mutex_lock(&lock);
    return noted(REAL(unlinkat)(dirfd, path, flags), flags & AT_REMOVEDIR ? "d" : "u", relative);
}

int rename(const char *from, const char *to) {
    char first[PATH_MAX], second[PATH_MAX], both[2 * PATH_MAX];
    const char *old = below(AT_FDCWD, from, first), *new = below(AT_FDCWD, to, second);
    if (old && new) snprintf(both, sizeof both, "%s\t%s", old, new);
    pthread_mutex_lock(&lock);
    return noted(REAL(rename)(from, to), "r", old && new ? both : NULL);
}
