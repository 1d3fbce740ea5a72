import CaseEngine
import Orchestrator
import Planning
import Scheduling
import Synchronization
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Runs and simulation")
struct RunsAndSimulationTests {
    /// Two permits side by side and a joint acceptance whose rounds fail with a chance; refusals are too rare to matter.
    private static let stages = """
          - id: works
            title: {zh: 验收, en: Acceptance}
            national: 4
            lead: planning
            items:
              - {id: entered, title: {zh: 开始, en: Start}, kind: milestone}
              - {id: permit, title: {zh: 许可, en: Permit}, kind: approval, department: planning, takes: 2/4/9 wd,
                 after: [entered], source: assumed}
              - {id: notice, title: {zh: 公示, en: Notice}, kind: publicity, department: planning, takes: 3/7/10 cd,
                 after: [entered], source: assumed}
              - id: joint
                title: {zh: 联合验收, en: Joint acceptance}
                joint: acceptance
                lead: planning
                after: [permit, notice]
                admission: 1 wd
                participants:
                  - {id: fire, title: {zh: 消防, en: Fire}, department: fire, takes: 1/3/8 wd}
                  - {id: water, title: {zh: 供水, en: Water}, department: water, takes: 1/3/5 wd}
                source: assumed
                milestone: true
                passes: all
                merge: 1 wd
                rectification: {applicant: 1/4/12 wd, recheck: 1/2/3 wd failed-only, chance: 0.3, rounds: 5}
                conclusion: 1 wd
              - {id: completed, title: {zh: 完成, en: End}, kind: milestone, after: [joint]}
        """

    @Test("Cases run by the engine with drawn times finish, on average and in spread, as the simulation says")
    func agreement() async throws {
        var days: [Int] = []
        var plan: SampleCase?
        for seed in 1...60 {
            let sample = try SampleCase(Self.stages)
            plan = sample
            #expect(try await sample.run(sample.parties(seed: UInt64(seed))) == .closed(.completed), "seed \(seed)")
            let closed = try #require(try await sample.state.closedOn)
            days.append(closed.days(since: SampleCase.start))
        }
        let model = try RiskModel(plan: try #require(plan).plan, calendar: .weekdays, start: SampleCase.start)
        let simulated = OutcomeDistribution(
            model.simulation.run(0..<8192, detail: .outcomes).finishes.map { Int($0) / 480 })
        let run = OutcomeDistribution(days)
        let error = simulated.standardDeviation / Double(days.count).squareRoot()
        #expect(abs(run.mean - simulated.mean) < 3.5 * error, "\(run.mean) days run, \(simulated.mean) simulated")
        #expect(abs(run.standardDeviation / simulated.standardDeviation - 1) < 0.3)
    }
}

@Suite("Ordered runs")
struct OrderedRunsTests {
    @Test("Parts are taken in order and once, however many tasks there are", arguments: [1, 2, 8])
    func order(tasks: Int) async {
        var taken: [Range<Int>] = []
        let isWhole = await OrderedRuns(tasks: tasks, rangeSize: 7).run(count: 100) {
            $0
        } take: {
            taken.append($0)
            return true
        }
        #expect(isWhole)
        #expect(taken.flatMap(Array.init) == Array(0..<100))
    }

    @Test("Who has enough gets no more", arguments: [1, 2, 8])
    func enough(tasks: Int) async {
        var taken = 0
        let isWhole = await OrderedRuns(tasks: tasks, rangeSize: 1).run(count: 1000) {
            $0.lowerBound
        } take: {
            #expect($0 == taken)
            taken += 1
            return taken < 10
        }
        #expect(isWhole)
        #expect(taken == 10)
    }

    @Test("A run that is cancelled says so and keeps what it took")
    func cancelled() async {
        let started = Mutex(0)
        let taken = Mutex(0)
        let task = Task {
            await OrderedRuns(tasks: 2, rangeSize: 1).run(count: 1_000_000) { _ in
                started.withLock { $0 += 1 }
            } take: {
                taken.withLock { $0 += 1 }
                withUnsafeCurrentTask { $0?.cancel() }
                return true
            }
        }
        #expect(await task.value == false)
        #expect(taken.withLock(\.self) >= 1)
        #expect(started.withLock(\.self) < 10)
    }

    @Test("The simulation of a plan has the same bits on 1, 2 and 8 tasks", arguments: [2, 8])
    func sameBits(tasks: Int) async throws {
        let project = try ShippedProject(2)
        let model = try RiskModel(plan: project.plan, calendar: project.calendar, start: SampleCase.start)
        func json(_ tasks: Int) async throws -> String {
            let simulation = model.simulation
            var whole = simulation.run(0..<0)
            await OrderedRuns(tasks: tasks, rangeSize: 256).run(count: 3000) {
                simulation.run($0)
            } take: {
                whole.append($0)
                return true
            }
            return try model.report(on: whole).json.pretty
        }
        #expect(try await json(tasks) == json(1))
    }
}
