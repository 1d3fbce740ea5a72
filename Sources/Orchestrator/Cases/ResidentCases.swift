/// The cases that are in memory, or on their way into it (在办案卷): those used last, at most so many, and fewer where they
/// are large.
///
/// Letting a case go while something is under way in it is safe. What was decided there is appended all the same, and a
/// session loaded meanwhile finds out when it appends itself.
struct ResidentCases {
    typealias Loading = Task<CaseSession?, any Error>

    private struct Entry {
        let loading: Loading
        var lastUse: Int
        /// Its items and events, once it is loaded: what its room grows with.
        var weight = 0
    }

    private var entries: [CaseID: Entry] = [:]
    private var uses = 0
    private let limit: Int
    private(set) var weight = 0
    /// What cases of usual size weigh together when there are as many as may be.
    private var weightLimit: Int { limit * Self.usualWeight }
    static let usualWeight = 250

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
        weight -= entries[id]?.weight ?? 0
        entries[id] = Entry(loading: loading, lastUse: uses)
        if entries.count > limit { dropIdlest() }
    }

    /// Notes how large a case is, which is known once it is loaded, and lets others go to make room for it.
    mutating func weigh(_ loading: Loading, of id: CaseID, as weight: Int) {
        guard let entry = entries[id], entry.loading == loading, entry.weight != weight else { return }
        self.weight += weight - entry.weight
        entries[id]?.weight = weight
        if self.weight > weightLimit { dropIdlest() }
    }

    /// Forgets a session that went stale or did not load, unless another one has taken its place.
    mutating func drop(_ loading: Loading, of id: CaseID) {
        if entries[id]?.loading == loading { drop(id) }
    }

    mutating func drop(_ id: CaseID) { weight -= entries.removeValue(forKey: id)?.weight ?? 0 }

    /// An eighth at a time, so that finding the idlest costs O(log limit) a case. The one used last stays.
    private mutating func dropIdlest() {
        let (kept, keptWeight) = (limit - limit / 8, weightLimit - weightLimit / 8)
        for (id, _) in entries.sorted(by: { $0.value.lastUse < $1.value.lastUse }).dropLast() {
            if entries.count <= kept && weight <= keptWeight { return }
            drop(id)
        }
    }
}
