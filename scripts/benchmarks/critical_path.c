// The critical path of a random network in plain C: both passes, total and free float, in working minutes. What any
// solver would have to do at least; the networks are those of `binglian-bench network`.
//
//   critical_path [ACTIVITIES] [REPEATS] [layers|near] [plain|linked]
//
// layers: layers of 1,000, each activity follows three of the three layers before. near: one to five of the hundred
// before. plain: finish to start; linked: every kind of relation with lags, each one integer offset from start to start.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t state = 1;

static uint64_t draw(uint64_t count) {  // SplitMix64
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (z ^ (z >> 31)) % count;
}

// Without branches: which is larger cannot be guessed.
static int32_t larger(int32_t a, int32_t b) { return a > b ? a : b; }
static int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);  // other processes do not count
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int32_t count, links, *duration, *first, *predecessor, *offset, *early, *late, *total, *free_;

static void make(int near, int linked) {
    int32_t width = count < 4000 ? count / 20 + 1 : 1000;
    for (int32_t v = 0; v < count; v++) {
        first[v] = links;
        int32_t layer = v / width * width, low = layer > 3 * width ? layer - 3 * width : 0;
        if (near && v > 0) {
            uint64_t reach = v < 100 ? (uint64_t)v : 100;
            for (int n = (int)(1 + draw(5)); n > 0; n--) {
                int32_t u = v - 1 - (int32_t)draw(reach);
                int32_t known = first[v];
                while (known < links && predecessor[known] != u) known++;
                if (known == links) predecessor[links++] = u;
            }
        } else if (!near && layer > 0) {
            for (int n = 0; n < 3; n++) predecessor[links++] = low + (int32_t)draw((uint64_t)(layer - low));
        }
    }
    first[count] = links;
    for (int32_t v = 0; v < count; v++) duration[v] = 480 * (int32_t)(1 + draw(20)), draw(4);  // calendar: not here
    for (int32_t v = 0; v < count; v++)
        for (int32_t k = first[v]; k < first[v + 1]; k++) {
            int32_t u = predecessor[k];
            offset[k] = duration[u];
            if (!linked) continue;
            int kind = (int)draw(10);
            int32_t lag = draw(4) == 0 ? 480 * (int32_t)draw(5) : 0;
            offset[k] = lag + (kind < 7 || kind == 8 ? duration[u] : 0) - (kind > 7 ? duration[v] : 0);
        }
}

static int32_t solve_plain(void) {
    int32_t length = 0;
    for (int32_t v = 0; v < count; v++) {
        int32_t start = 0;
        for (int32_t k = first[v]; k < first[v + 1]; k++) start = larger(start, early[predecessor[k]]);
        early[v] = start + duration[v];
        length = larger(length, early[v]);
    }
    for (int32_t v = 0; v < count; v++) late[v] = length, free_[v] = INT32_MAX;
    for (int32_t v = count - 1; v >= 0; v--) {
        int32_t late_start = late[v] - duration[v], early_start = early[v] - duration[v];
        total[v] = late[v] - early[v];
        free_[v] = free_[v] == INT32_MAX ? total[v] : free_[v];
        for (int32_t k = first[v]; k < first[v + 1]; k++) {
            int32_t u = predecessor[k], slack = early_start - early[u];
            late[u] = smaller(late[u], late_start);
            free_[u] = smaller(free_[u], slack);
        }
    }
    return length;
}

static int32_t solve_linked(void) {  // early and late hold starts
    int32_t length = 0;
    for (int32_t v = 0; v < count; v++) {
        int32_t start = first[v] == first[v + 1] ? 0 : INT32_MIN;
        for (int32_t k = first[v]; k < first[v + 1]; k++) {
            int32_t asked = early[predecessor[k]] + offset[k];
            start = larger(start, asked);
        }
        early[v] = start;
        length = larger(length, start + duration[v]);
    }
    for (int32_t v = 0; v < count; v++) late[v] = length - duration[v], free_[v] = INT32_MAX;
    for (int32_t v = count - 1; v >= 0; v--) {
        total[v] = late[v] - early[v];
        free_[v] = free_[v] == INT32_MAX ? total[v] : free_[v];
        for (int32_t k = first[v]; k < first[v + 1]; k++) {
            int32_t u = predecessor[k], slack = early[v] - early[u] - offset[k];
            late[u] = smaller(late[u], late[v] - offset[k]);
            free_[u] = smaller(free_[u], slack);
        }
    }
    return length;
}

int main(int argc, char **argv) {
    count = argc > 1 ? atoi(argv[1]) : 100000;
    int repeats = argc > 2 ? atoi(argv[2]) : 9;
    int near = argc > 3 && !strcmp(argv[3], "near"), linked = argc > 4 && !strcmp(argv[4], "linked");
    duration = malloc(sizeof(int32_t) * (size_t)count);
    first = malloc(sizeof(int32_t) * (size_t)(count + 1));
    predecessor = malloc(sizeof(int32_t) * 5 * (size_t)count);
    offset = malloc(sizeof(int32_t) * 5 * (size_t)count);
    early = malloc(sizeof(int32_t) * (size_t)count);
    late = malloc(sizeof(int32_t) * (size_t)count);
    total = malloc(sizeof(int32_t) * (size_t)count);
    free_ = malloc(sizeof(int32_t) * (size_t)count);
    double *times = malloc(sizeof(double) * (size_t)repeats);
    make(near, linked);

    int32_t length = 0;
    for (int run = 0; run < repeats; run++) {
        double begin = now();
        length = linked ? solve_linked() : solve_plain();
        times[run] = now() - begin;
    }
    int64_t sum = 0;
    for (int32_t v = 0; v < count; v++) sum += total[v] + free_[v];
    qsort(times, (size_t)repeats, sizeof(double), compare);
    printf("{\"links\": %d, \"milliseconds\": %.4f, \"bestMilliseconds\": %.4f, \"length\": %d, \"floats\": %lld}\n", links,
           times[repeats / 2] * 1000, times[0] * 1000, length, (long long)sum);
}
