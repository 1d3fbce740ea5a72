import WorkCalendar

/// What an appointment is for (预约事由).
public enum AppointmentPurpose: String, Hashable, Sendable, Codable, CaseIterable {
    /// 到窗口办理
    case window
    /// 上门服务
    case home
    /// 现场勘验、验收
    case inspection

    public var title: LocalizedText {
        switch self {
        case .window: LocalizedText(zh: "到窗口办理", en: "at the window")
        case .home: LocalizedText(zh: "上门服务", en: "at the applicant's")
        case .inspection: LocalizedText(zh: "现场勘验", en: "on site")
        }
    }
}

/// A time that somebody is expected at (预约).
///
/// - Source: 广东方案 二(六)20; 重庆方案 二(八); 乳山规划 五章一节三.
public struct Appointment: Hashable, Sendable {
    /// From 1, in the item.
    public let number: Int
    public let purpose: AppointmentPurpose
    public internal(set) var date: LocalDate
    public internal(set) var at: TimeOfDay
    public let place: String?
    public let bookedOn: LocalDate
    public internal(set) var standing: Standing = .booked

    public enum Standing: String, Hashable, Sendable, Codable {
        case booked
        /// 已履约
        case kept
        /// 失约: nobody came, or nobody said so on the day.
        case missed
        /// 已取消
        case cancelled
    }
}

/// What a case tells the registry of an appointment, so that every case knows which times are taken (预约报备).
public struct AppointmentReport: Hashable, Sendable, Codable {
    /// The case, the item and the appointment's number there.
    public let id: String
    /// The number of the event: a later one says what is so now.
    public let sequence: Int
    public let date: LocalDate
    /// When it is; `nil` when the time is free again.
    public let at: TimeOfDay?
    public let reportedOn: LocalDate

    public init(id: String, sequence: Int, date: LocalDate, at: TimeOfDay?, reportedOn: LocalDate) {
        self.id = id
        self.sequence = sequence
        self.date = date
        self.at = at
        self.reportedOn = reportedOn
    }

    /// What an event says; `nil` when it is about something else.
    public init?(_ event: CaseEvent, sequence: Int, of caseID: String) {
        let (number, date, at): (Int, LocalDate, TimeOfDay?)
        switch event.what {
        case .appointmentBooked(let its, _, let day, let time, _): (number, date, at) = (its, day, time)
        case .appointmentMoved(let its, let day, let time): (number, date, at) = (its, day, time)
        case .appointmentCancelled(let its, let day, _), .appointmentKept(let its, let day),
            .appointmentMissed(let its, let day):
            (number, date, at) = (its, day, nil)
        default: return nil
        }
        self.init(
            id: "\(caseID).\(event.item ?? "").\(number)", sequence: sequence, date: date, at: at,
            reportedOn: event.on)
    }
}

/// How many times there are, and for how long ahead (预约规则); assumed, and places set them for themselves.
public struct BookingPolicy: Hashable, Sendable, Codable {
    /// The length of a time in minutes, 5…480.
    public let slotMinutes: Int
    /// How many may come at one time, 1…1000.
    public let capacity: Int
    /// How many days ahead one may book, 1…365.
    public let daysAhead: Int
    /// From how many missed appointments in a case the applicant books no more itself, 1…100.
    public let noShows: Int

    public init(slotMinutes: Int = 30, capacity: Int = 2, daysAhead: Int = 30, noShows: Int = 3) {
        self.slotMinutes = slotMinutes
        self.capacity = capacity
        self.daysAhead = daysAhead
        self.noShows = noShows
    }

    public static let standard = BookingPolicy()

    var isSound: Bool {
        (5...480).contains(slotMinutes) && (1...1000).contains(capacity) && (1...365).contains(daysAhead)
            && (1...100).contains(noShows)
    }

    /// Which of the times of a day a time of day lies in.
    func slot(of time: TimeOfDay) -> Int { time.minutes / slotMinutes }
}

extension Registry {
    /// How many appointments lie at one time.
    func booked(on date: LocalDate, slot: Int) -> Int {
        (appointmentDays[date] ?? []).count { other in
            appointments[other]?.at.map { policy.booking.slot(of: $0) } == slot
        }
    }

    /// The places of the time in which a time of day lies (号源): which time of the day it is, how many are booked, and how many
    /// there are.
    ///
    /// - Parameter id: the case and the item whose own bookings do not count, as `case.item`.
    /// - Complexity: linear in the appointments of the day.
    public func places(
        on date: LocalDate, at time: TimeOfDay, without id: String
    ) -> (slot: Int, booked: Int, capacity: Int) {
        let slot = policy.booking.slot(of: time)
        let booked = (appointmentDays[date] ?? []).count { other in
            appointments[other]?.at.map { policy.booking.slot(of: $0) } == slot && !other.hasPrefix(id + ".")
        }
        return (slot, booked, policy.booking.capacity)
    }

    /// Whether a report says nothing new: told before, or of a day that is over.
    func isKnown(_ report: AppointmentReport) -> Bool {
        if let asOf, report.date < asOf { return true }
        return appointments[report.id].map { $0.sequence >= report.sequence } ?? false
    }

    /// Keeps what a case says of an appointment, and forgets days that are over.
    mutating func note(_ report: AppointmentReport, on today: LocalDate) {
        for day in appointmentDays.keys where day < today {
            for id in appointmentDays[day] ?? [] { appointments[id] = nil }
            appointmentDays[day] = nil
        }
        if let former = appointments[report.id] {
            guard former.sequence < report.sequence else { return }
            appointmentDays[former.date]?.remove(report.id)
        }
        guard report.date >= today else {
            appointments[report.id] = nil
            return
        }
        appointments[report.id] = report
        appointmentDays[report.date, default: []].insert(report.id)
    }
}
