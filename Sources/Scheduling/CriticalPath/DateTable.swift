/// What the passes compute about every activity.
struct DateTable: Equatable {
    /// When links or the project's start let the activity begin, before the move to working time.
    var ready: [Minute]
    var earlyStart: [Minute]
    var earlyFinish: [Minute]
    var lateStart: [Minute]
    var lateFinish: [Minute]
    var totalFloat: [Int]
    var freeFloat: [Int]
    /// Where late dates were anchored: what is as late as possible may move the project's finish away from it.
    var anchor: Minute = 0

    init(count: Int) {
        ready = Array(repeating: 0, count: count)
        earlyStart = ready
        earlyFinish = ready
        lateStart = ready
        lateFinish = ready
        totalFloat = ready
        freeFloat = ready
    }

    func early(_ row: Int) -> Dates { Dates(start: earlyStart[row], finish: earlyFinish[row]) }
    func late(_ row: Int) -> Dates { Dates(start: lateStart[row], finish: lateFinish[row]) }
}

/// Start and finish of an activity.
struct Dates {
    var start: Minute
    var finish: Minute
}
