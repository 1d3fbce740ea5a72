import Scheduling
import TestSupport
import Testing

@Suite("Shared teams: schedules")
struct ResourcesSearchTests {
    /// The shortest makespan by trying every start of every activity.
    private func shortest(_ problem: ResourceProblem, within limit: Int) -> Int {
        var starts = Array(repeating: 0, count: problem.activities.count)
        var best = limit
        func place(_ index: Int, _ latest: Int) {
            if latest >= best { return }
            if index == starts.count {
                let schedule = ResourceSchedule(
                    problem: problem, starts: starts, lowerBound: 0, schedules: 0, ending: .budgetSpent)
                if schedule.violations.isEmpty { best = latest }
                return
            }
            for start in 0..<best {
                starts[index] = start
                place(index + 1, max(latest, start + problem.activities[index].duration))
            }
        }
        place(0, 0)
        return best
    }

    @Test("The search finds the shortest schedule of every small problem, and no bound passes it")
    func bruteForce() throws {
        for seed in 0..<UInt64(60) {
            var generator = SeededGenerator(seed: seed)
            var random = RandomResourceProblem(
                count: 4, resources: 2, complexity: 0.7, factor: 0.8, strength: 0.3, durations: 0...3, using: &generator
            )
            if seed % 3 == 1 {
                random.resources[0].windows = [.init(1..<3, capacity: random.resources[0].capacity / 2)]
                random.activities[1].release = 2
            }
            if seed % 3 == 2 {
                let kinds: [Relation.Kind] = [.startToStart, .finishToFinish, .startToFinish, .finishToStart]
                for index in random.relations.indices {
                    random.relations[index].kind = kinds[Int(generator.next() % 4)]
                    random.relations[index].lag = Int(generator.next() % 4) - 1
                }
            }
            let problem = try random.problem()
            var solver = ResourceSolver(problem, seed: seed)
            let schedule = solver.solve(schedules: 400)
            #expect(schedule.violations.isEmpty, "seed \(seed)")
            let best = shortest(problem, within: schedule.makespan + 1)
            #expect(schedule.makespan == best, "seed \(seed)")
            #expect(schedule.lowerBound <= best, "seed \(seed): bound \(schedule.lowerBound)")
        }
    }

    @Test("Every schedule keeps its relations, releases, capacities and windows, also with many resources")
    func feasibility() throws {
        for seed in 0..<UInt64(24) {
            var generator = SeededGenerator(seed: seed &+ 1 << 32)
            var random = RandomResourceProblem(
                count: 24, resources: 1 + Int(seed % 9), factor: 0.5, strength: 0.2, using: &generator)
            for index in random.resources.indices where seed % 2 == 0 {
                random.resources[index].windows = [.init(5..<9, capacity: 0), .init(12..<20, capacity: 3)]
            }
            for index in random.activities.indices where index % 5 == 0 {
                random.activities[index].release = Int(generator.next() % 20)
            }
            if seed % 4 == 3 {
                random.projects = [.init("a", due: 30, weight: 3), .init("b", release: 7), .init("c", due: 60)]
                for index in random.activities.indices { random.activities[index].project = index % 3 }
            }
            let problem = try random.problem()
            var solver = ResourceSolver(problem, seed: seed)
            let schedule = solver.solve(schedules: 300)
            #expect(schedule.violations.isEmpty, "seed \(seed): \(schedule.violations.prefix(3))")
            #expect(schedule.makespan >= schedule.lowerBound, "seed \(seed)")
            for rule in PriorityRule.allCases {
                for scheme in GenerationScheme.allCases {
                    let other = ResourceSolver.schedule(problem, rule: rule, scheme: scheme)
                    #expect(other.violations.isEmpty, "seed \(seed) \(rule) \(scheme)")
                }
            }
        }
    }

    @Test("The same seed gives the same schedule, and a share of time that is spent ends the search")
    func reproducible() throws {
        var generator = SeededGenerator(seed: 5)
        let problem = try RandomResourceProblem(count: 40, using: &generator).problem()
        var first = ResourceSolver(problem, seed: 7)
        var second = ResourceSolver(problem, seed: 7)
        let schedule = first.solve(schedules: 900)
        #expect(schedule.starts == second.solve(schedules: 900).starts)
        #expect(schedule.schedules <= 900)
        var hurried = ResourceSolver(problem, seed: 7)
        let other = hurried.solve(schedules: 1_000_000, spent: { 1 })
        #expect(other.violations.isEmpty)
        // The clock is read every 32 schedules.
        #expect(other.schedules <= 32)
    }

    @Test("Improvements are told one by one, each better than the last")
    func improvements() throws {
        var generator = SeededGenerator(seed: 11)
        let problem = try RandomResourceProblem(count: 40, using: &generator).problem()
        var solver = ResourceSolver(problem)
        var told: [Int] = []
        let schedule = solver.solve(
            schedules: 2000,
            onImprovement: {
                told.append($0.cost)
                #expect($0.bound <= $0.cost)
            })
        #expect(told == told.sorted(by: >))
        #expect(told.last == schedule.makespan)
        #expect(schedule.makespan < told[0])
    }

    @Test("A portfolio serves the project that is late at a higher weight first")
    func weights() throws {
        let problem = try ResourceProblem(
            activities: (0..<4).map { .init("a\($0)", duration: 5, needs: [0: 1], project: $0) },
            resources: [.init("team", capacity: 1)],
            projects: (0..<4).map { .init("p\($0)", due: 5, weight: [1, 9, 3, 5][$0]) })
        var solver = ResourceSolver(problem)
        let schedule = solver.solve(schedules: 500)
        #expect(schedule.completions == [20, 5, 15, 10])
    }

    @Test("A joint session waits until the teams of all participants are free")
    func jointSession() throws {
        let problem = try ResourceProblem(
            activities: [
                .init("planning review", duration: 3, needs: [0: 1]), .init("fire review", duration: 5, needs: [1: 1]),
                .init("joint session", duration: 1, needs: [0: 1, 1: 1]), .init("later", duration: 4),
            ],
            relations: [.init(2, 3)], resources: [.init("planning", capacity: 1), .init("fire", capacity: 1)])
        let starts = [0, 0, 5, 6]
        let schedule = ResourceSchedule(
            problem: problem, starts: starts, lowerBound: 0, schedules: 0, ending: .budgetSpent)
        #expect(schedule.violations.isEmpty)
        var solver = ResourceSolver(problem)
        let best = solver.solve(schedules: 200)
        #expect(best.starts[2] == 0)
        #expect(best.makespan == 6)
        #expect(best.ending == .optimal)
    }

    @Test("What a schedule breaks is named")
    func violations() throws {
        let problem = try ResourceProblem(
            activities: [.init("a", duration: 2, needs: [0: 2], release: 1), .init("b", duration: 2, needs: [0: 1])],
            relations: [.init(0, 1)], resources: [.init("r", capacity: 2)])
        let schedule = ResourceSchedule(
            problem: problem, starts: [0, 1], lowerBound: 0, schedules: 0, ending: .budgetSpent)
        #expect(
            schedule.violations == [
                .startsBeforeRelease(activity: 0), .relationBroken(relation: 0),
                .capacityExceeded(resource: 0, period: 1, needed: 3, available: 2),
            ])
    }

    @Test("Handovers keep the capacities whatever the dates")
    func handovers() throws {
        for seed in 0..<UInt64(30) {
            var generator = SeededGenerator(seed: seed &+ 3 << 32)
            let random = RandomResourceProblem(count: 20, resources: 3, strength: 0.3, using: &generator)
            var solver = ResourceSolver(try random.problem(), seed: seed)
            let schedule = solver.solve(schedules: 100)
            var moved = random
            moved.relations += schedule.handovers.map { .init($0.0, $0.1) }
            for index in moved.activities.indices {
                if moved.activities[index].duration > 0 {
                    moved.activities[index].duration += Int(generator.next() % 5)
                }
            }
            // Without resources: earliest dates by relations and handovers alone.
            var free = moved
            free.resources = moved.resources.map { .init($0.id, capacity: ResourceProblem.largestCapacity) }
            let dates = ResourceSolver.schedule(try free.problem(), rule: .latestFinish, scheme: .serial)
            let checked = ResourceSchedule(
                problem: try moved.problem(), starts: dates.starts, lowerBound: 0, schedules: 0, ending: .budgetSpent)
            #expect(checked.violations.isEmpty, "seed \(seed)")
        }
    }
}
