import Scheduling
import TestSupport
import Testing

@Suite("Portfolios of projects that share teams")
struct PortfolioTests {
    /// Two kinds of projects over three departments, some activities of nobody; some take no time.
    private func random(_ generator: inout SeededGenerator) throws -> (Portfolio, [Int32]) {
        let departments = (0..<3).map {
            Portfolio.Department("d\($0)", teams: Int.random(in: 1...3, using: &generator))
        }
        let templates = (0..<2).map { _ in
            let count = Int.random(in: 1...8, using: &generator)
            var relations: [Portfolio.Template.Relation] = []
            for successor in 0..<count {
                for predecessor in 0..<successor where Int.random(in: 0..<3, using: &generator) == 0 {
                    relations.append(.init(predecessor, successor))
                }
            }
            return Portfolio.Template(
                departments: (0..<count).map { _ in
                    let draw = Int.random(in: 0..<4, using: &generator)
                    return draw < 3 ? draw : nil
                }, relations: relations)
        }
        let projects = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
            Portfolio.Project(
                template: Int.random(in: 0..<2, using: &generator), arrival: Int.random(in: 0...30, using: &generator))
        }
        let portfolio = try Portfolio(departments: departments, templates: templates, projects: projects)
        let durations = (0..<portfolio.activityCount).map { _ in Int32.random(in: 0...9, using: &generator) }
        return (portfolio, durations)
    }

    /// The four rules that make the flow what it is, each checked by itself on every activity.
    @Test("Nobody starts early, no team works twice, lines keep their order, no team idles while somebody waits")
    func rules() throws {
        for seed in UInt64(1)...400 {
            var generator = SeededGenerator(seed: seed)
            let (portfolio, durations) = try random(&generator)
            let flow = try portfolio.flow(durations: durations)
            var members = [[Int]](repeating: [], count: portfolio.departments.count)
            for (number, project) in portfolio.projects.enumerated() {
                let template = portfolio.templates[project.template]
                let base = portfolio.activities(of: number).lowerBound
                for (activity, department) in template.departments.enumerated() {
                    let finishes = template.relations.filter { $0.successor == activity }
                        .map { flow.finish(of: base + $0.predecessor) }
                    #expect(Int(flow.ready[base + activity]) == finishes.max() ?? project.arrival, "seed \(seed)")
                    if let department {
                        members[department].append(base + activity)
                    } else {
                        #expect(flow.start[base + activity] == flow.ready[base + activity], "seed \(seed)")
                    }
                }
            }
            for (department, activities) in members.enumerated() {
                let teams = portfolio.departments[department].teams
                func atWork(at instant: Int32) -> Int {
                    activities.count { flow.start[$0] <= instant && instant < flow.start[$0] + durations[$0] }
                }
                for activity in activities {
                    #expect(atWork(at: flow.start[activity]) <= teams, "seed \(seed)")
                    for instant in flow.ready[activity]..<flow.start[activity] {
                        #expect(atWork(at: instant) == teams, "seed \(seed)")
                    }
                    for other in activities where flow.ready[other] < flow.ready[activity] {
                        #expect(flow.start[other] <= flow.start[activity], "seed \(seed)")
                    }
                }
                let load = flow.loads[department]
                #expect(load.served == activities.count)
                #expect(load.waiting == activities.reduce(0) { $0 + Int(flow.start[$1] - flow.ready[$1]) })
                #expect(load.busy == activities.reduce(0) { $0 + Int(durations[$1]) })
            }
        }
    }

    @Test("With a team for everybody each project takes its critical path")
    func unlimited() throws {
        for seed in UInt64(1)...50 {
            var generator = SeededGenerator(seed: seed)
            let (portfolio, durations) = try random(&generator)
            let plenty = try Portfolio(
                departments: portfolio.departments.map { .init($0.id, teams: 1000) }, templates: portfolio.templates,
                projects: portfolio.projects)
            let flow = try plenty.flow(durations: durations)
            #expect(flow.ready == flow.start, "seed \(seed)")
            for (number, project) in plenty.projects.enumerated() {
                let template = plenty.templates[project.template]
                let own = plenty.activities(of: number)
                let network = try ActivityNetwork(
                    activities: own.map { Activity("\($0)", duration: Int(durations[$0])) },
                    relations: template.relations.map {
                        Relation("\(own.lowerBound + $0.predecessor)", "\(own.lowerBound + $0.successor)")
                    }, calendars: [.continuous])
                let schedule = CriticalPath.solve(network, start: project.arrival)
                #expect(flow.finish(of: number, in: plenty) == schedule.projectFinish, "seed \(seed)")
            }
        }
    }

    @Test("One desk, two applications on one day: the second waits for the first")
    func line() throws {
        let one = Portfolio.Template(departments: [0], relations: [])
        let portfolio = try Portfolio(
            departments: [.init("housing", teams: 1)], templates: [one],
            projects: [.init(template: 0, arrival: 10), .init(template: 0, arrival: 10)])
        let flow = try portfolio.flow(durations: [5, 7])
        #expect(flow.start == [10, 15])
        #expect(flow.finish(of: 1, in: portfolio) == 22)
        #expect(flow.loads[0].waiting == 5 && flow.loads[0].longestQueue == 1)
    }

    @Test("What is no portfolio is refused with its reason")
    func refusals() throws {
        func refusal(
            teams: Int = 1, departments: [Int?] = [0, nil], relations: [Portfolio.Template.Relation] = [],
            template: Int = 0, arrival: Int = 0, durations: [Int32] = [1, 1]
        ) -> PortfolioError? {
            do throws(PortfolioError) {
                _ = try Portfolio(
                    departments: [.init("d", teams: teams)],
                    templates: [.init(departments: departments, relations: relations)],
                    projects: [.init(template: template, arrival: arrival)]
                ).flow(durations: durations)
                return nil
            } catch { return error }
        }
        #expect(refusal() == nil)
        #expect(refusal(teams: 0) == .noTeam(department: "d"))
        #expect(refusal(departments: [0, 1]) == .unknownDepartment(1, template: 0, activity: 1))
        #expect(refusal(relations: [.init(0, 2)]) == .unknownActivity(.init(0, 2), template: 0))
        #expect(refusal(relations: [.init(0, 1), .init(1, 0)]) == .cycle(template: 0, activities: [0, 1]))
        #expect(refusal(template: 1) == .unknownTemplate(1, project: 0))
        #expect(refusal(arrival: -1) == .arrivalOutOfRange(-1, project: 0))
        #expect(refusal(durations: [1]) == .wrongDurations(count: 1, activities: 2))
        #expect(refusal(durations: [1, -4]) == .durationOutOfRange(-4, activity: 1))
        #expect(refusal(arrival: Portfolio.latest, durations: [.max, 1]) == .tooLong)
    }
}
