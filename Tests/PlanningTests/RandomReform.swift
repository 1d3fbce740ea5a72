import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

/// Small workflows with levers of every kind, written as files and read again.
struct RandomReform {
    let workflow: WorkflowDefinition
    let facts: [String: FactValue]

    /// - Parameters:
    ///   - levers: how many at most; those that the reader refuses are left out.
    ///   - measure: of the only target.
    init(seed: UInt64, items: Int = 6, levers: Int = 6, measure: String = "union") throws {
        var random = SeededGenerator(seed: seed)
        let writer = Writer(items: items, measure: measure, using: &random)
        var kept: [String] = []
        var read = WorkflowFile.read(writer.text(levers: []), path: "random.yaml").value
        for number in 0..<levers * 2 where kept.count < levers {
            let lever = writer.lever(number, after: kept.count, using: &random)
            if let better = WorkflowFile.read(writer.text(levers: kept + [lever]), path: "random.yaml").value {
                kept.append(lever)
                read = better
            }
        }
        workflow = try #require(read, "seed \(seed)")
        facts = workflow.resolvedFacts(["wet": .boolean(Bool.random(using: &random))])
    }

    /// All sets of these levers that can be pulled together, by position.
    var admissible: [[Int]] {
        let levers = workflow.availableLevers(facts: facts)
        return (0..<1 << levers.count).map { bits in levers.indices.filter { bits >> $0 & 1 == 1 } }.filter { set in
            let ids = Set(set.map { levers[$0].id })
            return set.allSatisfy {
                ids.isSuperset(of: levers[$0].requires) && ids.isDisjoint(with: levers[$0].excludes)
            }
        }
    }
}

private struct Writer {
    private let head: String
    private var items: [String] = []
    private var joints: Set<String> = []

    init(items count: Int, measure: String, using random: inout SeededGenerator) {
        head = """
            workflow: random
            version: "1"
            title: {zh: 随机, en: Random}
            processType: 3
            source: assumed
            calendar: weekdays
            facts: {wet: {type: boolean}}
            departments:
              planning: {zh: 规划, en: Planning}
              fire: {zh: 消防, en: Fire}
            targets:
              - {id: whole, limit: 50 wd, from: entered, to: completed, counts: [gov, tech], measure: \(measure), source: assumed}
            stages:
              - id: all
                title: {zh: 全部, en: All}
                national: 5
                items:

            """
        func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
        func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }
        var written = ["- {id: entered, title: {zh: 开始, en: Start}, kind: milestone}"]
        var waitedFor: Set<String> = []
        for number in 0..<count {
            let id = "i\(number)"
            var after: [String] = []
            for before in 0..<number where chance(35) {
                let other = "i\(before)"
                waitedFor.insert(other)
                if joints.contains(other), chance(50) {
                    after.append(pick(["\(other).admission", "\(other).a", "\(other).b"]))
                } else if chance(70) {
                    after.append(other)
                } else {
                    after.append(
                        "{item: \(other), type: \(pick(["FS", "SS", "FF"])), lag: \(pick(["0", "2", "-1"])) wd}")
                }
            }
            if after.isEmpty || chance(30) { after.append("entered") }
            let when = chance(20) ? "when: \(pick(["wet", "not(wet)"]))\n  " : ""
            if chance(25) {
                joints.insert(id)
                written.append(
                    """
                    - id: \(id)
                      title: {zh: 联合, en: Joint}
                      joint: review
                      lead: planning
                      after: [\(after.joined(separator: ", "))]
                      admission: \(pick([1, 2])) wd
                      participants:
                        - {id: a, title: {zh: 甲, en: A}, department: planning, takes: \(pick([2, 4, 6])) wd}
                        - {id: b, title: {zh: 乙, en: B}, department: fire, takes: \(pick([1, 4, 5])) wd\(chance(40) ? ", when: wet" : "")}
                      merge: 1 wd
                      \(when)source: assumed
                    """)
            } else {
                written.append(
                    """
                    - id: \(id)
                      title: {zh: 事项, en: Item}
                      kind: \(pick(["approval", "review", "applicant", "approval"]))
                      department: planning
                      takes: \(pick(["1 wd", "2 wd", "5 wd", "1/3/8 wd", "0.5 wd", "4/7/9 wd", "3 cd"]))
                      after: [\(after.joined(separator: ", "))]
                      \(when)source: assumed
                      basis: assumed
                    """)
            }
            items.append(id)
        }
        let ends = items.filter { !waitedFor.contains($0) }
        written.append(
            "- {id: completed, title: {zh: 完成, en: End}, kind: milestone, after: [\(ends.joined(separator: ", "))]}")
        body = written
    }

    private var body: [String] = []

    func text(levers: [String]) -> String {
        let items = body.joined(separator: "\n").split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
        return head + items + "\n" + (levers.isEmpty ? "" : "levers:\n" + levers.joined())
    }

    func lever(_ number: Int, after earlier: Int, using random: inout SeededGenerator) -> String {
        func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
        func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }
        // Sometimes what an earlier lever made; that lever is required then, or the reader refuses this one.
        let brought = "m\(max(0, number - 1))"
        let item = pick(items)
        let other = pick(items)
        let kind: String
        var effects: [String]
        switch Int.random(in: 0..<8, using: &random) {
        case 0:
            (kind, effects) = (
                "shorter-limit", ["{item: \(item), takes: \(pick(["1 wd", "0.5/1/2 wd", "9 wd", "2 cd"]))}"]
            )
        case 1: (kind, effects) = ("more-teams", ["{item: \(item), percent: \(pick([50, 60, 75, 130]))}"])
        case 2: (kind, effects) = ("exemption", ["{item: \(item), drop: true}"])
        case 3: (kind, effects) = ("parallel", ["{item: \(item), notAfter: [\(other)], alsoAfter: [entered]}"])
        case 4:
            (kind, effects) = (
                "start-earlier", ["{item: \(item), after: [\(pick(["entered", other])), {item: entered, lag: 2 wd}]}"]
            )
        case 5:
            let after = chance(30) ? ", after: [\(other)]" : ""
            let takes = pick(["2 wd", "4 wd", "8 wd"])
            (kind, effects) = (
                "merge",
                [
                    "{merge: [\(item), \(other)], into: {id: \(chance(20) ? item : "m\(number)"), title: {zh: 合, en: M}, kind: approval, department: planning, takes: \(takes)\(after), source: assumed}}"
                ]
            )
        case 6:
            (kind, effects) = (
                "commitment",
                [
                    "{item: \(item), takes: 1 wd, handling: commitment}",
                    "{add: {id: c\(number), title: {zh: 查, en: Check}, kind: approval, department: planning, takes: 2 wd, after: [\(item)], source: assumed}}",
                    chance(50)
                        ? "{item: completed, alsoAfter: [c\(number)]}" : "{item: \(other), alsoAfter: [c\(number)]}",
                ]
            )
        default:
            (kind, effects) = ("shorter-limit", ["{item: \(item).\(pick(["a", "merge", "admission"])), takes: 0.5 wd}"])
        }
        if chance(30) { effects.append("{item: \(pick(items + [brought])), percent: 80}") }
        let rules =
            (earlier > 0 && chance(20) ? "    requires: [\(pick((0..<number).map { "l\($0)" }))]\n" : "")
            + (earlier > 0 && chance(20) ? "    excludes: [\(pick((0..<number).map { "l\($0)" }))]\n" : "")
            + (chance(10) ? "    when: wet\n" : "")
        return """
              - id: l\(number)
                title: {zh: 措施, en: Reform}
                kind: \(kind)
                cost: \(Int.random(in: 1...9, using: &random))
                source: assumed
            \(rules)    effects:
            \(effects.map { "      - \($0)\n" }.joined())
            """
    }
}
