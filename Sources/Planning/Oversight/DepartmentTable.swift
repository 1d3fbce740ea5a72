import CaseEngine
import WorkCalendar
import WorkflowModel

/// How the departments did, from real cases (部门效能排名).
public struct DepartmentTable: Sendable {
    private var byDepartment: [String: Row] = [:]
    private var instant = (handled: 0, sameDay: 0)
    private var applications = 0
    /// Where their applications came in.
    public private(set) var channels = ChannelTable()

    public struct Row: Sendable {
        public let department: String
        public let title: LocalizedText
        /// Parts decided or answered, and those of them that kept every limit.
        public fileprivate(set) var handled = 0
        public fileprivate(set) var inTime = 0
        /// Open parts, and those of them that are late already.
        public fileprivate(set) var open = 0
        public fileprivate(set) var openLate = 0
        /// Of the parts handled that had a promised limit: counted days used and promised.
        public fileprivate(set) var used = 0.0
        public fileprivate(set) var promised = 0.0
        public fileprivate(set) var corrections = 0
        /// Cards that were not lifted, by level.
        public fileprivate(set) var cards: [CardLevel: Int] = [:]
        public fileprivate(set) var lifted = 0
        public fileprivate(set) var ratings = 0
        public fileprivate(set) var scores = 0
        public fileprivate(set) var badRatings = 0
        public fileprivate(set) var followUps = 0
        public fileprivate(set) var complaints = 0
        /// Matters of any kind answered late or not at all.
        public fileprivate(set) var lateMatters = 0

        /// 0…1; `nil` when nothing was handled.
        public var inTimeShare: Double? { handled == 0 ? nil : Double(inTime) / Double(handled) }
        /// Used against promised days; below 1 is faster than promised.
        public var usedOfPromised: Double? { promised == 0 ? nil : used / promised }
        /// 1 very satisfied … 5 very dissatisfied.
        public var meanScore: Double? { ratings == 0 ? nil : Double(scores) / Double(ratings) }
    }

    public init() {}

    /// What the table counts of a matter.
    public struct MatterNote: Sendable, Hashable {
        public var department: String
        public var kind: MatterKind
        /// Whether it was answered late, or is late.
        public var isLate: Bool

        /// Those of a case.
        public static func all(of state: CaseState) -> [MatterNote] {
            (state.oversight?.matters ?? []).map {
                MatterNote(department: $0.department, kind: $0.kind, isLate: $0.overdueSince != nil)
            }
        }
    }

    /// Takes in one case.
    public mutating func add(_ parts: [HandledPart], _ state: CaseState) {
        add(parts, ChannelTable.Application.all(of: state), MatterNote.all(of: state))
    }

    /// Takes in what one case adds.
    public mutating func add(
        _ parts: [HandledPart], _ filed: [ChannelTable.Application], _ matters: [MatterNote]
    ) {
        for part in parts {
            var row = byDepartment[part.department] ?? Row(department: part.department, title: part.departmentTitle)
            row.add(part)
            byDepartment[part.department] = row
            guard part.participant == nil, part.attempt > 0, let end = part.end else { continue }
            applications += 1
            if part.isInstant {
                instant.handled += 1
                if part.filedOn == end { instant.sameDay += 1 }
            }
        }
        channels.add(filed)
        for matter in matters { byDepartment[matter.department]?.add(matter) }
    }

    /// The best first: by the share in time, then by used against promised days.
    public var ranked: [Row] {
        byDepartment.values.sorted { a, b in
            let first = (-(a.inTimeShare ?? -1), a.usedOfPromised ?? 2, a.department)
            let second = (-(b.inTimeShare ?? -1), b.usedOfPromised ?? 2, b.department)
            return first < second
        }
    }

    /// The share of applications decided that are handled at once (马上办), and of those the share decided on the day
    /// of filing; `nil` when there were none.
    public var instantShare: Double? { applications == 0 ? nil : Double(instant.handled) / Double(applications) }
    public var instantSameDay: Double? {
        instant.handled == 0 ? nil : Double(instant.sameDay) / Double(instant.handled)
    }
}

extension DepartmentTable.Row {
    fileprivate mutating func add(_ part: HandledPart) {
        if part.end == nil {
            open += 1
            openLate += part.isInTime ? 0 : 1
        } else {
            handled += 1
            inTime += part.isInTime ? 1 : 0
            if let limit = part.promised?.limit {
                used += part.usedDays
                promised += limit.days
            }
        }
        corrections += part.corrections
        for card in part.cards {
            if card.isLifted { lifted += 1 } else { cards[card.level, default: 0] += 1 }
        }
        badRatings += part.badRatings
        for score in part.scores {
            ratings += 1
            scores += score
        }
    }

    fileprivate mutating func add(_ matter: DepartmentTable.MatterNote) {
        if matter.kind == .followUp { followUps += 1 }
        if matter.kind == .complaint { complaints += 1 }
        if matter.isLate { lateMatters += 1 }
    }
}
