import CaseEngine
import HTTPTypes
import Hummingbird
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

extension Screens {
    static let system: [Endpoint] = [
        .get(Links.system, .readSystem, "系统", "The system", [], .page) { call in
            .page(SystemPage(health: try await health(call)))
        }
    ]

    private static func health(_ call: Call) async throws -> SystemHealth {
        let store = call.office.store
        var checks: [SystemHealth.Check] = [
            .init(
                name: LocalizedText(zh: "程序版本", en: "version"),
                value: LocalizedText(
                    zh: call.service.configuration.version, en: call.service.configuration.version))
        ]
        let begun = ContinuousClock.now
        let position = try await store.latestPosition()
        let taken = begun.duration(to: .now)
        let milliseconds =
            Int(taken.components.seconds) * 1000 + Int(taken.components.attoseconds / 1_000_000_000_000_000)
        checks.append(
            .init(
                name: LocalizedText(zh: "数据库", en: "store"),
                value: LocalizedText(
                    zh: "已答复，用时 \(milliseconds) 毫秒；最新位置 \(position)",
                    en: "answered in \(milliseconds) ms; latest position \(position)"), isGood: milliseconds < 1000,
                advice: milliseconds < 1000
                    ? nil
                    : LocalizedText(zh: "数据库答复慢，检查磁盘和并发。", en: "It answers slowly: look at the disk and the load.")))
        let open = try await store.count(matching: SummaryFilter(status: CaseStatus.open.rawValue))
        let all = try await store.count(matching: SummaryFilter())
        checks.append(
            .init(
                name: LocalizedText(zh: "办件", en: "cases"),
                value: LocalizedText(zh: "在办 \(open)，全部 \(all)", en: "\(open) open of \(all)")))
        let late = try await store.dueTimers(through: call.today.adding(days: -1), after: nil, limit: 100).count
        checks.append(
            .init(
                name: LocalizedText(zh: "未处理的到期定时", en: "timers that are late"),
                value: LocalizedText(zh: "\(late)\(late == 100 ? "+" : "")", en: "\(late)\(late == 100 ? "+" : "")"),
                isGood: late == 0,
                advice: late == 0
                    ? nil
                    : LocalizedText(
                        zh: "启动办理节点（binglian serve），让时间推进。", en: "Start a node (binglian serve) that lets time pass.")))
        let receivers = try await store.waitingReceivers()
        checks.append(
            .init(
                name: LocalizedText(zh: "待送达的接收方", en: "receivers with messages waiting"),
                value: LocalizedText(zh: "\(receivers.count)", en: "\(receivers.count)")))
        let dead = try await store.deadLetters(after: nil, limit: 100).count
        checks.append(
            .init(
                name: LocalizedText(zh: "送不出去的消息", en: "messages given up"),
                value: LocalizedText(zh: "\(dead)", en: "\(dead)"), isGood: dead == 0,
                advice: dead == 0
                    ? nil : LocalizedText(zh: "查明原因后重新排队。", en: "Find out why, then queue them again.")))
        let leases = try await store.leases()
        checks.append(
            .init(
                name: LocalizedText(zh: "节点租约", en: "leases of nodes"),
                value: LocalizedText(
                    zh: leases.isEmpty ? "没有，单节点运行" : "\(leases.count)",
                    en: leases.isEmpty ? "none: a single node" : "\(leases.count)")))
        checks.append(Self.backup(try await BackupNote.latest(in: store, at: .now), at: .now))
        let jobs = try await call.office.jobs.standings(most: 20).map { $0.view(nil, at: Instant.now) }
        return SystemHealth(checks: checks, jobs: jobs)
    }
    /// How old the last backup is.
    static func backup(_ note: BackupNote?, at now: Instant) -> SystemHealth.Check {
        let advice = LocalizedText(
            zh: "每天用 binglian store backup 备份，并把副本放到另一台机器。",
            en: "Back up every day with binglian store backup, and keep copies on another machine.")
        let name = LocalizedText(zh: "最近一次备份", en: "last backup")
        guard let note else {
            return .init(
                name: name, value: LocalizedText(zh: "没有记录", en: "none is noted"), isGood: false, advice: advice)
        }
        let hours = max(0, Int((now.milliseconds - note.at.milliseconds) / 3_600_000))
        let isOld = note.isOld(at: now)
        return .init(
            name: name,
            value: LocalizedText(
                zh: hours < 1 ? "不到 1 小时前：\(note.place)" : "\(hours) 小时前：\(note.place)",
                en: hours < 1
                    ? "less than an hour ago: \(note.place)"
                    : "\(hours) hour\(hours == 1 ? "" : "s") ago: \(note.place)"),
            isGood: !isOld, advice: isOld ? advice : nil)
    }
}
