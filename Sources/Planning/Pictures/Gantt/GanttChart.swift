import WorkCalendar
import WorkflowModel

/// What a Gantt chart shows (横道图): rows with dates, targets above them, days off behind them.
///
/// It knows neither plans nor cases, so that both can be drawn: `GanttChart.init(_:language:)` makes one of a plan.
/// Dates are closings; a bar covers the days after its start up to its finish.
public struct GanttChart: Sendable {
    public let title: String
    public let subtitle: String
    public let language: Language
    public let calendar: WorkCalendar
    public let start: LocalDate
    public let finish: LocalDate
    public let rows: [Row]
    public let targets: [TargetRow]
    /// Up to which day facts are known; what lies right of it is forecast.
    public let dataDate: LocalDate?

    public init(
        title: String, subtitle: String, language: Language, calendar: WorkCalendar, start: LocalDate,
        finish: LocalDate, rows: [Row], targets: [TargetRow], dataDate: LocalDate? = nil
    ) {
        self.title = title
        self.subtitle = subtitle
        self.language = language
        self.calendar = calendar
        self.start = start
        self.finish = finish
        self.rows = rows
        self.targets = targets
        self.dataDate = dataDate
    }

    /// One row: a stage, an item, a joint item over its phases, or one of these.
    public struct Row: Sendable {
        public enum Mark: Sendable, Hashable {
            /// A bracket over what follows, and what is said of it.
            case stage(note: String)
            case joint
            case bar
            case milestone
        }

        public let id: String
        public let mark: Mark
        public let title: String
        /// Whether it is a phase of the joint item above it.
        public let isPhase: Bool
        public let department: String?
        /// How long it takes, in words; empty for what takes no time.
        public let takes: String
        public let start: LocalDate
        public let finish: LocalDate
        /// Early finish plus total float; before the finish when the float is negative. `nil` draws no float.
        public let lateFinish: LocalDate?
        /// Working minutes of total float; `nil` where it says nothing, such as on a stage.
        public let totalFloat: Int?
        public let isCritical: Bool
        public let clock: ClockHolder
        /// What set its date.
        public let arrows: [Arrow]
        public let facts: Facts

        public init(
            id: String, mark: Mark, title: String, isPhase: Bool = false, department: String? = nil,
            takes: String = "", start: LocalDate, finish: LocalDate, lateFinish: LocalDate? = nil,
            totalFloat: Int? = nil, isCritical: Bool, clock: ClockHolder, arrows: [Arrow] = [],
            facts: Facts = Facts()
        ) {
            self.id = id
            self.mark = mark
            self.title = title
            self.isPhase = isPhase
            self.department = department
            self.takes = takes
            self.start = start
            self.finish = finish
            self.lateFinish = lateFinish
            self.totalFloat = totalFloat
            self.isCritical = isCritical
            self.clock = clock
            self.arrows = arrows
            self.facts = facts
        }

        /// Only what is still ahead can be critical.
        package var isShownCritical: Bool { isCritical && facts.progress != .finished }

        /// Only what is still ahead can float.
        package var shownFloat: Int? { facts.progress == .finished ? nil : totalFloat }
    }

    /// An arrow to a row from the one that drives it.
    public struct Arrow: Sendable, Hashable {
        public let from: String
        public let type: RelationType

        public init(from: String, type: RelationType) {
            self.from = from
            self.type = type
        }
    }

    /// What is known of a row beside its plan; nothing, for a plan.
    public struct Facts: Sendable, Hashable {
        public enum Progress: Sendable, Hashable { case ahead, running, finished }

        public let progress: Progress
        /// Closings between which the clock stood still.
        public let pauses: [Range<LocalDate>]
        /// Where the plan had it.
        public let baseline: Range<LocalDate>?
        /// Finish with 10, 50 and 90 % probability, in that order.
        public let uncertainty: [LocalDate]

        public init(
            progress: Progress = .ahead, pauses: [Range<LocalDate>] = [], baseline: Range<LocalDate>? = nil,
            uncertainty: [LocalDate] = []
        ) {
            self.progress = progress
            self.pauses = pauses
            self.baseline = baseline
            self.uncertainty = uncertainty
        }
    }

    /// A target over its window: the counted days, and the day on which its limit is used up.
    public struct TargetRow: Sendable {
        public let title: String
        /// `47 / 50 个工作日，达标，余 3`.
        public let verdict: String
        public let from: LocalDate
        public let to: LocalDate
        /// Closings between which counted time runs, in order, none touching another.
        public let counted: [Range<LocalDate>]
        public let limitDay: LocalDate?
        /// `nil` without a limit.
        public let isMet: Bool?

        public init(
            title: String, verdict: String, from: LocalDate, to: LocalDate, counted: [Range<LocalDate>],
            limitDay: LocalDate?, isMet: Bool?
        ) {
            self.title = title
            self.verdict = verdict
            self.from = from
            self.to = to
            self.counted = counted
            self.limitDay = limitDay
            self.isMet = isMet
        }
    }

    /// Pixels of a row, so that arrows between rows can be computed.
    package static let rowHeight: Double = 35
    package static let headHeight: Double = 44

    /// The scale on which everything fits that the chart must show.
    func scale(room: Double) -> TimeScale {
        TimeScale(from: extent.lowerBound, to: extent.upperBound, room: room, padding: 20)
    }

    /// From the first closing that the chart must show to the last.
    package var extent: ClosedRange<LocalDate> {
        var dates = [start, finish]
        for row in rows {
            dates += [row.start, row.finish]
            if let late = row.lateFinish { dates.append(late) }
            if let baseline = row.facts.baseline { dates += [baseline.lowerBound, baseline.upperBound] }
            dates += row.facts.uncertainty
        }
        for target in targets {
            dates += [target.from, target.to]
            if let day = target.limitDay { dates.append(day) }
        }
        if let dataDate { dates.append(dataDate) }
        return (dates.min() ?? start)...(dates.max() ?? max(start, finish))
    }

    /// What the whole chart says, in words.
    package var summary: String {
        let items = rows.filter { row in
            if case .stage = row.mark { return false }
            return !row.isPhase
        }
        let critical = items.count(where: \.isShownCritical)
        let verdicts = targets.map { "\($0.title)\(language.say("：", ": "))\($0.verdict)" }
        return
            ([
                language.say(
                    "\(language.long(start))至\(language.long(finish))，\(items.count) 个事项，其中 \(critical) 个关键",
                    "\(language.long(start)) to \(language.long(finish)), \(items.count) item\(items.count == 1 ? "" : "s"), \(critical) critical"
                )
            ] + verdicts).joined(separator: language.say("；", "; "))
    }
}
