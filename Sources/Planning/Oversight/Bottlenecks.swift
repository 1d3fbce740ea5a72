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
        /// How many parts that are over took so many counted minutes.
        fileprivate var byMinutes: [Int: Int] = [:]
        public fileprivate(set) var count = 0
        fileprivate var minutes = 0
        public fileprivate(set) var open = 0
        public fileprivate(set) var late = 0
        public fileprivate(set) var corrections = 0
        public fileprivate(set) var supplements = 0
        public fileprivate(set) var rounds = 0
        /// Working days between being ready and being filed, and between filing and admission: sums and counts.
        fileprivate var toFile = (days: 0, count: 0)
        fileprivate var toAdmit = (days: 0, count: 0)

        /// Counted days of every part that is over, ascending.
        public var days: [Double] {
            byMinutes.sorted { $0.key < $1.key }.flatMap { Array(repeating: Self.days($0.key), count: $0.value) }
        }
        public var total: Double { Self.days(minutes) }
        public var mean: Double { count == 0 ? 0 : total / Double(count) }
        public var longest: Double { byMinutes.keys.max().map(Self.days) ?? 0 }

        private static func days(_ minutes: Int) -> Double { Double(minutes) / Double(DayAmount.minutesPerDay) }

        fileprivate mutating func take(_ used: DayAmount) {
            byMinutes[used.minutes, default: 0] += 1
            count += 1
            minutes += used.minutes
        }
        public var meanToFile: Double? { toFile.count == 0 ? nil : Double(toFile.days) / Double(toFile.count) }
        public var meanToAdmit: Double? { toAdmit.count == 0 ? nil : Double(toAdmit.days) / Double(toAdmit.count) }

        /// The least number of days within which so large a share of the parts was over.
        public func percentile(_ share: Double) -> Double {
            let rank = min(count, max(1, Int((share * Double(count)).rounded(.up))))
            var seen = 0
            for (minutes, parts) in byMinutes.sorted(by: { $0.key < $1.key }) {
                seen += parts
                if seen >= rank { return Self.days(minutes) }
            }
            return 0
        }
    }

    public init() {}

    /// Takes in one case.
    public mutating func add(_ parts: [HandledPart]) {
        for part in parts {
            let key = "\(part.item).\(part.participant ?? "")"
            var row =
                byPart[key]
                ?? Row(
                    item: part.item, participant: part.participant, title: part.title, department: part.department)
            row.add(part)
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
    fileprivate mutating func add(_ part: HandledPart) {
        if part.end == nil { open += 1 } else { take(part.used) }
        late += part.isInTime ? 0 : 1
        corrections += part.corrections
        supplements += part.supplements
        rounds += part.rounds
        if let days = part.daysToFile {
            toFile.days += days
            toFile.count += 1
        }
        if let days = part.daysToAdmit {
            toAdmit.days += days
            toAdmit.count += 1
        }
    }
}
