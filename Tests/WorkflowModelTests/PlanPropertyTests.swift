import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Properties of plans")
struct PlanPropertyTests {
    @Test(
        "A plan links exactly what paths through unneeded items link, with the lags of the longest",
        arguments: UInt64(1)...300)
    func paths(seed: UInt64) {
        let workflow = RandomWorkflow(seed: seed)
        let plan = workflow.plan
        for planned in plan.items {
            let expected = workflow.predecessorsByPaths(of: planned.id)
            let actual = Dictionary(grouping: planned.after) { RandomWorkflow.Link(item: $0.item, type: $0.type) }
                .mapValues { $0.map(\.lag.minutes).max() ?? 0 }
            #expect(actual == expected, "seed \(seed), item \(planned.id)")
            #expect(planned.after.allSatisfy { plan.index(of: $0.item) != nil }, "seed \(seed)")
        }
    }

    @Test(
        "Earliest dates are those of the whole workflow in which unneeded items take no time",
        arguments: UInt64(1)...300)
    func dates(seed: UInt64) {
        let workflow = RandomWorkflow(seed: seed)
        let whole = EarliestStarts(workflow.items, isNeeded: workflow.isNeeded)
        let plan = EarliestStarts(workflow.plan.items.map(\.item), isNeeded: { _ in true })
        for planned in workflow.plan.items {
            #expect(plan.starts[planned.id] == whole.starts[planned.id], "seed \(seed), item \(planned.id)")
        }
    }

    @Test(
        "The order of a plan holds every item once, after its predecessors, the first of the file first",
        arguments: UInt64(1)...300)
    func order(seed: UInt64) {
        let plan = RandomWorkflow(seed: seed).plan
        var rest = Set(plan.items.indices)
        for index in plan.order {
            let ready = rest.filter { candidate in
                plan.items[candidate].after.allSatisfy { dependency in
                    plan.index(of: dependency.item).map { !rest.contains($0) } == true
                }
            }
            #expect(index == ready.min(), "seed \(seed)")
            rest.remove(index)
        }
        #expect(rest.isEmpty, "seed \(seed)")
    }

    @Test("Twenty thousand items resolve, however they hang together", arguments: ["chain", "ladder", "fan"])
    func large(shape: String) {
        let count = 20_000
        let never = PlanFixture.when("never")
        var items = [PlanFixture.item("0")]
        for index in 1..<count - 1 {
            let after: [Dependency] =
                switch shape {
                case "chain": [Dependency(item: "\(index - 1)")]
                // every rung doubles the paths, each with another sum of lags
                case "ladder":
                    [1, 2].filter { $0 <= index }.map {
                        Dependency(item: "\(index - $0)", type: .startToStart, lag: .working($0 * index % 7))
                    }
                default: []
                }
            items.append(PlanFixture.item("\(index)", after: after, when: shape == "fan" ? nil : never))
        }
        if shape == "fan" {
            let all = items.map { Dependency(item: $0.id) }
            items.append(PlanFixture.item("hub", after: all, when: never))
            for index in 0..<10 { items.append(PlanFixture.item("x\(index)", after: [Dependency(item: "hub")])) }
            let plan = Plan.resolve(PlanFixture.workflow(items), facts: [:])
            #expect(plan["x9"]?.after == all)
        } else {
            items.append(PlanFixture.item("x", after: [Dependency(item: "\(count - 2)")]))
            let plan = Plan.resolve(PlanFixture.workflow(items), facts: [:])
            #expect(plan.items.map(\.id) == ["0", "x"])
            #expect(plan["x"]?.after.map(\.item) == ["0"])
            #expect(plan.notNeeded.count == count - 2)
        }
    }
}

/// A small workflow without circles, listed in random order, with random relations, lags and conditions.
private struct RandomWorkflow {
    struct Link: Hashable {
        let item: String
        let type: RelationType
    }

    let items: [Item]
    private let unneeded: Set<String>

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...11, using: &random)
        let density = Int.random(in: 1...4, using: &random)
        var items: [Item] = []
        var unneeded: Set<String> = []
        for index in 0..<count {
            var after: [Dependency] = []
            for before in 0..<index where Int.random(in: 0...4, using: &random) < density {
                let type = RelationType.allCases[Int.random(in: 0..<4, using: &random)]
                let lag = DayAmount.working(Int.random(in: -2...3, using: &random))
                after.append(Dependency(item: "i\(before)", type: type, lag: lag))
            }
            let isUnneeded = Bool.random(using: &random)
            if isUnneeded { unneeded.insert("i\(index)") }
            let takes = PlanFixture.days(Int.random(in: 0...5, using: &random))
            items.append(
                PlanFixture.item(
                    "i\(index)", after: after, when: isUnneeded ? PlanFixture.when("never") : nil, takes: takes))
        }
        self.items = items.shuffled(using: &random)
        self.unneeded = unneeded
    }

    var plan: Plan { Plan.resolve(PlanFixture.workflow(items), facts: [:]) }

    func isNeeded(_ id: String) -> Bool { !unneeded.contains(id) }

    /// Every path backwards to the first needed item, walked one by one.
    func predecessorsByPaths(of id: String) -> [Link: Int] {
        var found: [Link: Int] = [:]
        func walk(_ item: String, end: ItemEnd?, lag: Int) {
            for dependency in items.first(where: { $0.id == item })?.after ?? [] {
                let end = end ?? dependency.type.successorEnd
                let lag = lag + dependency.lag.minutes
                if isNeeded(dependency.item) {
                    let link = Link(
                        item: dependency.item, type: RelationType(from: dependency.type.predecessorEnd, to: end))
                    found[link] = max(found[link] ?? lag, lag)
                } else {
                    walk(dependency.item, end: end, lag: lag)
                }
            }
        }
        walk(id, end: nil, lag: 0)
        return found
    }
}

/// Earliest starts in minutes, by the definition of the four relations.
private struct EarliestStarts {
    private(set) var starts: [String: Double] = [:]

    init(_ items: [Item], isNeeded: (String) -> Bool) {
        let byID = Dictionary(uniqueKeysWithValues: items.map { ($0.id, $0) })
        func duration(_ id: String) -> Double {
            isNeeded(id) ? Double(byID[id]?.takes?.likely.minutes ?? 0) : 0
        }
        var found: [String: Double] = [:]
        func start(_ id: String) -> Double {
            if let known = found[id] { return known }
            // Only what is needed waits for the start of the case.
            var earliest = isNeeded(id) ? 0 : -Double.infinity
            for dependency in byID[id]?.after ?? [] {
                let from =
                    start(dependency.item) + (dependency.type.predecessorEnd == .finish ? duration(dependency.item) : 0)
                let to = from + Double(dependency.lag.minutes)
                earliest = max(earliest, dependency.type.successorEnd == .finish ? to - duration(id) : to)
            }
            found[id] = earliest
            return earliest
        }
        for item in items { starts[item.id] = start(item.id) }
    }
}
