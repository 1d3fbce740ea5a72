import CaseEngine
import WorkCalendar
import WorkflowModel

/// What past cases of one workflow tell about its figures (历史办件): how long things took and how often they happened.
public struct CaseHistory: Sendable {
    /// In order of the figures' places.
    public var durations: [Durations] { durationsByPlace.sorted { $0.key < $1.key }.map(\.value) }
    public var chances: [Chance] { chancesByPlace.sorted { $0.key < $1.key }.map(\.value) }
    public private(set) var cases = 0

    private var durationsByPlace: [FigurePlace: Durations] = [:]
    private var chancesByPlace: [FigurePlace: Chance] = [:]

    /// How long one figure's work took, in whole days as the office counts them.
    public struct Durations: Sendable, Hashable {
        public let place: FigurePlace
        public let unit: DayUnit
        /// Of every time that it was done, in order of the cases.
        public fileprivate(set) var days: [Int] = []
        /// Cases in which it was done, and in which more than once.
        public fileprivate(set) var cases = 0
        public fileprivate(set) var repeatedCases = 0
        /// Of the first beginning and the last end.
        public fileprivate(set) var dates: ClosedRange<LocalDate>
    }

    /// How often something happened that need not.
    public struct Chance: Sendable, Hashable {
        public let place: FigurePlace
        public fileprivate(set) var happened = 0
        /// How often it could have.
        public fileprivate(set) var of = 0

        public var share: Double { of == 0 ? 0 : Double(happened) / Double(of) }
    }

    public init() {}

    /// Takes in one case.
    ///
    /// Only items that are over in their favour count for durations, and of them the application that was granted: what
    /// an unfinished one takes is not known yet.
    ///
    /// - Parameter events: all of the case, in order.
    /// - Complexity: O(items + events).
    public mutating func add(_ machine: CaseMachine, _ state: CaseState, events: [CaseEvent]) {
        cases += 1
        let items = Dictionary(machine.plan.items.map { ($0.id, $0.item) }, uniquingKeysWith: { first, _ in first })
        let times = Dictionary(grouping: machine.heldTimes(in: state), by: \.item)
        var found: [Found] = []
        var again: Set<String> = []
        for one in state.items where one.status.isFinished {
            guard let item = items[one.id] else { continue }
            if one.attempt > 1 { again.insert(one.id) }
            // Earlier applications, which came to nothing, are listed first; of a plain item its own time comes before what
            // others held while the clock stood still.
            let last = (times[one.id] ?? []).dropFirst(one.past.count)
            var own = item.joint == nil ? Array(last.prefix(1)) : last.filter { $0.phase != nil }
            // What came before a correction was no admission.
            if own.count(where: { $0.phase == .admission }) > 1 { own.removeFirst() }
            for time in own {
                guard let place = item.place(of: time.phase) else { continue }
                found.append(Found(place: place, unit: item.unit(at: place), period: time.period))
            }
        }
        found += interludes(of: events, items)
        take(found, on: machine.calendar, again: again)
    }

    private struct Found {
        let place: FigurePlace
        let unit: DayUnit
        let period: RunningPeriod
    }

    // MARK: What need not happen

    /// Counts corrections, rounds and special procedures, and finds how long the applicant and the procedures took.
    private mutating func interludes(of events: [CaseEvent], _ items: [String: Item]) -> [Found] {
        var found: [Found] = []
        var began: [FigurePlace: LocalDate] = [:]
        func begin(_ item: Item, _ path: [String], _ on: LocalDate) { began[FigurePlace(item.id, path)] = on }
        func end(_ item: Item, _ path: [String], _ on: LocalDate) {
            let place = FigurePlace(item.id, path)
            guard let start = began.removeValue(forKey: place) else { return }
            found.append(
                Found(place: place, unit: item.unit(at: place), period: RunningPeriod(start: start, finish: on)))
        }
        for event in events {
            guard let id = event.item, let item = items[id] else { continue }
            switch event.what {
            case .filed:
                count(item, ["correction", "chance"], of: 1)
            case .correctionRequested:
                count(item, ["correction", "chance"], happened: 1)
                begin(item, ["correction", "applicant"], event.on)
            case .correctionSupplied(let received, _, _): end(item, ["correction", "applicant"], received)
            case .admitted, .deemedAdmitted:
                if item.special != nil { count(item, ["special", "chance"], of: 1) }
            case .procedureBegan(let kind, _, _) where kind.stopReason == item.special?.procedure:
                count(item, ["special", "chance"], happened: 1)
                begin(item, ["special", "takes"], event.on)
            case .procedureEnded: end(item, ["special", "takes"], event.on)
            case .merged(_, let passed, let rectify, _, _):
                // After the last round there is none to count.
                if passed || rectify {
                    count(item, ["rectification", "chance"], happened: rectify ? 1 : 0, of: 1)
                }
            default: break
            }
        }
        return found
    }

    private mutating func count(_ item: Item, _ path: [String], happened: Int = 0, of: Int = 0) {
        let place = FigurePlace(item.id, path)
        chancesByPlace[place, default: Chance(place: place)].happened += happened
        chancesByPlace[place, default: Chance(place: place)].of += of
    }

    // MARK: Durations

    private mutating func take(_ found: [Found], on calendar: WorkCalendar, again: Set<String>) {
        for (place, found) in Dictionary(grouping: found, by: \.place) {
            var runs = 0
            for one in found {
                guard let finish = one.period.finish else { continue }
                let days = Measures(
                    of: [one.period], after: one.period.start, through: finish, on: calendar, unit: one.unit
                ).union.wholeDaysRoundedUp
                let (first, last) = (min(one.period.start, finish), max(one.period.start, finish))
                var entry =
                    durationsByPlace[place] ?? Durations(place: place, unit: one.unit, dates: first...last)
                entry.days.append(days)
                entry.dates = min(entry.dates.lowerBound, first)...max(entry.dates.upperBound, last)
                durationsByPlace[place] = entry
                runs += 1
            }
            guard runs > 0 else { continue }
            durationsByPlace[place]?.cases += 1
            // Participants of one place run side by side: only what is one after another is a repetition.
            let isRepeated =
                ["rectification", "correction", "special"].contains(place.path[0])
                ? runs > 1 : again.contains(place.item)
            if isRepeated { durationsByPlace[place]?.repeatedCases += 1 }
        }
    }
}

/// Where a workflow file says a figure: keys from an item down (数值位置).
public struct FigurePlace: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let item: String
    public let path: [String]

    public init(_ item: String, _ path: [String]) {
        self.item = item
        self.path = path
    }

    public var description: String {
        let keys = path == ["takes"] ? [] : path.filter { $0 != "participants" && $0 != "takes" || path.count == 2 }
        return ([item] + keys).joined(separator: ".")
    }

    public static func < (a: FigurePlace, b: FigurePlace) -> Bool {
        ([a.item] + a.path).lexicographicallyPrecedes([b.item] + b.path)
    }
}

extension Item {
    /// Where the file says how long the item, or a phase of it, takes.
    public func place(of phase: JointPhase?) -> FigurePlace? {
        guard let phase else { return FigurePlace(id, ["takes"]) }
        switch phase {
        case .admission: return FigurePlace(id, ["admission"])
        case .session: return FigurePlace(id, ["takes"])
        case .merge: return FigurePlace(id, ["merge"])
        case .conclusion: return FigurePlace(id, ["conclusion"])
        case .rectification: return FigurePlace(id, ["rectification", "applicant"])
        case .recheck: return FigurePlace(id, ["rectification", "recheck"])
        case .participant(let name):
            guard let participant = joint?.participants.first(where: { $0.id == name }) else { return nil }
            return FigurePlace(id, participant.takes == nil ? ["takes"] : ["participants", name, "takes"])
        }
    }

    /// The unit of a duration that the file says; working days where it says none.
    public func unit(at place: FigurePlace) -> DayUnit { estimate(at: place)?.unit ?? .working }

    /// The duration that the file says.
    func estimate(at place: FigurePlace) -> DurationEstimate? {
        switch place.path {
        case ["takes"]: takes
        case ["admission"]: joint?.admission
        case ["merge"]: joint?.merge
        case ["conclusion"]: joint?.conclusion
        case ["rectification", "applicant"]: joint?.rectification?.applicant
        case ["rectification", "recheck"]: joint?.rectification?.recheck
        case ["correction", "applicant"]: correction?.applicant
        case ["special", "takes"]: special?.takes
        default:
            place.path.count == 3 ? joint?.participants.first { $0.id == place.path[1] }?.takes : nil
        }
    }
}
