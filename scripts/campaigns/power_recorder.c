// Keeps a journal of what a process does to the files of one store, so that a power cut can be played at any point of it.
// Preloaded (LD_PRELOAD); POWER_STORE is the path that the files' names begin with, POWER_JOURNAL where the journal goes.
//
// An entry: kind, number of the file's name after the path's, offset, length, monotonic time at which the call had returned, and a
// number that a sync's begin and end share; then the name's suffix and the bytes. Entries stand in the order of their times.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

struct entry {
    uint32_t kind, suffix_length;
    int64_t offset;
    uint64_t length, nanoseconds, sync;
};

enum { WRITTEN = 1, CUT = 2, SYNC_BEGINS = 3, SYNC_ENDS = 4, REMOVED = 5 };

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int journal = -1;
static const char *store;
static size_t store_length;
static atomic_ulong syncs;

static void set_up(void) {
    const char *path = getenv("POWER_JOURNAL");
    store = getenv("POWER_STORE");
    if (path && store) {
        store_length = strlen(store);
        journal = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (journal < 0) { perror("power_recorder"); _exit(70); }
    }
}

// The rest of a file's name if it is one of the store's, else null. The shared index is made anew at every start.
static const char *suffix_of_path(const char *path) {
    pthread_once(&once, set_up);
    if (journal < 0 || strncmp(path, store, store_length) != 0) return NULL;
    const char *rest = path + store_length;
    return strchr(rest, '/') || strcmp(rest, "-shm") == 0 || strstr(rest, ".files") ? NULL : rest;
}

static const char *suffix_of(int file, char *room) {
    pthread_once(&once, set_up);
    if (journal < 0 || file == journal) return NULL;
    char link[48];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, room, PATH_MAX - 1);
    if (length < 0) return NULL;
    room[length] = 0;
    return suffix_of_path(room);
}

static void note(uint32_t kind, const char *suffix, int64_t offset, const void *bytes, uint64_t length, uint64_t sync) {
    struct entry entry = {.kind = kind, .suffix_length = (uint32_t)strlen(suffix), .offset = offset, .length = length, .sync = sync};
    pthread_mutex_lock(&turn);
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    entry.nanoseconds = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
    struct iovec parts[3] = {
        {&entry, sizeof entry}, {(void *)suffix, entry.suffix_length}, {(void *)bytes, bytes ? length : 0}};
    size_t whole = parts[0].iov_len + parts[1].iov_len + parts[2].iov_len;
    // A journal with a hole would prove nothing.
    if (writev(journal, parts, 3) != (ssize_t)whole) { perror("power_recorder"); _exit(70); }
    pthread_mutex_unlock(&turn);
}

#define NEXT(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static int synced(int file, int (*real)(int)) {
    char room[PATH_MAX];
    const char *suffix = suffix_of(file, room);
    if (!suffix) return real(file);
    uint64_t number = atomic_fetch_add(&syncs, 1) + ((uint64_t)getpid() << 32);
    note(SYNC_BEGINS, suffix, 0, NULL, 0, number);
    int result = real(file);
    if (result == 0) note(SYNC_ENDS, suffix, 0, NULL, 0, number);
    return result;
}

int fsync(int file) {
    NEXT(fsync);
    return synced(file, real);
}

int fdatasync(int file) {
    NEXT(fdatasync);
    return synced(file, real);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset) {
    NEXT(pwrite64);
    char room[PATH_MAX];
    ssize_t done = real(file, bytes, length, offset);
    const char *suffix = done > 0 ? suffix_of(file, room) : NULL;
    if (suffix) note(WRITTEN, suffix, offset, bytes, (uint64_t)done, 0);
    return done;
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset) { return pwrite64(file, bytes, length, offset); }

ssize_t write(int file, const void *bytes, size_t length) {
    NEXT(write);
    ssize_t done = real(file, bytes, length);
    if (done <= 0 || file <= 2) return done;
    char room[PATH_MAX];
    const char *suffix = suffix_of(file, room);
    if (suffix) note(WRITTEN, suffix, lseek(file, 0, SEEK_CUR) - done, bytes, (uint64_t)done, 0);
    return done;
}

int ftruncate64(int file, off64_t length) {
    NEXT(ftruncate64);
    char room[PATH_MAX];
    int result = real(file, length);
    const char *suffix = result == 0 ? suffix_of(file, room) : NULL;
    if (suffix) note(CUT, suffix, length, NULL, 0, 0);
    return result;
}

int ftruncate(int file, off_t length) { return ftruncate64(file, length); }

int unlink(const char *path) {
    NEXT(unlink);
    int result = real(path);
    const char *suffix = result == 0 ? suffix_of_path(path) : NULL;
    if (suffix) note(REMOVED, suffix, 0, NULL, 0, 0);
    return result;
}
