"""Reference for `binglian-bench flow`: the same kind of projects, played by SimPy (PyPI), in processor time."""
import json
import random
import time

import simpy

PROJECTS, ACTIVITIES, DEPARTMENTS, TEAMS = 1000, 30, 12, 8


def main():
    draw = random.Random(1)
    world = simpy.Environment()
    departments = [simpy.Resource(world, TEAMS) for _ in range(DEPARTMENTS)]

    def activity(predecessors, department, duration, done):
        yield world.all_of(predecessors)
        with departments[department].request() as team:
            yield team
            yield world.timeout(duration)
        done.succeed()

    for _ in range(PROJECTS):
        arrival = world.timeout(draw.randrange(PROJECTS * 9 // 10 * 480))
        done = []
        for number in range(ACTIVITIES):
            reach = min(number, 6)
            predecessors = [arrival] if number < 3 else [
                done[number - 1 - back] for back in {draw.randrange(reach), draw.randrange(reach)}]
            done.append(world.event())
            duration = 480 + draw.randrange(1680) + draw.randrange(1680)
            world.process(activity(predecessors, draw.randrange(DEPARTMENTS), duration, done[-1]))
    begin = time.process_time()
    world.run()
    print(json.dumps({"completionsPerSecond": PROJECTS * ACTIVITIES / (time.process_time() - begin), "end": world.now}))


main()
