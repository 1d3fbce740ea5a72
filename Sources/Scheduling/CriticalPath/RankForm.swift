/// A network as the passes in working minutes read it: one calendar, no constraints; any kind of relation, any lag.
///
/// There the calendar is only a scale, and every date is a *rank*: working minutes since the project's start. A feature
/// that ranks cannot express must make `init` answer `nil`; the general passes then take over.
struct RankForm: Sendable {
    /// Index of the one calendar of all activities and lags.
    let calendar: Int
    /// Link → what it adds to the predecessor's start to give the successor's: every kind of relation comes to that once
    /// durations are known. Empty when every relation is FS without lag; finishes are passed on then.
    private(set) var offsets: [Int32] = []
    /// The least rank at which relations let each position start; empty when it is 0 everywhere, as without leads.
    let floors: [Int32]
    /// By `LinkRules`: how a link's integer is made of the durations.
    private let parts: [OffsetParts]
    /// What starts by a lead may start before the project does: no floor.
    static let noFloor = Int32.min

    /// Durations, lags and ranks are below this, so that no sum of two or three leaves 32 bits.
    static let longestDuration = 1 << 28
    static let longestRank: Int32 = 1 << 29

    init?(_ network: ActivityNetwork) {
        guard network.constraints.isEmpty, let first = network.calendarOf.first,
            network.activities.allSatisfy({ $0.progress == nil })
        else { return nil }
        let time = network.calendars[Int(first)]
        let isSame = network.calendars.map { $0 == time }
        guard network.calendarOf.allSatisfy({ isSame[Int($0)] }) else { return nil }
        calendar = Int(first)
        guard !network.linkRules.isEmpty else {
            floors = []
            parts = []
            return
        }
        guard network.linkRules.rules.allSatisfy({ $0.lagShare == 0 }) else { return nil }
        for rule in network.linkRules.rules where rule.lag != 0 {
            guard network.lagCalendars[rule.calendar] == time, abs(rule.lag) < Self.longestDuration else { return nil }
        }
        parts = network.linkRules.rules.map(OffsetParts.init)
        let pulls = network.linkRules.rules.contains { $0.lag < 0 || $0.kind == .startToFinish }
        floors =
            pulls
            ? network.durations.indices.map { position in
                let links = network.links(into: position)
                let isHeld = links.contains { network.linkRules[$0].kind == .finishToFinish }
                return links.isEmpty || isHeld ? 0 : Self.noFloor
            } : []
        readDurations(network.durations, network.firstLink, network.linkPredecessor, network.linkRules)
    }

    var isPlain: Bool { offsets.isEmpty }

    /// Reads the durations again, by position.
    /// - Complexity: O(relations), nothing for plain networks.
    mutating func readDurations(
        _ durations: [Int], _ firstLink: [Int32], _ linkPredecessor: [Int32], _ linkRules: LinkRules
    ) {
        guard !linkRules.isEmpty else { return }
        if offsets.isEmpty { offsets = Array(repeating: 0, count: linkPredecessor.count) }
        let rules = parts
        let (durations, predecessors, parts) = (durations.span, linkPredecessor.span, rules.span)
        let (firstLink, ruleOfLink) = (firstLink.span, linkRules.ruleOfLink.span)
        var made = offsets.mutableSpan
        var link = 0
        for position in 0..<durations.count {
            let own = Int32(truncatingIfNeeded: durations[position])
            let end = Int(firstLink[position + 1])
            while link < end {
                let leading = Int32(truncatingIfNeeded: durations[Int(predecessors[link])])
                made[link] = parts[Int(ruleOfLink[link])].offset(from: leading, to: own)
                link += 1
            }
        }
    }
}

/// The integer of a link with a rule, but for the durations: a lag, and masks for what of them is added or taken off.
private struct OffsetParts: Sendable {
    private let lag: Int32
    private let predecessor: Int32
    private let successor: Int32

    init(_ rule: LinkRule) {
        lag = rule.kind.offset(lag: rule.lag, from: 0, to: 0)
        predecessor = rule.kind.offset(lag: 0, from: 1, to: 0) == 0 ? 0 : -1
        successor = rule.kind.offset(lag: 0, from: 0, to: 1) == 0 ? 0 : -1
    }

    @inline(__always)
    func offset(from duration: Int32, to successorDuration: Int32) -> Int32 {
        lag &+ (duration & predecessor) &- (successorDuration & successor)
    }
}

extension Relation.Kind {
    /// Working minutes from the predecessor's start to the earliest start of the successor, on one calendar, when they
    /// last so long. Amounts too long for the passes give nonsense here and are refused there.
    func offset(lag: Int, from predecessor: Int, to successor: Int) -> Int32 {
        let minutes =
            switch self {
            case .finishToStart: lag + predecessor
            case .startToStart: lag
            case .finishToFinish: lag + predecessor - successor
            case .startToFinish: lag - successor
            }
        return Int32(truncatingIfNeeded: minutes)
    }
}
