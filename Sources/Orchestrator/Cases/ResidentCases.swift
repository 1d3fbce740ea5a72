/// The cases that are in memory, or on their way into it (在办案卷): at most so many, those used last.
///
/// Letting a case go while something is under way in it is safe. What was decided there is appended all the same, and a
/// session loaded meanwhile finds out when it appends itself.
struct ResidentCases {
    typealias Loading = Task<CaseSession?, any Error>

    private struct Entry {
        let loading: Loading
        var lastUse: Int
    }

    private var entries: [CaseID: Entry] = [:]
    private var uses = 0
    private let limit: Int

    init(limit: Int) {
        precondition(limit >= 1, "at least one case is in memory")
        self.limit = limit
    }

    var count: Int { entries.count }

    /// The case in memory, or what `load` begins.
    mutating func session(of id: CaseID, else load: () -> Loading) -> Loading {
        uses += 1
        if let place = entries.index(forKey: id) {
            entries.values[place].lastUse = uses
            return entries.values[place].loading
        }
        let loading = load()
        put(loading, as: id)
        return loading
    }

    mutating func put(_ loading: Loading, as id: CaseID) {
        uses += 1
        entries[id] = Entry(loading: loading, lastUse: uses)
        if entries.count > limit { dropIdlest() }
    }

    /// Forgets a session that went stale or did not load, unless another one has taken its place.
    mutating func drop(_ loading: Loading, of id: CaseID) {
        if entries[id]?.loading == loading { entries[id] = nil }
    }

    mutating func drop(_ id: CaseID) { entries[id] = nil }

    /// An eighth at a time, so that finding the idlest costs O(log limit) a case.
    private mutating func dropIdlest() {
        let kept = limit - limit / 8
        let oldest = entries.sorted { $0.value.lastUse < $1.value.lastUse }.prefix(entries.count - kept)
        for (id, _) in oldest { entries[id] = nil }
    }
}
