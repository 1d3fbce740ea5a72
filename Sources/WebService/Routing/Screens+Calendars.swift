import CaseEngine
import HTTPTypes
import Hummingbird
import Interchange
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

extension Screens {
    static let calendars: [Endpoint] = [
        .get("/calendars/{calendar}/{year}", .readCalendars, "工作日历", "A year of a calendar", [], .page) { call in
            let all = try await call.office.calendars()
            guard let year = Int(call.parameter("year")), (1...9999).contains(year) else { throw Problem.noSuchPage }
            let id = call.parameter("calendar")
            guard let calendar = all.last(where: { $0.id == id }) ?? (id == "cn" ? all.last : nil) else {
                throw Problem.notFound("没有日历 \(id)", "There is no calendar \(id)")
            }
            var known: [String] = []
            for calendar in all where !known.contains(calendar.id) { known.append(calendar.id) }
            return .page(
                CalendarPage(
                    calendar: calendar, year: year, known: known,
                    feed: call.query["feed"].map { origin(call) + Links.feed($0) },
                    today: call.today))
        },
        .post(Links.makeFeed, .keepSession, "生成订阅网址", "Make a subscription address") { call in
            let person = try call.reader()
            let token = SecretText.random()
            let post = person.posts.firstIndex(of: person.post) ?? 0
            let value = "\(person.account)\n\(post)\n\(call.language.rawValue)"
            _ = try await call.office.store.put(
                TransientRecord(
                    space: feedSpace, key: SecretText.hash(token), value: Array(value.utf8),
                    expires: call.now.adding(milliseconds: feedLife)), ifAbsent: false, at: call.now)
            return .seeOther(
                Links.calendar("cn", call.today.year) + "?feed=\(token)",
                notice: .init(text: call.say("订阅网址已生成，只显示这一次。", "The address is made; it is shown this once.")))
        },
        .get("/feeds/{token}.ics", .readPublic, "期限订阅", "A feed of deadlines", [], .document(type: "text/calendar")) {
            call in
            try await feed(call)
        },
    ]

    private static let feedSpace = "feed"
    /// A year.
    private static let feedLife: Int64 = 366 * 86_400_000
    /// So many cases are in one feed, the most urgent of those that its maker may read.
    private static let mostCases = 200

    private static func origin(_ call: Call) -> String {
        let scheme = call.service.configuration.isSecure ? "https" : "http"
        return call.request.head.authority.map { "\(scheme)://\($0)" } ?? ""
    }

    /// Whoever has the address may read what its maker could; a role that was taken back ends it.
    private static func feed(_ call: Call) async throws -> Answer {
        let gone = Problem.notFound("没有这个订阅", "There is no such feed")
        let key = SecretText.hash(call.parameter("token"))
        for office in call.service.offices.all {
            let now = office.clock.now
            guard let record = try await office.store.transient(feedSpace, key, at: now) else { continue }
            let parts = String(decoding: record.value, as: UTF8.self).split(separator: "\n").map(String.init)
            guard parts.count == 3, let number = Int(parts[1]), let language = Language(rawValue: parts[2]),
                let account = try await office.accounts.account(parts[0]), account.posts.indices.contains(number)
            else { throw gone }
            let person = Person(
                tenant: office.id, account: account.id, name: account.name, posts: account.posts,
                post: account.posts[number], session: nil)
            let today = office.clock.today
            var events: [CalendarFeed.Event] = []
            // Of many, those whose limits end first.
            var open: [ListedCase] = []
            if var filter = try await office.readable(by: person) {
                filter.status = CaseStatus.open.rawValue
                open = try await office.cases(for: person, filter, in: .urgency, after: nil, limit: mostCases)
            }
            for listed in open {
                let snapshot = try await office.orchestrator.snapshot(of: listed.row.caseID)
                events += try snapshot.deadlineEvents(on: today, city: office.id, base: origin(call), language)
            }
            let feed = CalendarFeed(name: office.name[language], events: events)
            return .document(
                Array(feed.text(stamp: now.calendarStamp).utf8), type: "text/calendar; charset=utf-8")
        }
        throw gone
    }
}
