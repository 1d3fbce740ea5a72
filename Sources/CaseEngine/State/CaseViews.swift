/// What has been found out from a state and holds until the item that it is about changes (派生视图).
///
/// Nothing but a saving of time: it is no part of what makes two states equal, and what is not kept is found anew.
struct CaseViews: Sendable {
    /// For each item, what it asks for; `nil` where that may have changed.
    private(set) var requests: [[WorkRequest]?] = []
    /// For each item, its timers as they were when they were found last.
    private var lastTimers: [[CaseTimer]] = []
    private var isTimed: [Bool] = []
    /// The items without requests.
    private(set) var unasked: [Int] = []
    /// The items whose timers may have changed.
    private(set) var untimed: [Int] = []

    init() {}

    /// Nothing is known of so many items.
    init(count: Int) {
        requests = Array(repeating: nil, count: count)
        lastTimers = Array(repeating: [], count: count)
        isTimed = Array(repeating: false, count: count)
        unasked = Array(0..<count)
        untimed = unasked
    }

    mutating func forget(_ item: Int) {
        forgetRequests(of: item)
        if isTimed[item] {
            isTimed[item] = false
            untimed.append(item)
        }
    }

    /// The timers of an item; `nil` where they may have changed.
    func timers(of item: Int) -> [CaseTimer]? { isTimed[item] ? lastTimers[item] : nil }

    mutating func forgetRequests(of item: Int) {
        if requests[item] != nil {
            requests[item] = nil
            unasked.append(item)
        }
    }

    /// Keeps the requests of the items that have none.
    /// - Returns: these items.
    mutating func keepRequests(_ ask: (Int) -> [WorkRequest]) -> [Int] {
        for item in unasked { requests[item] = ask(item) }
        defer { unasked.removeAll(keepingCapacity: true) }
        return unasked
    }

    /// Keeps the timers of the items whose timers may have changed.
    /// - Returns: whether any did.
    mutating func keepTimers(_ find: (Int) -> [CaseTimer]) -> Bool {
        var haveChanged = false
        for item in untimed {
            let timers = find(item)
            isTimed[item] = true
            if timers == lastTimers[item] { continue }
            lastTimers[item] = timers
            haveChanged = true
        }
        untimed.removeAll(keepingCapacity: true)
        return haveChanged
    }
}

extension CaseViews: Hashable {
    static func == (a: CaseViews, b: CaseViews) -> Bool { true }
    func hash(into hasher: inout Hasher) {}
}
