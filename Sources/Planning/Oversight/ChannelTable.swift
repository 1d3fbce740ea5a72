import CaseEngine
import WorkCalendar
import WorkflowModel

/// Where applications came in and how results went out, from real cases (办理渠道和跑动次数).
///
/// Of each item the application that stands counts. A visit is an application that the applicant brought to a window or a
/// place nearby, or a result that the applicant fetched.
public struct ChannelTable: Sendable {
    /// By channel; those of which nobody said how they came in are left out.
    public private(set) var intakes: [ArrivalChannel: Int] = [:]
    /// Applications filed, also those of which nothing is known.
    public private(set) var filed = 0
    public private(set) var deliveries: [DeliveryMethod: Int] = [:]
    /// Applications of which the way in and the way out are known, or the way in where nothing was delivered yet, by the
    /// number of visits that they took.
    public private(set) var byVisits: [Int: Int] = [:]
    public private(set) var firstContacts: [String: Int] = [:]

    public init() {}

    /// An application that was filed: how it came in and how its result went out, as far as that is known.
    public struct Application: Sendable, Hashable {
        public var channel: ArrivalChannel?
        public var delivery: DeliveryMethod?
        public var firstContact: String?

        /// Those of a case.
        public static func all(of state: CaseState) -> [Application] {
            state.items.filter { $0.filedOn != nil }.map { item in
                Application(
                    channel: item.aftermath?.arrival?.channel, delivery: item.aftermath?.delivery?.method,
                    firstContact: item.aftermath?.arrival?.firstContact)
            }
        }
    }

    /// Takes in one case.
    public mutating func add(_ state: CaseState) { add(Application.all(of: state)) }

    /// Takes in the applications of one case.
    public mutating func add(_ applications: [Application]) {
        for application in applications {
            filed += 1
            if let method = application.delivery { deliveries[method, default: 0] += 1 }
            if let name = application.firstContact { firstContacts[name, default: 0] += 1 }
            guard let channel = application.channel else { continue }
            intakes[channel, default: 0] += 1
            byVisits[(channel.isVisit ? 1 : 0) + (application.delivery == .window ? 1 : 0), default: 0] += 1
        }
    }

    /// Applications of which it is known how they came in.
    public var known: Int { intakes.values.reduce(0, +) }

    /// The share of them that came in online 网办率, 0…1; `nil` when nothing is known.
    public var onlineShare: Double? {
        known == 0 ? nil : Double(intakes[.online] ?? 0) / Double(known)
    }

    /// The share of them that took no visit at all 零跑动, and one at most 最多跑一次.
    public func share(withVisitsUpTo most: Int) -> Double? {
        known == 0 ? nil : Double(byVisits.filter { $0.key <= most }.values.reduce(0, +)) / Double(known)
    }

    /// Visits an application took on the average.
    public var meanVisits: Double? {
        known == 0 ? nil : Double(byVisits.reduce(0) { $0 + $1.key * $1.value }) / Double(known)
    }
}
