#!/usr/bin/env python3
"""The critical path of the network of critical_path.c by graph libraries, `critical_path.py networkx|rustworkx [COUNT]`:
both passes, total and free floats, in processor time. The graph is built before the clock starts.
"""
import json
import sys
import time

MASK = (1 << 64) - 1


def network(count):
    """Durations, and the predecessors of each activity: layers of 1,000, each follows three of the three layers before."""
    state = 1

    def draw(limit):  # SplitMix64
        nonlocal state
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return (z ^ (z >> 31)) % limit

    width = count // 20 + 1 if count < 4000 else 1000
    before = []
    for v in range(count):
        layer = v // width * width
        low = max(0, layer - 3 * width)
        before.append([low + draw(layer - low) for _ in range(3)] if layer > 0 else [])
    durations = []
    for _ in range(count):
        durations.append(480 * (1 + draw(20)))
        draw(4)
    return durations, before


def solve(order, predecessors, successors, durations):
    count = len(durations)
    early, late = [0] * count, [0] * count
    for v in order:
        early[v] = max((early[u] for u in predecessors(v)), default=0) + durations[v]
    length = max(early)
    floats = 0
    for v in reversed(order):
        after = list(successors(v))
        late[v] = min((late[w] - durations[w] for w in after), default=length)
        total = late[v] - early[v]
        free = min((early[w] - durations[w] - early[v] for w in after), default=total)
        floats += total + free
    return length, floats


def main():
    library, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    durations, before = network(count)
    edges = [(u, v) for v, all_before in enumerate(before) for u in all_before]
    if library == "networkx":
        import networkx
        graph = networkx.MultiDiGraph()
        graph.add_nodes_from(range(count))
        graph.add_edges_from(edges)
        begin = time.process_time()
        answer = solve(list(networkx.topological_sort(graph)), graph.predecessors, graph.successors, durations)
    else:
        import rustworkx
        graph = rustworkx.PyDiGraph()
        graph.add_nodes_from(list(range(count)))
        graph.add_edges_from_no_data(edges)
        begin = time.process_time()
        answer = solve(
            list(rustworkx.topological_sort(graph)), graph.predecessor_indices, graph.successor_indices, durations)
    elapsed = time.process_time() - begin
    print(json.dumps({"milliseconds": elapsed * 1000, "length": answer[0], "floats": answer[1]}))


main()
