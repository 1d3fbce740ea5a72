import CaseEngine
import WorkCalendar
import WorkflowModel

/// Where the time goes (堵点分析): how long each part of the work really took, and how often it went round again.
public struct Bottlenecks: Sendable {
    private var byPart: [String: Row] = [:]

    public struct Row: Sendable {
        public let item: String
        public let participant: String?
        public let title: LocalizedText
        public let department: String
        /// Counted days of every part that is over, ascending.
        public fileprivate(set) var days: [Double] = []
        public fileprivate(set) var open = 0
        public fileprivate(set) var late = 0
        public fileprivate(set) var corrections = 0
        public fileprivate(set) var supplements = 0
        public fileprivate(set) var rounds = 0
        /// Working days between being ready and being filed, and between filing and admission: sums and counts.
        fileprivate var toFile = (days: 0, count: 0)
        fileprivate var toAdmit = (days: 0, count: 0)

        public var count: Int { days.count }
        public var total: Double { days.reduce(0, +) }
        public var mean: Double { days.isEmpty ? 0 : total / Double(days.count) }
        public var longest: Double { days.last ?? 0 }
        public var meanToFile: Double? { toFile.count == 0 ? nil : Double(toFile.days) / Double(toFile.count) }
        public var meanToAdmit: Double? { toAdmit.count == 0 ? nil : Double(toAdmit.days) / Double(toAdmit.count) }

        /// The least number of days within which so large a share of the parts was over.
        public func percentile(_ share: Double) -> Double {
            guard !days.isEmpty else { return 0 }
            let rank = Int((share * Double(days.count)).rounded(.up))
            return days[min(days.count, max(1, rank)) - 1]
        }
    }

    public init() {}

    /// Takes in one case.
    public mutating func add(_ parts: [HandledPart], on calendar: WorkCalendar) {
        for part in parts {
            let key = "\(part.item).\(part.participant ?? "")"
            var row =
                byPart[key]
                ?? Row(
                    item: part.item, participant: part.participant, title: part.title, department: part.department)
            row.add(part, on: calendar)
            byPart[key] = row
        }
    }

    /// What took most days in all first.
    public var sorted: [Row] {
        byPart.values.sorted { a, b in
            (b.total, b.open, a.item, a.participant ?? "") < (a.total, a.open, b.item, b.participant ?? "")
        }
    }

    /// Days of all parts together.
    public var total: Double { byPart.values.reduce(0) { $0 + $1.total } }
}

extension Bottlenecks.Row {
    fileprivate mutating func add(_ part: HandledPart, on calendar: WorkCalendar) {
        if part.end == nil {
            open += 1
        } else {
            days.insert(part.usedDays, at: days.firstIndex { $0 > part.usedDays } ?? days.endIndex)
        }
        late += part.isInTime ? 0 : 1
        corrections += part.corrections
        supplements += part.supplements
        rounds += part.rounds
        if let ready = part.readyOn, let filed = part.filedOn {
            toFile.days += calendar.workingDays(after: ready, through: filed)
            toFile.count += 1
        }
        if let filed = part.filedOn {
            toAdmit.days += calendar.workingDays(after: filed, through: part.start)
            toAdmit.count += 1
        }
    }
}
