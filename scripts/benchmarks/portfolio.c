/* Reference for `binglian-bench flow`: 1,000 projects of 30 activities over 12 departments of 8 teams, played through a
 * binary heap of finishes and a line per department. It makes the same projects and must end at the same minute. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ACTIVITIES = 30, DEPARTMENTS = 12, TEAMS = 8, REPEATS = 15 };

static uint64_t state = 1;

static uint64_t draw(uint64_t count) /* SplitMix64 */
{
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (z ^ (z >> 31)) % count;
}

typedef struct { uint32_t instant, activity; } event;

static event *heap;
static uint32_t under_way;

static int before(event a, event b) { return a.instant != b.instant ? a.instant < b.instant : a.activity < b.activity; }

static void insert(uint32_t instant, uint32_t activity)
{
    event e = {instant, activity};
    uint32_t hole = under_way++;
    for (; hole && before(e, heap[(hole - 1) / 2]); hole = (hole - 1) / 2) heap[hole] = heap[(hole - 1) / 2];
    heap[hole] = e;
}

static event take(void)
{
    event first = heap[0], moved = heap[--under_way];
    uint32_t hole = 0, child;
    while ((child = 2 * hole + 1) < under_way) {
        if (child + 1 < under_way && before(heap[child + 1], heap[child])) child++;
        if (!before(heap[child], moved)) break;
        heap[hole] = heap[child];
        hole = child;
    }
    heap[hole] = moved;
    return first;
}

static uint32_t *duration, *arrival, *order;
static uint8_t *department, *outstanding, *predecessors, *successors, (*successor)[ACTIVITIES];
static uint32_t *line[DEPARTMENTS], head[DEPARTMENTS], tail[DEPARTMENTS];
static int available[DEPARTMENTS];

static void ask(uint32_t activity, uint32_t now)
{
    int d = department[activity];
    if (available[d]) {
        available[d]--;
        insert(now + duration[activity], activity);
    } else {
        line[d][tail[d]++] = activity;
    }
}

static int by_arrival(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return arrival[x] != arrival[y] ? (arrival[x] < arrival[y] ? -1 : 1) : (x > y) - (x < y);
}

int main(int count, char **arguments)
{
    uint32_t projects = count > 1 ? atoi(arguments[1]) : 1000, n = projects * ACTIVITIES, end = 0;
    duration = malloc(n * 4), arrival = malloc(projects * 4), order = malloc(projects * 4), heap = malloc(n * sizeof *heap);
    department = malloc(n), outstanding = malloc(n), predecessors = calloc(n, 1), successors = calloc(n, 1);
    successor = malloc((size_t)n * ACTIVITIES);
    for (int d = 0; d < DEPARTMENTS; d++) line[d] = malloc(n * 4);
    for (uint32_t p = 0; p < projects; p++) {
        order[p] = p;
        arrival[p] = draw(projects * 9 / 10 * 480);
        for (uint32_t k = 0; k < ACTIVITIES; k++) {
            uint32_t own = p * ACTIVITIES + k;
            department[own] = draw(DEPARTMENTS);
            duration[own] = 480 + draw(1680) + draw(1680);
            if (k < 3) continue;
            uint32_t reach = k < 6 ? k : 6;
            uint32_t a = k - 1 - draw(reach), b = k - 1 - draw(reach);
            successor[p * ACTIVITIES + a][successors[p * ACTIVITIES + a]++] = k, predecessors[own]++;
            if (b != a) successor[p * ACTIVITIES + b][successors[p * ACTIVITIES + b]++] = k, predecessors[own]++;
        }
    }
    qsort(order, projects, sizeof *order, by_arrival);
    double best = 1e9;
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        struct timespec from, to;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
        memcpy(outstanding, predecessors, n);
        memset(head, 0, sizeof head), memset(tail, 0, sizeof tail);
        for (int d = 0; d < DEPARTMENTS; d++) available[d] = TEAMS;
        end = 0;
        for (uint32_t next = 0; next < projects || under_way;) {
            if (next < projects && (!under_way || heap[0].instant > arrival[order[next]])) {
                uint32_t p = order[next++];
                for (uint32_t k = 0; k < 3; k++) ask(p * ACTIVITIES + k, arrival[p]);
                continue;
            }
            event e = take();
            end = e.instant;
            int d = department[e.activity];
            if (head[d] < tail[d]) {
                uint32_t waiting = line[d][head[d]++];
                insert(end + duration[waiting], waiting);
            } else {
                available[d]++;
            }
            uint32_t base = e.activity / ACTIVITIES * ACTIVITIES;
            for (int s = 0; s < successors[e.activity]; s++) {
                uint32_t follower = base + successor[e.activity][s];
                if (!--outstanding[follower]) ask(follower, end);
            }
        }
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
        double time = to.tv_sec - from.tv_sec + (to.tv_nsec - from.tv_nsec) * 1e-9;
        if (time < best) best = time;
    }
    printf("{\"completionsPerSecond\": %.0f, \"end\": %u}\n", n / best, end);
}
