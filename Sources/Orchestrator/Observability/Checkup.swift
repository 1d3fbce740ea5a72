import CaseEngine
import WorkCalendar
import WorkflowModel

/// Looks an office over for what an operator should mend (巡检).
public struct Checkup: Sendable {
    /// One thing looked at.
    public struct Point: Sendable, Hashable {
        /// For example `deadLetters`.
        public let name: String
        /// Whether it is as it should be.
        public let isWell: Bool
        /// What was found, and what to do where it is not well.
        public let text: LocalizedText
    }

    private let store: any OfficeStore
    private let clock: any OfficeClock

    public init(store: any OfficeStore, clock: any OfficeClock = BeijingClock()) {
        self.store = store
        self.clock = clock
    }

    /// Cases whose chains are checked: those that changed last.
    static let sample = 20

    /// - Throws: `StoreError` when the store cannot be asked.
    public func points() async throws -> [Point] {
        var points: [Point] = []
        if let inspectable = store as? any InspectableStore {
            points += Self.points(of: try await inspectable.inspect())
        }
        points.append(try await chains())
        points.append(try await timers())
        points += try await messages()
        points.append(try await parked())
        points.append(try await nodes())
        points += try await calendars()
        return points
    }

    static func points(of found: StoreInspection) -> [Point] {
        var points = [
            Point(
                name: "store", isWell: true,
                text: LocalizedText(
                    zh: "\(found.engine)，库结构第 \(found.schema) 版，\(found.cases) 个办件，\(found.events) 个事件",
                    en: "\(found.engine), schema \(found.schema), \(found.cases) cases, \(found.events) events")),
            Point(
                name: "durability", isWell: found.isDurable,
                text: found.isDurable
                    ? LocalizedText(zh: found.settings, en: found.settings)
                    : LocalizedText(
                        zh: "断电可能丢失已确认的办理：\(found.settings)",
                        en: "a power cut may lose what was acknowledged: \(found.settings)")),
        ]
        if let free = found.freeBytes {
            let wanted = max(Int64(1) << 30, (found.bytes ?? 0) / 5)
            let megabytes = free >> 20
            points.append(
                Point(
                    name: "disk", isWell: free >= wanted,
                    text: free >= wanted
                        ? LocalizedText(zh: "磁盘余量 \(megabytes) MB", en: "\(megabytes) MB are free on the disk")
                        : LocalizedText(
                            zh: "磁盘仅余 \(megabytes) MB，建议至少 \(wanted >> 20) MB；请扩容",
                            en: "only \(megabytes) MB are free on the disk, \(wanted >> 20) MB are advised; make room"))
            )
        }
        return points
    }

    private func chains() async throws -> Point {
        let latest = try await store.latestPosition()
        // How far apart positions lie is the store's affair: looked back until there are enough.
        var span: Int64 = 2000
        var found = try await store.changedCases(after: max(0, latest - span), limit: 2000)
        while found.count < Self.sample, span < latest {
            span = min(latest, span << 4)
            found = try await store.changedCases(after: latest - span, limit: 2000)
        }
        let changed = found.suffix(Self.sample)
        var bad: [String] = []
        for change in changed {
            var head = Head.empty
            let stored = try await store.head(of: change.caseID)
            do {
                while true {
                    let page = try await store.events(of: change.caseID, after: head.version, limit: 1000)
                    let expected = page.count < 1000 ? stored : nil
                    head = try HashChain.verify(page, of: change.caseID, from: head, expecting: expected)
                    if page.count < 1000 { break }
                }
            } catch is HashChain.Flaw {
                bad.append(change.caseID.text)
            }
        }
        return Point(
            name: "chains", isWell: bad.isEmpty,
            text: bad.isEmpty
                ? LocalizedText(
                    zh: "最近变动的 \(changed.count) 个办件日志完整",
                    en: "the logs of the \(changed.count) cases changed last are intact")
                : LocalizedText(
                    zh: "日志被改动：\(bad.joined(separator: "、"))；用 binglian audit verify 查看",
                    en: "logs were changed: \(bad.joined(separator: ", ")); see binglian audit verify"))
    }

    private func timers() async throws -> Point {
        let late = try await store.dueTimers(through: clock.today.adding(days: -2), after: nil, limit: 1000)
        let many = late.count == 1000 ? "1000+" : "\(late.count)"
        return Point(
            name: "timers", isWell: late.isEmpty,
            text: late.isEmpty
                ? LocalizedText(zh: "没有逾期未触发的定时事项", en: "no timer is late")
                : LocalizedText(
                    zh: "\(many) 个定时事项到期一天以上未触发，最早 \(late[0].timer.due)；是否有 binglian serve 在运行？",
                    en:
                        "\(many) timers are more than a day late, the first of \(late[0].timer.due); is a binglian serve running?"
                ))
    }

    private func messages() async throws -> [Point] {
        var failing: [String] = []
        for receiver in try await store.waitingReceivers() {
            let waiting = try await store.waitingMessages(
                for: receiver, at: Instant.now.adding(.seconds(86_400)), limit: 1000)
            if let first = waiting.first(where: { $0.attempts > 0 }) {
                failing.append(
                    "\(receiver) (\(waiting.count == 1000 ? "1000+" : "\(waiting.count)"), \(first.lastFailure ?? ""))")
            }
        }
        let dead = try await store.deadLetters(after: nil, limit: 1000)
        return [
            Point(
                name: "outbox", isWell: failing.isEmpty,
                text: failing.isEmpty
                    ? LocalizedText(zh: "没有投递受阻的接收方", en: "no receiver fails")
                    : LocalizedText(
                        zh: "投递受阻：\(failing.joined(separator: "；"))",
                        en: "deliveries fail: \(failing.joined(separator: "; "))")),
            Point(
                name: "deadLetters", isWell: dead.isEmpty,
                text: dead.isEmpty
                    ? LocalizedText(zh: "没有死信", en: "no dead letters")
                    : LocalizedText(
                        zh: "\(dead.count) 条死信；用 binglian outbox list --dead 查看、outbox retry 重发",
                        en: "\(dead.count) dead letters; see binglian outbox list --dead, send again with outbox retry")
            ),
        ]
    }

    private func parked() async throws -> Point {
        let work = try await Parking.all(in: store).map { "\($0.work) (\($0.cause))" }
        let shards = try await store.parkedShards(limit: 1000).map { "\($0.job)/\($0.index) (\($0.cause))" }
        let all = (work + shards).prefix(20).joined(separator: ", ")
        return Point(
            name: "parked", isWell: work.isEmpty && shards.isEmpty,
            text: work.isEmpty && shards.isEmpty
                ? LocalizedText(zh: "没有停放的工作", en: "no work is parked")
                : LocalizedText(
                    zh: "停放 \(work.count + shards.count) 项：\(all)；排除原因后用 binglian outbox retry --parked 重试",
                    en:
                        "\(work.count + shards.count) parked: \(all); mend the cause, then binglian outbox retry --parked"
                ))
    }

    private func nodes() async throws -> Point {
        let leases = try await store.leases()
        let alive = leases.filter { $0.remaining > .zero && $0.lease.name.hasPrefix("node/") }
            .map { String($0.lease.name.dropFirst(5)) }
        let orphans = alive.isEmpty ? 0 : leases.count { $0.remaining == .zero && $0.lease.name.hasPrefix("timers/") }
        return Point(
            name: "nodes", isWell: orphans == 0,
            text: orphans == 0
                ? LocalizedText(
                    zh: alive.isEmpty ? "没有节点在运行" : "运行中的节点：\(alive.joined(separator: "、"))",
                    en: alive.isEmpty ? "no node is running" : "nodes running: \(alive.joined(separator: ", "))")
                : LocalizedText(zh: "\(orphans) 份工作无人承担", en: "nobody has the lease of \(orphans) kinds of work"))
    }

    /// Days ahead that calendars should speak of.
    private static let ahead = 90

    private func calendars() async throws -> [Point] {
        var newest: [String: DefinitionEntry] = [:]
        var last: DefinitionEntry?
        while true {
            let page = try await store.definitions(after: last, limit: 500)
            for entry in page where entry.id.hasPrefix("calendar.") { newest[entry.id] = entry }
            last = page.last
            if page.count < 500 { break }
        }
        var points: [Point] = []
        for entry in newest.values.sorted(by: { $0.id < $1.id }) {
            guard let stored = try await store.definition(entry.id, version: entry.version),
                let calendar = CalendarFile.read(
                    String(decoding: stored.bytes, as: UTF8.self), path: "\(entry.id) \(entry.version)"
                ).value
            else { continue }
            let day = clock.today.adding(days: Self.ahead)
            let isWell = !calendar.isProvisional(day)
            points.append(
                Point(
                    name: "calendar", isWell: isWell,
                    text: isWell
                        ? LocalizedText(
                            zh: "日历 \(calendar.id) 覆盖到 \(day) 之后", en: "the calendar \(calendar.id) reaches past \(day)"
                        )
                        : LocalizedText(
                            zh: "日历 \(calendar.id) \(entry.version) 未覆盖 \(day)；请加入新的放假通知，再用 binglian calendar apply",
                            en:
                                "the calendar \(calendar.id) \(entry.version) does not reach \(day); add the new holiday notice, then binglian calendar apply"
                        )))
        }
        return points
    }
}
