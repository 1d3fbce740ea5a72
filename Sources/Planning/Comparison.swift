import Scheduling
import WorkCalendar
import WorkflowModel

/// Two workflows side by side (改革前后对比): what a reform cut, in the figures that policy documents use.
public struct Comparison: Sendable {
    public let before: Figures
    public let after: Figures

    public init(before: Figures, after: Figures) {
        self.before = before
        self.after = after
    }

    /// What one workflow asks of a project.
    public struct Figures: Sendable {
        public let workflow: WorkflowDefinition
        /// Steps 环节: items that an office or its reviewers handle; a joint item is one.
        public let steps: Int
        /// Signers 签字人: links of reviewer chains and participants of joint items; one where nothing is said.
        public let signers: Int
        /// Distinct materials that the applicant must bring, what earlier items issue left out.
        public let materials: Int
        /// Sum of limits 时限累计 in working minutes: promised, else statutory, else likely. A limit of n calendar days is
        /// taken as ⌈5n/7⌉ working days, since a sum needs one unit.
        public let sumOfLimits: Int
        /// Between which items `union` and `span` are measured.
        public let window: Window
        /// Counted working minutes 并集 and length 跨度 of the window.
        public let union: Int
        public let span: Int

        /// The figures of what lies in a window of a plan; `nil` when the plan lacks one of its ends.
        public init?(_ report: PlanReport, window: Window) {
            let counted: Set<ClockHolder> = [.gov, .tech]
            let target = Target(
                id: "window", title: nil, limit: nil, from: window.from, to: window.to, counts: counted,
                measure: .union, source: "")
            guard let measured = report.measure(target) else { return nil }
            let plan = report.plan
            workflow = plan.workflow
            let rows = report.activities.filter { row in
                measured.from <= row.earlyStart && row.earlyFinish <= measured.to
            }
            let inside = Set(rows.map(\.activity.item))
            let items = plan.items.map(\.item).filter { inside.contains($0.id) }
            let official = items.filter { [.gov, .tech, .special].contains($0.clock) && $0.kind != .milestone }
            steps = official.count
            signers = official.reduce(0) { $0 + max(1, $1.joint?.participants.count ?? $1.chain.count) }
            let issued = Set(plan.items.flatMap(\.item.outputs))
            materials = Set(items.flatMap { $0.materials.map(\.material) }).subtracting(issued).count
            sumOfLimits = rows.filter { counted.contains($0.activity.clock) }.reduce(0) { sum, row in
                sum + Self.workingMinutes(row.activity.limit ?? row.activity.statutory ?? row.activity.estimate.likely)
            }
            self.window = window
            union = measured.union
            span = measured.span
        }

        private static func workingMinutes(_ amount: DayAmount) -> Int {
            guard amount.unit == .calendar else { return amount.minutes }
            let week = 7 * DayAmount.minutesPerDay
            return (5 * amount.minutes + week - 1) / week * DayAmount.minutesPerDay
        }
    }

    /// The share cut, in percent with one decimal, halves away from zero: `(before − after) / before`, negative when it
    /// grew; `nil` when there was nothing.
    ///
    /// - Precondition: `before` ≥ 0.
    public static func cut(from before: Int, to after: Int) -> Double? {
        precondition(before >= 0, "there is no less than nothing")
        guard before != 0 else { return nil }
        // In whole numbers: a half that a Double misses would round the wrong way.
        let difference = before - after
        let tenths = (2000 * abs(difference) + before) / (2 * before)
        return Double(difference < 0 ? -tenths : tenths) / 10
    }

    /// The windows on which two plans are held side by side: from the first milestone that both have to the last.
    ///
    /// Where they share only one milestone, each window begins with its own first one; `nil` when they share none.
    public static func windows(_ before: Plan, _ after: Plan) -> (before: Window, after: Window)? {
        func milestones(_ plan: Plan) -> [String] { plan.items.filter { $0.item.kind == .milestone }.map(\.id) }
        let own = (before: milestones(before), after: milestones(after))
        let shared = own.before.filter { own.after.contains($0) }
        guard let first = shared.first, let last = shared.last else { return nil }
        guard first == last else { return (Window(from: first, to: last), Window(from: first, to: last)) }
        return (Window(from: own.before[0], to: last), Window(from: own.after[0], to: last))
    }

    /// Two items, normally milestones, between which figures are measured.
    public struct Window: Sendable, Hashable {
        public let from: String
        public let to: String

        public init(from: String, to: String) {
            self.from = from
            self.to = to
        }
    }
}

extension Comparison {
    /// One line of the comparison.
    public struct Figure: Sendable {
        public let id: String
        public let title: LocalizedText
        /// Whether the values are working minutes rather than a number of things.
        public let isTime: Bool
        public let before: Int
        public let after: Int

        public var cut: Double? { Comparison.cut(from: before, to: after) }
    }

    public var figures: [Figure] {
        func figure(_ id: String, _ zh: String, _ en: String, _ value: (Figures) -> Int, isTime: Bool = false) -> Figure
        {
            Figure(
                id: id, title: LocalizedText(zh: zh, en: en), isTime: isTime, before: value(before), after: value(after)
            )
        }
        return [
            figure("steps", "环节", "steps", { $0.steps }),
            figure("signers", "签字人", "signers", { $0.signers }),
            figure("materials", "申请材料", "materials", { $0.materials }),
            figure("sumOfLimits", "时限累计（工作日）", "sum of limits (wd)", { $0.sumOfLimits }, isTime: true),
            figure("union", "审批用时并集（工作日）", "union (wd)", { $0.union }, isTime: true),
            figure("span", "全程跨度（工作日）", "span (wd)", { $0.span }, isTime: true),
        ]
    }

    /// The comparison as documented in `docs/json.md#compare`.
    public var json: JSONText {
        func side(_ figures: Figures) -> JSONText {
            .members([
                "workflow": .string(figures.workflow.id), "version": .string(figures.workflow.version),
                "from": .string(figures.window.from), "to": .string(figures.window.to),
            ])
        }
        return .members([
            "before": side(before), "after": side(after),
            "figures": .array(
                figures.map { figure in
                    let value = { (raw: Int) in figure.isTime ? JSONText.days(raw) : .integer(raw) }
                    return .members([
                        "id": .string(figure.id), "title": figure.title.json, "before": value(figure.before),
                        "after": value(figure.after), "cutPercent": figure.cut.map { .number($0) } ?? .null,
                    ])
                }),
        ])
    }
}
