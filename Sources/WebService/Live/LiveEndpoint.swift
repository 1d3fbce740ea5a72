import Orchestrator
import CaseEngine
import HTTPTypes
import Hummingbird
import NIOCore
import WorkCalendar

/// Changes as they happen, as server-sent events (实时更新).
///
/// - Source: HTML Living Standard §9.2.
enum LiveEndpoint {
    /// Between two pieces to one watcher: what happens meanwhile goes in one.
    private static let pause = Duration.milliseconds(50)
    /// After so long without news a line is sent, so that both sides notice when the other is gone.
    static let beat = Duration.seconds(15)

    static let summary = LocalizedText(
        zh: "办件变更的事件流；断开后带 Last-Event-ID 续接",
        en: "Changes of cases as events; with Last-Event-ID it goes on where it was")

    static func answer(_ call: Call) async throws -> Answer {
        let person = try call.reader()
        let office = call.office
        let feed = office.feed
        let last = call.request.headers[.lastEventID] ?? call.query["after"]
        let signal = feed.watch()
        var place = try await feed.begun()
        if let last {
            guard let number = Int64(last), number >= 0 else {
                throw Problem.badRequest(
                    "lastEventID", "Last-Event-ID 应是事件编号。", "Last-Event-ID is the number of an event.")
            }
            place = number
        }
        let start = place
        let parts = call.service
        var answer = Answer.stream(type: "text/event-stream") { writer in
            var sight = Sight(person: person, office: office)
            var place = start
            try await writer.write(ByteBuffer(string: "retry: 2000\nid: \(place)\n\n"))
            // What is there already does not wait for the next.
            try await send(&writer, &sight, &place, feed, beats: false)
            for await _ in signal {
                // Whoever signed out meanwhile hears nothing more.
                if let name = person.session,
                    try await parts.sessions.session(name, at: Instant.now) == nil
                {
                    break
                }
                try await send(&writer, &sight, &place, feed, beats: true)
                try await Task.sleep(for: pause)
            }
            try await writer.finish(nil)
        }
        answer.headers.append((HTTPField.Name("X-Accel-Buffering")!, "no"))
        return answer
    }

    private static func send(
        _ writer: inout any ResponseBodyWriter, _ sight: inout Sight, _ place: inout Int64, _ feed: LiveFeed,
        beats: Bool
    ) async throws {
        let news = try await feed.news(after: place)
        var buffer = ByteBuffer()
        if news.hasGap { buffer.writeString("id: \(news.position)\nevent: gap\ndata: {}\n\n") }
        for change in news.changes where await sight.includes(change.caseID) {
            buffer.writeImmutableBuffer(change.bytes)
        }
        place = news.position
        if buffer.readableBytes == 0 {
            guard beats else { return }
            buffer.writeString(news.changes.isEmpty ? ": \n\n" : "id: \(place)\n\n")
        }
        try await writer.write(buffer)
    }

    /// Which cases somebody may hear of, found out once for each.
    private struct Sight {
        let person: Person
        let office: CityOffice
        private var known: [CaseID: Bool] = [:]

        init(person: Person, office: CityOffice) {
            self.person = person
            self.office = office
        }

        mutating func includes(_ id: CaseID) async -> Bool {
            if Permissions.allows(.readCase, to: person.role, .other) { return true }
            if let known = known[id] { return known }
            guard let snapshot = try? await office.orchestrator.snapshot(of: id) else { return false }
            let registry = person.role == .agent ? try? await office.orchestrator.registry() : nil
            let relation = person.relation(to: snapshot, registry: registry, on: office.clock.today)
            let isSeen = Permissions.allows(.readCase, to: person.role, relation)
            if known.count > 10_000 { known.removeAll() }
            known[id] = isSeen
            return isSeen
        }
    }
}
