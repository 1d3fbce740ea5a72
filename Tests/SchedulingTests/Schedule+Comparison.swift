import Scheduling

extension Schedule {
    /// Whether every date and float of every activity is the same.
    func hasSameDates(as other: Schedule) -> Bool {
        start == other.start && projectFinish == other.projectFinish && lateAnchor == other.lateAnchor
            && ready == other.ready && earlyStart == other.earlyStart && earlyFinish == other.earlyFinish
            && lateStart == other.lateStart && lateFinish == other.lateFinish && totalFloat == other.totalFloat
            && freeFloat == other.freeFloat
    }
}
