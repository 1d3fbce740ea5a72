/// A network as the passes in working minutes read it: one calendar, no constraints; any kind of relation, any lag.
///
/// There the calendar is only a scale, and every date is a *rank*: working minutes since the project's start. A feature
/// that ranks cannot express must make `init` answer `nil`; the general passes then take over.
struct RankForm: Sendable {
    /// Index of the one calendar of all activities and lags.
    let calendar: Int
    /// Link → `lag << 2 | leads to a finish << 1 | leads from a finish`; empty when every relation is FS without lag.
    let links: [Int32]
    /// The least rank at which relations let each position start; empty when it is 0 everywhere, as without leads.
    let floors: [Int32]
    /// What starts by a lead may start before the project does: no floor.
    static let noFloor = Int32.min

    /// Durations, lags and ranks are below this, so that no sum of two or three leaves 32 bits.
    static let longestDuration = 1 << 28
    static let longestRank: Int32 = 1 << 29

    init?(_ network: ActivityNetwork) {
        guard network.constraints.isEmpty, let first = network.calendarOf.first else { return nil }
        let time = network.calendars[Int(first)]
        let isSame = network.calendars.map { $0 == time }
        guard network.calendarOf.allSatisfy({ isSame[Int($0)] }) else { return nil }
        calendar = Int(first)
        guard !network.linkRules.isEmpty else {
            (links, floors) = ([], [])
            return
        }
        for rule in network.linkRules.rules where rule.lag != 0 {
            guard network.lagCalendars[rule.calendar] == time, abs(rule.lag) < Self.longestDuration else { return nil }
        }
        links = network.linkRules.map(Self.word)
        let pulls = network.linkRules.rules.contains { $0.lag < 0 || $0.kind == .startToFinish }
        floors =
            pulls
            ? network.durations.indices.map { position in
                let links = network.links(into: position)
                let isHeld = links.contains { network.linkRules[$0].kind == .finishToFinish }
                return links.isEmpty || isHeld ? 0 : Self.noFloor
            } : []
    }

    static func word(_ rule: LinkRule) -> Int32 {
        let ends: Int32 =
            switch rule.kind {
            case .finishToStart: 1
            case .startToStart: 0
            case .finishToFinish: 3
            case .startToFinish: 2
            }
        return Int32(rule.lag) << 2 | ends
    }
}
