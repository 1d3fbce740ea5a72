import WorkCalendar

/// A network as the passes over calendar tables read it: several calendars, any relation, lag and date constraint.
///
/// A feature that those passes do not know must make `init` answer `nil`; the general passes then take over.
struct MinuteForm: Sendable {
    /// The rule of links between activities of two calendars, so that a pass need not ask what differs.
    struct Rule: Sendable {
        let lag: Int32
        /// All ones when it leads to the successor's finish, else 0.
        let toFinish: Int32
        /// All ones when it begins at the predecessor's finish, else 0.
        let fromFinish: Int32
        /// 1 when what it allows its predecessor is the latest instant of its rank, 0 when it is the earliest.
        let allowedSide: Int32
        /// Of the predecessor.
        let calendar: Int32
        /// Whether the forward pass has one sum for it: on the successor's calendar its lag is a number.
        let isSum: Bool
        /// Whether the backward pass has: the lag is taken off the successor's rank.
        let isDifference: Bool
        let lagIsANumber: Bool
        /// Index into the lag calendars.
        let lagCalendar: Int32
        let lagShare: Int32

        init(_ rule: LinkRule, from predecessor: Int32, onOwnCalendar: Bool) {
            lag = Int32(rule.lag)
            lagShare = Int32(rule.lagShare)
            lagCalendar = Int32(rule.calendar)
            lagIsANumber = rule.lagIsANumber
            calendar = predecessor
            fromFinish = rule.kind == .finishToStart || rule.kind == .finishToFinish ? -1 : 0
            toFinish = rule.kind == .finishToFinish || rule.kind == .startToFinish ? -1 : 0
            allowedSide = rule.lag > 0 || (rule.lag == 0 && toFinish == 0) ? 1 : 0
            isSum = rule.lagShare == 0 && (rule.lag == 0 || onOwnCalendar)
            isDifference = isSum && (rule.lag == 0 || (fromFinish != 0 && rule.lagIsANumber))
        }

        /// Minutes after a predecessor of that duration.
        @inline(__always)
        func lag(after duration: Int) -> Int32 {
            lagShare == 0 ? lag : lag &+ Int32(truncatingIfNeeded: Relation.share(Int(lagShare), of: duration))
        }
    }

    struct Link: Sendable {
        /// Twice its predecessor's position, and one more when it begins at the finish: where its instant stands.
        let source: Int32
        /// Index into `rules`.
        let rule: Int32
    }

    /// How an activity is read.
    struct Head: Sendable {
        let calendar: Int32
        /// Whether relations cannot pull its start before the project's: it has none, or one from finish to finish.
        let hasFloor: Bool
        /// Whether every relation into it is a sum.
        let isSum: Bool
    }

    /// By position.
    let heads: [Head]
    let links: [Link]
    let rules: [Rule]
    /// The most positions that a link leads over.
    let longestSpan: Int
    /// By lag calendar, elapsed time last.
    let isUsed: [Bool]
    let longestLag: Int
    let largestShare: Int
    /// Wall-clock minutes that the network may take, roughly.
    let roughLength: Int

    /// Durations and lags are below this.
    static let longestStep = 1 << 24

    init?(_ network: ActivityNetwork) {
        guard !network.calendarOf.isEmpty,
            network.durations.count < 1 << 30,
            network.activities.allSatisfy({ $0.progress == nil && !$0.constraints.asLateAsPossible })
        else { return nil }
        let given = network.linkRules.rules
        longestLag = given.map { abs($0.lag) }.max() ?? 0
        largestShare = given.map { abs($0.lagShare) }.max() ?? 0
        guard longestLag < Self.longestStep else { return nil }
        var links = Links(network)
        for position in network.durations.indices { links.append(position, of: network) }
        (heads, self.links, rules) = (links.heads, links.links, links.rules)
        longestSpan = links.longestSpan
        var isUsed = [Bool](repeating: false, count: network.lagCalendars.count)
        for calendar in network.calendarOf { isUsed[Int(calendar)] = true }
        for rule in given { isUsed[rule.calendar] = true }
        self.isUsed = isUsed
        roughLength = network.roughLength
    }

    /// The links as they are gathered, each different rule kept once.
    private struct Links {
        private(set) var heads: [Head] = []
        private(set) var links: [Link] = []
        private(set) var rules: [Rule] = []
        private(set) var longestSpan = 0
        private var known: [SIMD4<Int32>: Int32] = [:]
        private var last: (key: SIMD4<Int32>, rule: Int32) = (SIMD4(repeating: -1), 0)
        private static let plain = LinkRule(
            Relation("", ""), predecessorCalendar: 0, successorCalendar: 0, elapsedCalendar: 0)

        init(_ network: ActivityNetwork) {
            heads.reserveCapacity(network.durations.count)
            links.reserveCapacity(network.linkPredecessor.count)
        }

        mutating func append(_ position: Int, of network: ActivityNetwork) {
            let into = network.links(into: position)
            let own = network.calendarOf[position]
            var (hasFloor, isSum) = (into.isEmpty, true)
            for link in into {
                let predecessor = network.linkPredecessor[link]
                longestSpan = max(longestSpan, position - Int(predecessor))
                let number = network.linkRules.isEmpty ? -1 : network.linkRules.ruleOfLink[link]
                let key = SIMD4(number, network.calendarOf[Int(predecessor)], own, 0)
                let given = number < 0 ? Self.plain : network.linkRules.rules[Int(number)]
                if key != last.key {
                    last = (key, known[key] ?? Int32(rules.count))
                    if Int(last.rule) == rules.count {
                        known[key] = last.rule
                        let isOwn = network.lagCalendars[given.calendar] == network.calendars[Int(own)]
                        rules.append(Rule(given, from: key.y, onOwnCalendar: isOwn))
                    }
                }
                let rule = rules[Int(last.rule)]
                links.append(Link(source: 2 * predecessor - rule.fromFinish, rule: last.rule))
                hasFloor = hasFloor || given.kind == .finishToFinish
                isSum = isSum && rule.isSum
            }
            heads.append(Head(calendar: own, hasFloor: hasFloor, isSum: isSum))
        }
    }

    /// Whether one solution alone is worth its tables: a day of a calendar costs about as much to write out as the general
    /// passes spend on half a relation. Solving again uses the same tables.
    func isWorthTables(_ network: ActivityNetwork) -> Bool {
        let days = 240 + roughLength / LocalDate.wallClockMinutes
        return 2 * (network.durations.count + network.linkPredecessor.count) > days * isUsed.count(where: { $0 })
    }

    /// The longest step that a date can make at once with these durations; `nil` when it is too long.
    func longestStep(durations: [Int]) -> Int? {
        var longest = 0
        for duration in durations { longest = max(longest, duration) }
        guard longest < Self.longestStep else { return nil }
        let step = max(longest, longestLag + Relation.share(largestShare, of: longest))
        return step < Self.longestStep ? step : nil
    }
}

extension ActivityNetwork {
    /// The length of the longest path when a working minute takes as long as on average in its calendar's week.
    fileprivate var roughLength: Int {
        let week = 7 * LocalDate.wallClockMinutes
        let stretch = lagCalendars.map { Double(week) / Double(max(1, $0.work(from: 0, to: week))) }
        var finishes = [Double](repeating: 0, count: durations.count)
        for position in durations.indices {
            let own = Double(durations[position]) * stretch[Int(calendarOf[position])]
            var start = 0.0
            for link in links(into: position) {
                let predecessor = Int(linkPredecessor[link])
                var asked = finishes[predecessor]
                if !linkRules.isEmpty {
                    let rule = linkRules[link]
                    asked += Double(rule.lag) * stretch[rule.calendar]
                    if rule.kind == .finishToFinish { asked -= own }
                }
                start = max(start, asked)
            }
            finishes[position] = start + own
        }
        return Int(min(finishes.max() ?? 0, Double(CalendarTables.longestReach)))
    }
}
