/// The two passes over a network on several calendars, with floats; calendars are asked through `CalendarTables`.
///
/// The results are those of `GeneralPass`, to the minute. What a plain link leaves to its predecessor is an instant that is
/// lowered together with the earliest start that follows; so free float asks the calendar once an activity, not once a
/// link.
/// - Complexity: O(activities + relations).
enum MinutePass {
    /// - Returns: `nil` when the network has no such form, or its dates do not fit 32 bits.
    static func solve(_ network: ActivityNetwork, _ terms: ScheduleTerms) -> MinuteDates? {
        var dates = MinuteDates()
        return solve(network, terms, into: &dates) ? dates : nil
    }

    /// The same into arrays and tables that are used again.
    /// - Returns: whether it could be done.
    static func solve(_ network: ActivityNetwork, _ terms: ScheduleTerms, into dates: inout MinuteDates) -> Bool {
        guard let form = network.minuteForm else { return false }
        return solve(network, form, terms, into: &dates)
    }

    static func solve(
        _ network: ActivityNetwork, _ form: MinuteForm, _ terms: ScheduleTerms, into dates: inout MinuteDates
    ) -> Bool {
        guard terms.dataDate == nil, let step = form.longestStep(durations: network.durations),
            dates.window.open(for: network, form, start: terms.start, anchor: terms.finish, longestStep: step)
        else { return false }
        dates.open(count: network.durations.count)
        while let miss = pass(network, form, terms, &dates) {
            guard dates.window.widen(for: network, form, anchor: terms.finish, isBefore: miss == .before) else {
                return false
            }
        }
        return true
    }

    /// On which side of the window a date fell out.
    enum Miss { case before, after }

    private static func pass(
        _ network: ActivityNetwork, _ form: MinuteForm, _ terms: ScheduleTerms, _ dates: inout MinuteDates
    ) -> Miss? {
        guard let tables = dates.window.tables else { return .after }
        let sweep = MinuteSweep(network: network, form: form, tables: tables, range: dates.window.range)
        // Taken out for the pass, so that all arrays can be lent at once.
        var (early, ranks, late): ([SIMD2<Int32>], [Int32], [SIMD4<Int32>]) = ([], [], [])
        swap(&early, &dates.early)
        swap(&ranks, &dates.finishRanks)
        swap(&late, &dates.late)
        defer {
            swap(&early, &dates.early)
            swap(&ranks, &dates.finishRanks)
            swap(&late, &dates.late)
        }
        let start = Int32(terms.start - tables.origin)
        var finish = Int32.min
        if let miss = sweep.forward(start: start, &early, &ranks, finish: &finish) { return miss }
        dates.projectFinish = finish
        dates.anchor = terms.finish.map { Int32($0 - tables.origin) } ?? finish
        return sweep.backward(anchor: dates.anchor, early, ranks, &late)
    }
}

/// One sweep over a network and its tables, in either direction.
struct MinuteSweep {
    let network: ActivityNetwork
    let form: MinuteForm
    let tables: CalendarTables
    /// Where dates may lie.
    let range: ClosedRange<Int32>

    private func miss(_ instant: Int32) -> MinutePass.Miss { instant < range.lowerBound ? .before : .after }

    // MARK: Forward

    /// - Parameter finish: becomes the last early finish.
    func forward(
        start: Int32, _ early: inout [SIMD2<Int32>], _ finishRanks: inout [Int32], finish: inout Int32
    ) -> MinutePass.Miss? {
        let (firstLink, predecessors) = (network.firstLink.span, network.linkPredecessor.span)
        let (durations, calendarOf) = (network.durations.span, network.calendarOf.span)
        let (ruleOfLink, rules) = (network.linkRules.ruleOfLink.span, form.rules.span)
        let (clocks, parts, slots) = (tables.clocks.span, tables.parts.span, tables.slots.span)
        let (low, high) = (range.lowerBound, range.upperBound)
        let isPlain = rules.isEmpty
        let hasConstraints = !network.constraintSlot.isEmpty
        var dates = early.mutableSpan
        var ranks = finishRanks.mutableSpan
        var last = Int32.min
        var link = 0
        for position in 0..<durations.count {
            let end = Int(firstLink[position + 1])
            let duration = Int32(truncatingIfNeeded: durations[position])
            let clock = clocks[Int(calendarOf[position])]
            var ready = link == end ? start : Int32.min
            if isPlain {
                while link < end {
                    ready = max(ready, dates[Int(predecessors[link])].y)
                    link += 1
                }
            } else {
                while link < end {
                    let predecessor = Int(predecessors[link])
                    let rule = rules[Int(ruleOfLink[link])]
                    let from = dates[predecessor]
                    if rule.isPlain {
                        ready = max(ready, from.y)
                    } else {
                        var begin = rule.leavesFromFinish ? from.y : from.x
                        if rule.leadsToFinish { begin = clock.add(0 &- duration, to: begin, parts, slots) }
                        let lag = rule.lag(after: durations[predecessor])
                        if lag != 0 { begin = clocks[Int(rule.calendar)].add(lag, to: begin, parts, slots) }
                        if rule.kind == .finishToFinish { begin = max(begin, start) }
                        ready = max(ready, begin)
                    }
                    link += 1
                }
            }
            guard ready >= low, ready <= high else { return miss(ready) }
            let rank = clock.rank(of: ready, parts)
            var own: SIMD2<Int32>
            if duration > 0 {
                own = SIMD2(clock.latest(rank, slots), clock.earliest(rank &+ duration, slots))
            } else {
                let earliest = clock.earliest(rank, slots)
                own = SIMD2(repeating: earliest == ready ? earliest : clock.latest(rank, slots))
            }
            var finishRank = rank &+ duration
            if hasConstraints, let constraints = network.constraints(at: position) {
                own = place(own, constraints, at: position)
                guard own.x >= low, own.y <= high else { return miss(own.x < low ? own.x : own.y) }
                finishRank = clock.rank(of: own.y, parts)
            }
            guard own.x >= low, own.y <= high else { return miss(own.x < low ? own.x : own.y) }
            dates[position] = own
            ranks[position] = finishRank
            last = max(last, own.y)
        }
        finish = last
        return nil
    }

    /// Rule 5.
    private func place(_ own: SIMD2<Int32>, _ constraints: DateConstraints, at position: Int) -> SIMD2<Int32> {
        let time = network.workingTime(at: position)
        let duration = network.durations[position]
        let placed = constraints.place(
            tables.origin + Int(own.x), duration, on: time, isFirst: network.links(into: position).isEmpty)
        let finish = placed.finish ?? time.add(duration, to: placed.start)
        return SIMD2(
            Int32(clamping: placed.start - tables.origin), Int32(clamping: finish - tables.origin))
    }

    // MARK: Backward

    private static var open: Int32 { Int32.max }

    func backward(
        anchor: Int32, _ early: [SIMD2<Int32>], _ finishRanks: [Int32], _ late: inout [SIMD4<Int32>]
    ) -> MinutePass.Miss? {
        let (firstLink, predecessors) = (network.firstLink.span, network.linkPredecessor.span)
        let (durations, calendarOf) = (network.durations.span, network.calendarOf.span)
        let (ruleOfLink, rules) = (network.linkRules.ruleOfLink.span, form.rules.span)
        let (clocks, parts, slots) = (tables.clocks.span, tables.parts.span, tables.slots.span)
        let (dates, ranks) = (early.span, finishRanks.span)
        let (low, high) = (range.lowerBound, range.upperBound)
        let isPlain = rules.isEmpty
        let hasConstraints = !network.constraintSlot.isEmpty
        var bounds = late.mutableSpan
        let unbound = SIMD4(anchor, Self.open, Self.open, Self.open)
        for position in 0..<bounds.count { bounds[position] = unbound }
        var link = predecessors.count
        for position in (0..<durations.count).reversed() {
            let duration = Int32(truncatingIfNeeded: durations[position])
            let clock = clocks[Int(calendarOf[position])]
            let bound = bounds[position]
            var finish = bound.x
            if hasConstraints, let constraints = network.constraints(at: position) {
                finish = cap(finish, constraints, at: position)
            }
            guard finish >= low, finish <= high else { return miss(finish) }
            let rank = clock.rank(of: finish, parts)
            finish = clock.earliest(rank, slots)
            let start = duration == 0 ? finish : clock.latest(rank &- duration, slots)
            guard start >= low else { return .before }
            let finishRank = ranks[position]
            var slackRank = bound.z
            if bound.y != Self.open { slackRank = min(slackRank, clock.rank(of: bound.y, parts)) }
            let float = rank &- finishRank
            bounds[position] = SIMD4(
                start, finish, float, max(0, slackRank == Self.open ? float : slackRank &- finishRank))
            let earlyStart = dates[position].x
            let earlyFinish = dates[position].y
            let plain = SIMD4(start, earlyStart, Self.open, Self.open)
            let first = Int(firstLink[position])
            if isPlain {
                while link > first {
                    link -= 1
                    bounds[Int(predecessors[link])].lower(to: plain)
                }
            } else {
                while link > first {
                    link -= 1
                    let predecessor = Int(predecessors[link])
                    let rule = rules[Int(ruleOfLink[link])]
                    if rule.isPlain {
                        bounds[predecessor].lower(to: plain)
                        continue
                    }
                    let work = Int32(truncatingIfNeeded: durations[predecessor])
                    let lag = rule.lag(after: durations[predecessor])
                    let own = clocks[Int(calendarOf[predecessor])]
                    let lagClock = clocks[Int(rule.calendar)]
                    let following = rule.leadsToFinish ? earlyFinish : earlyStart
                    var allowed: Int32
                    switch rule.kind {
                    case .finishToStart: allowed = lagClock.add(0 &- lag, to: start, parts, slots)
                    case .finishToFinish: allowed = lagClock.add(0 &- lag, to: finish, parts, slots)
                    case .startToStart:
                        allowed = own.latest(own.rank(of: start, parts), slots)
                        allowed = lagClock.add(0 &- lag, to: allowed, parts, slots)
                        allowed = own.add(work, to: allowed, parts, slots)
                    case .startToFinish:
                        allowed = own.add(work, to: finish, parts, slots)
                        allowed = lagClock.add(0 &- lag, to: allowed, parts, slots)
                    }
                    var slack: Int32
                    if rule.lagIsANumber {
                        slack = own.rank(of: following, parts) &- lag
                    } else {
                        slack = own.rank(of: lagClock.add(0 &- lag, to: following, parts, slots), parts)
                    }
                    if !rule.leavesFromFinish { slack = slack &+ work }
                    bounds[predecessor].lower(to: SIMD4(allowed, Self.open, slack, Self.open))
                }
            }
        }
        return nil
    }

    private func cap(_ finish: Int32, _ constraints: DateConstraints, at position: Int) -> Int32 {
        let capped = constraints.cap(
            tables.origin + Int(finish), network.durations[position], on: network.workingTime(at: position),
            hasStarted: false)
        return Int32(clamping: capped - tables.origin)
    }
}

extension SIMD4<Int32> {
    @inline(__always)
    fileprivate mutating func lower(to other: Self) { replace(with: other, where: other .< self) }
}

extension MinuteForm.Rule {
    @inline(__always)
    fileprivate var leavesFromFinish: Bool { kind == .finishToStart || kind == .finishToFinish }

    @inline(__always)
    fileprivate var leadsToFinish: Bool { kind == .finishToFinish || kind == .startToFinish }
}
