// The critical path of a random network in plain C: both passes, total and free float, in working minutes. What any
// solver would have to do at least; the network is the one of `binglian-bench network`.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
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

int main(int argc, char **argv) {
    int32_t count = argc > 1 ? atoi(argv[1]) : 100000;
    int repeats = argc > 2 ? atoi(argv[2]) : 9;
    int32_t *duration = malloc(sizeof(int32_t) * (size_t)count);
    int32_t *first = malloc(sizeof(int32_t) * (size_t)(count + 1));
    int32_t *predecessor = malloc(sizeof(int32_t) * 5 * (size_t)count);
    int32_t *early = malloc(sizeof(int32_t) * (size_t)count);
    int32_t *late = malloc(sizeof(int32_t) * (size_t)count);
    int32_t *total = malloc(sizeof(int32_t) * (size_t)count);
    int32_t *free_ = malloc(sizeof(int32_t) * (size_t)count);
    double *times = malloc(sizeof(double) * (size_t)repeats);
    int32_t links = 0;
    for (int32_t v = 0; v < count; v++) {
        duration[v] = 480 * (int32_t)(1 + draw(20));
        first[v] = links;
        if (v == 0) continue;
        uint64_t reach = v < 100 ? (uint64_t)v : 100;
        for (int n = (int)(1 + draw(5)); n > 0; n--) {
            int32_t u = v - 1 - (int32_t)draw(reach);
            int32_t known = first[v];
            while (known < links && predecessor[known] != u) known++;
            if (known == links) predecessor[links++] = u;
        }
    }
    first[count] = links;

    int32_t length = 0;
    for (int run = 0; run < repeats; run++) {
        double begin = now();
        length = 0;
        for (int32_t v = 0; v < count; v++) {
            int32_t start = 0;
            for (int32_t k = first[v]; k < first[v + 1]; k++)
                start = larger(start, early[predecessor[k]]);
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
        times[run] = now() - begin;
    }
    int64_t sum = 0;
    for (int32_t v = 0; v < count; v++) sum += total[v] + free_[v];
    qsort(times, (size_t)repeats, sizeof(double), compare);
    printf("{\"links\": %d, \"milliseconds\": %.4f, \"bestMilliseconds\": %.4f, \"length\": %d, \"floats\": %lld}\n", links,
           times[repeats / 2] * 1000, times[0] * 1000, length, (long long)sum);
}
