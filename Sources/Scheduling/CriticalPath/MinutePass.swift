/// The two passes over a network on several calendars, with floats; calendars are asked through `CalendarTables`.
///
/// The results are those of `GeneralPass`, to the minute. Links without lag ask no calendar: they only compare instants,
/// and the activity's own calendar makes a rank of the one that remains, which is all that counts of it.
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
        var (early, ranks, late): ([Int32], [Int32], [SIMD2<Int32>]) = ([], [], [])
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
