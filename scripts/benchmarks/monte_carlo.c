/* Monte Carlo on an activity network as plainly as C allows: what binglian-bench simulation is compared with.
 * 256 samples at a time, so that the compiler takes 8 or 16 of them in one instruction; a small generator per lane
 * instead of one that can start anywhere, no whole minutes, no calendar, no order of parts.
 *   cc -O3 -march=native -ffast-math -fopenmp monte_carlo.c -lm && ./a.out triangular|pert */
#include <math.h>
#include <omp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ACTIVITIES = 60, BLOCK = 256, SAMPLES = 100000, BLOCKS = SAMPLES / BLOCK, STEPS = 1024, LANES = 16 };

static int links[ACTIVITIES], from[ACTIVITIES][3], follows[ACTIVITIES];
static float low[ACTIVITIES], mode[ACTIVITIES], high[ACTIVITIES], quantile[ACTIVITIES][STEPS + 1];
static float finish[BLOCKS * BLOCK];

static uint64_t state = 1;
static uint64_t next(uint64_t count) {
    uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return (z ^ (z >> 31)) % count;
}

static void network(void) {
    for (int v = 0; v < ACTIVITIES; v++) {
        mode[v] = 2 + next(15);
        low[v] = mode[v] * (4 + next(6)) / 10;
        high[v] = mode[v] * (12 + next(19)) / 10;
        if (v >= 4) {
            int wanted = 1 + next(3);
            for (int i = 0; i < wanted; i++) {
                int p = v - 1 - (int)next(v < 14 ? v : 14), known = 0;
                for (int k = 0; k < links[v]; k++) known |= from[v][k] == p;
                if (!known) { from[v][links[v]++] = p; follows[p] = 1; }
            }
        }
        double width = high[v] - low[v], a = 1 + 4 * (mode[v] - low[v]) / width, b = 1 + 4 * (high[v] - mode[v]) / width;
        static double sum[8193];
        for (int i = 0; i < 8192; i++) sum[i + 1] = sum[i] + pow((i + .5) / 8192, a - 1) * pow(1 - (i + .5) / 8192, b - 1);
        for (int i = 0, cell = 0; i <= STEPS; i++) {
            double wanted = sum[8192] * i / STEPS;
            while (cell < 8191 && sum[cell + 1] < wanted) cell++;
            quantile[v][i] = low[v] + width * (cell + (wanted - sum[cell]) / (sum[cell + 1] - sum[cell])) / 8192;
        }
    }
}

static void block(int pert, uint32_t *lane, float *out, long *critical) {
    static _Thread_local float d[ACTIVITIES][BLOCK], early[ACTIVITIES][BLOCK], late[ACTIVITIES][BLOCK];
    float end[BLOCK] = {0}, u[BLOCK];
    for (int v = 0; v < ACTIVITIES; v++) {
        for (int i = 0; i < BLOCK; i += LANES)
            for (int l = 0; l < LANES; l++) {
                uint32_t x = lane[l];
                x ^= x << 13; x ^= x >> 17; x ^= x << 5;
                lane[l] = x;
                u[i + l] = (float)(x * 0x9E3779B1u >> 8) * 0x1p-24f;
            }
        if (pert) {
            for (int i = 0; i < BLOCK; i++) {
                float x = u[i] * (STEPS - 0.001f);
                int k = (int)x;
                d[v][i] = quantile[v][k] + (x - k) * (quantile[v][k + 1] - quantile[v][k]);
            }
        } else {
            float width = high[v] - low[v], split = (mode[v] - low[v]) / width;
            float rise = width * (mode[v] - low[v]), fall = width * (high[v] - mode[v]);
            for (int i = 0; i < BLOCK; i++) {
                float r = sqrtf(u[i] < split ? u[i] * rise : (1 - u[i]) * fall);
                d[v][i] = u[i] < split ? low[v] + r : high[v] - r;
            }
        }
        for (int i = 0; i < BLOCK; i++) early[v][i] = 0;
        for (int k = 0; k < links[v]; k++) {
            const float *p = early[from[v][k]];
            for (int i = 0; i < BLOCK; i++) early[v][i] = p[i] > early[v][i] ? p[i] : early[v][i];
        }
        for (int i = 0; i < BLOCK; i++) early[v][i] += d[v][i];
        if (!follows[v]) for (int i = 0; i < BLOCK; i++) end[i] = early[v][i] > end[i] ? early[v][i] : end[i];
    }
    memcpy(out, end, sizeof end);
    for (int v = 0; v < ACTIVITIES; v++) memcpy(late[v], end, sizeof end);
    for (int v = ACTIVITIES; v-- > 0;) {
        int without = 0;
        for (int i = 0; i < BLOCK; i++) without += late[v][i] - early[v][i] < 1e-3f;
        critical[v] += without;
        for (int k = 0; k < links[v]; k++) {
            float *p = late[from[v][k]];
            for (int i = 0; i < BLOCK; i++) { float x = late[v][i] - d[v][i]; p[i] = x < p[i] ? x : p[i]; }
        }
    }
}

static int ascending(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    int pert = argc > 1 && !strcmp(argv[1], "pert");
    network();
    double best = 1e9, mean = 0;
    for (int repeat = 0; repeat < 15; repeat++) {
        struct timespec a, b;
        clock_gettime(CLOCK_MONOTONIC, &a);
        #pragma omp parallel num_threads(2)
        {
            long critical[ACTIVITIES] = {0};
            uint32_t lane[LANES];
            for (int l = 0; l < LANES; l++) lane[l] = 2654435761u * (omp_get_thread_num() * LANES + l + 1) + repeat;
            #pragma omp for schedule(static)
            for (int i = 0; i < BLOCKS; i++) block(pert, lane, finish + i * BLOCK, critical);
        }
        clock_gettime(CLOCK_MONOTONIC, &b);
        double time = (b.tv_sec - a.tv_sec) * 1e3 + (b.tv_nsec - a.tv_nsec) / 1e6;
        if (time < best) best = time;
    }
    for (int i = 0; i < BLOCKS * BLOCK; i++) mean += finish[i];
    qsort(finish, BLOCKS * BLOCK, sizeof *finish, ascending);
    printf("{\"milliseconds\": %f, \"mean\": %f, \"p80\": %f}\n", best, mean / (BLOCKS * BLOCK), finish[BLOCKS * BLOCK * 4 / 5]);
}
