/// What has been found out from a state and holds until the item that it is about changes (派生视图).
///
/// Nothing but a saving of time: it is no part of what makes two states equal, and what is not kept is found anew.
struct CaseViews: Sendable {
    /// For each item, what it asks for; `nil` where that may have changed.
    private(set) var requests: [[WorkRequest]?] = []
    /// For each item, its timers in the order in which they fire; `nil` where they may have changed.
    private(set) var timers: [[CaseTimer]?] = []
    /// The items without requests.
    private(set) var unasked: [Int] = []
    /// The items without timers.
    private(set) var untimed: [Int] = []

    init() {}

    /// Nothing is known of so many items.
    init(count: Int) {
        requests = Array(repeating: nil, count: count)
        timers = Array(repeating: nil, count: count)
        unasked = Array(0..<count)
        untimed = unasked
    }

    mutating func forget(_ item: Int) {
        forgetRequests(of: item)
        if timers[item] != nil {
            timers[item] = nil
            untimed.append(item)
        }
    }

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

    /// Keeps the timers of the items that have none.
    mutating func keepTimers(_ find: (Int) -> [CaseTimer]) {
        for item in untimed { timers[item] = find(item) }
        untimed.removeAll(keepingCapacity: true)
    }
}

extension CaseViews: Hashable {
    static func == (a: CaseViews, b: CaseViews) -> Bool { true }
    func hash(into hasher: inout Hasher) {}
}
