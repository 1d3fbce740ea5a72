import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

/// Small plans of every kind, written as files and read again.
enum RandomPlan {
    /// - Parameter waitingForStarts: whether some dependencies wait for a start.
    static func make(
        using random: inout SeededGenerator, items count: Int = 7, waitingForStarts: Bool = false
    ) throws -> Plan {
        let reading = WorkflowFile.read(
            text(using: &random, items: count, waitingForStarts: waitingForStarts), path: "random.yaml")
        let workflow = try #require(reading.value, "\(reading.diagnostics)")
        return Plan.resolve(workflow, facts: workflow.resolvedFacts([:]))
    }

    private static func text(
        using random: inout SeededGenerator, items count: Int, waitingForStarts: Bool
    ) -> String {
        func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
        func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }
        var items = ["  - {id: entered, title: {zh: 开始, en: Start}, kind: milestone}"]
        /// What may be waited for: items, and phases of joint ones.
        var references: [String] = []
        var waitedFor: Set<String> = []
        for number in 0..<count {
            let id = "i\(number)"
            var after = Set(
                (0..<Int.random(in: 0...2, using: &random)).compactMap { _ in references.randomElement(using: &random) }
            )
            if after.isEmpty { after = ["entered"] }
            // One dependency on an item: on all of it or on one of its phases.
            var seen: Set<String> = []
            after = after.sorted().reduce(into: []) { kept, reference in
                if seen.insert(String(reference.prefix { $0 != "." })).inserted { kept.insert(reference) }
            }
            for reference in after { waitedFor.insert(String(reference.prefix { $0 != "." })) }
            let dependencies = after.sorted().map { reference in
                chance(60)
                    ? reference
                    : waitingForStarts && chance(50)
                        ? "{item: \(reference), type: SS, lag: \(pick(["0 wd", "2 wd"]))}"
                        : "{item: \(reference), lag: \(pick(["0 wd", "2 wd", "3 cd", "0.25 wd"]))}"
            }.joined(separator: ", ")
            if chance(25) {
                items.append(
                    """
                      - id: \(id)
                        title: {zh: 联合\(number), en: Joint \(number)}
                        joint: review
                        lead: planning
                        after: [\(dependencies)]
                        admission: \(pick(["1 wd", "2 wd"]))
                        participants:
                          - {id: a, title: {zh: 甲, en: A}, department: planning, takes: \(pick([2, 4, 6])) wd}
                          - {id: b, title: {zh: 乙, en: B}, department: fire, takes: \(pick([1, 4, 5])) wd}
                        passes: all
                        \(chance(50) ? "merge: 1 wd\n    " : "")source: assumed
                    """)
                references += [id, "\(id).admission", "\(id).a"]
            } else {
                let kind = pick(["approval", "review", "applicant", "intermediary", "filing"])
                let takes = pick(["1 wd", "2 wd", "5 wd", "0 wd", "0.5 wd", "3 wd", "7 wd"])
                items.append(
                    """
                      - {id: \(id), title: {zh: 事项\(number), en: Item \(number)}, kind: \(kind), department: planning,
                         takes: \(takes), after: [\(dependencies)], source: assumed}
                    """)
                references.append(id)
            }
        }
        // A notice comes where a day is over: after whole days only.
        items.append(
            """
              - {id: notice, title: {zh: 公示, en: Notice}, kind: publicity, department: planning, takes: 7 cd,
                 after: [entered], source: assumed}
              - {id: after-notice, title: {zh: 公示后, en: After the notice}, kind: approval, department: planning,
                 takes: 2 wd, after: [notice], milestone: true, source: assumed}
            """)
        let sinks = (0..<count).map { "i\($0)" }.filter { !waitedFor.contains($0) } + ["after-notice"]
        items.append(
            "  - {id: completed, title: {zh: 完成, en: End}, kind: milestone, after: [\(sinks.joined(separator: ", "))]}")
        return """
            workflow: random
            version: "1"
            title: {zh: 随机, en: Random}
            processType: 3
            source: assumed
            calendar: weekdays
            facts:
              floorArea: {type: number, unit: m2, default: 100}
            departments:
              planning: {zh: 规划, en: Planning}
              fire: {zh: 消防, en: Fire}
            targets:
              - {id: whole, limit: 50 wd, from: entered, to: completed, counts: [gov, tech], source: assumed}
            stages:
              - id: all
                title: {zh: 全部, en: All}
                national: 1
                lead: planning
                items:

            """ + items.joined(separator: "\n").split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
                + "\n"
    }
}
