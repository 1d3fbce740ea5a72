import Scheduling
import TestSupport

/// Small random projects in the autumn of 2024, on the calendars of `Calendars.all`.
struct RandomNetwork {
    enum Features {
        /// One calendar, finish-to-start, no lag, no constraint.
        case plain
        /// Every kind of relation with lags on one calendar.
        case oneCalendar
        /// Every kind of relation, lag and calendar.
        case mixed
        /// All that, and constraints.
        case constrained
        /// All that, lags in shares of durations, and progress up to a data date, in and out of sequence.
        case underWay
    }

    var activities: [Activity] = []
    var relations: [Relation] = []
    var start: Minute
    var finish: Minute?
    var dataDate: Minute?
    var progressMode = ProgressMode.retainedLogic

    var terms: ScheduleTerms {
        ScheduleTerms(start: start, finish: finish, dataDate: dataDate, progressMode: progressMode)
    }

    init(_ features: Features, calendar: Int? = nil, using generator: inout SeededGenerator) {
        func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        func chance(_ percent: Int) -> Bool { pick(1...100) <= percent }
        func instant() -> Minute { at("2024-09-10 00:00") + pick(0...29) * 1440 + pick(0...47) * 30 }
        start = chance(40) ? at("2024-09-13 17:00") : chance(50) ? at("2024-09-13 09:00") : instant()
        if chance(25) { finish = start + pick(0...20) * 720 }
        let count = pick(1...9)
        let one = calendar ?? pick(0...3)
        for number in 0..<count {
            let own = features == .plain || features == .oneCalendar ? one : pick(0...3)
            let duration = chance(20) ? 0 : chance(50) ? 480 * pick(1...3) : pick(1...1000)
            var activity = Activity("a\(number)", duration: duration, calendar: own)
            if features == .constrained || features == .underWay, chance(30) {
                switch pick(0...7) {
                case 0: activity.constraints.startNoEarlier = instant()
                case 1: activity.constraints.finishNoEarlier = instant()
                case 2: activity.constraints.startNoLater = instant()
                case 3: activity.constraints.finishNoLater = instant()
                case 4: activity.constraints.mustStart = instant()
                case 5: activity.constraints.mustFinish = instant()
                case 6: activity.constraints.deadline = instant()
                default: activity.constraints.asLateAsPossible = true
                }
                if chance(30) { activity.constraints.deadline = instant() }
                if chance(20) { activity.constraints.asLateAsPossible = true }
                if chance(20) { activity.constraints.startNoEarlier = instant() }
            }
            if features == .underWay, chance(40) {
                let begun = start + pick(0...6) * 720
                activity.progress =
                    chance(50)
                    ? ActivityProgress(start: begun, remaining: chance(10) ? 0 : pick(1...1200))
                    : ActivityProgress(start: begun, finish: begun + pick(0...6) * 480)
            }
            activities.append(activity)
        }
        if features == .underWay {
            dataDate = chance(80) ? start + pick(0...12) * 720 : nil
            progressMode = ProgressMode.allCases[pick(0...2)]
        }
        for successor in 1..<max(1, count) where count > 1 {
            for predecessor in 0..<successor where chance(35) {
                var relation = Relation("a\(predecessor)", "a\(successor)")
                if features != .plain {
                    relation.kind = Relation.Kind.allCases[chance(50) ? 0 : pick(0...3)]
                    if chance(50) { relation.lag = chance(50) ? 480 * pick(-2...2) : pick(-600...600) }
                    if features != .oneCalendar {
                        relation.lagCalendar =
                            [.successor, .successor, .predecessor, .elapsed, .calendar(pick(0...3))][
                                pick(0...4)]
                    }
                }
                if features == .underWay, chance(20) { relation.lagShare = pick(-6000...12000) }
                relations.append(relation)
            }
        }
        activities.shuffle(using: &generator)
        relations.shuffle(using: &generator)
    }

    func network() throws -> ActivityNetwork {
        try ActivityNetwork(activities: activities, relations: relations, calendars: Calendars.all)
    }
}
