import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// Where a case stands: stages, items planned and actual, targets, and whose turn it is.
struct CaseText {
    let snapshot: CaseSnapshot
    let report: CaseReport
    let terminal: Terminal
    /// What is asked for, without what the office takes over by itself; `nil` to ask the case.
    var requests: [WorkRequest]?

    private var language: Language { terminal.language }

    var text: String {
        ([heading] + green + promise + ["", StageText(snapshot: snapshot, terminal: terminal).text] + targets + [
            "", items,
        ]
            + cards + materials + next)
            .joined(separator: "\n")
    }

    private var heading: String {
        let state = snapshot.state
        let title = state.opening?.title[language] ?? ""
        return terminal.styled("\(title)  \(snapshot.id)", .bold) + "\n"
            + "\(report.plan.plan.workflow.title[language])  \(report.plan.plan.workflow.version)  "
            + terminal.say(
                "\(state.openedOn?.description ?? "") 立案，\(state.status.title[language])，截至 \(report.asOf)",
                "opened \(state.openedOn?.description ?? ""), \(state.status.title[language]), as of \(report.asOf)"
            )
    }

    private var green: [String] {
        guard let channel = snapshot.state.greenChannel else { return [] }
        return [
            terminal.say(
                "绿色通道，自 \(channel.since)：\(channel.rule?.title.zh ?? channel.reason)",
                "green channel since \(channel.since): \(channel.rule?.title.en ?? channel.reason)")
        ]
    }

    private var promise: [String] {
        guard let promise = snapshot.state.certificatePromise else { return [] }
        return [promise.words(on: report.asOf, snapshot.machine.calendar)[language]]
    }

    private var targets: [String] { report.targets.flatMap { ProgressText(progress: $0, terminal: terminal).lines } }

    private var items: String {
        var table = TextTable([
            .init(terminal.say("事项", "item"), limit: 36), .init("id", limit: 28),
            .init(terminal.say("状态", "status"), limit: 24), .init(terminal.say("计划", "planned")),
            .init(terminal.say("实际", "actual")),
            .init(terminal.say("偏差", "delay"), .right),
        ])
        for row in report.rows {
            let actual = [row.actualStart, row.actualFinish].map { $0?.description ?? "…" }
            let rounds = row.rounds > 0 ? terminal.say("（整改 \(row.rounds) 轮）", " (\(row.rounds) round(s))") : ""
            table.add([
                row.item.item.title[language], row.item.id, row.status.title[language] + rounds,
                "\(row.plannedStart) → \(row.plannedFinish)",
                row.actualStart == nil ? "" : "\(actual[0]) → \(actual[1])",
                row.delay.map { $0 > 0 ? "+\($0)" : String($0) } ?? "",
            ])
        }
        return table.text
    }

    /// Where documents are from, when any came from elsewhere or was asked for twice.
    private var materials: [String] {
        let state = snapshot.state
        guard !state.materialNotes.isEmpty || state.materials.contains(where: { $0.source != nil }) else { return [] }
        return ["", terminal.styled(terminal.say("材料", "Materials"), .bold)]
            + [MaterialList(snapshot, on: report.asOf).text(terminal)]
    }

    private var cards: [String] {
        guard !snapshot.state.cards.isEmpty else { return [] }
        return ["", terminal.styled(terminal.say("监察牌", "Cards"), .bold)]
            + [CardText(cards: snapshot.state.cards, terminal: terminal).text]
    }

    private var next: [String] {
        let requests = requests ?? snapshot.machine.requests(in: snapshot.state)
        let overseen = snapshot.machine.oversightRequests(in: snapshot.state)
        guard !requests.isEmpty || !overseen.isEmpty else { return [] }
        let text = TodoText(
            found: requests.map { (snapshot, $0) }, overseen: overseen.map { (snapshot, $0) }, today: report.asOf,
            terminal: terminal, namesCases: false)
        return ["", terminal.styled(terminal.say("接下来", "Next"), .bold), text.text]
    }
}

/// The four stages as bars.
struct StageText {
    let snapshot: CaseSnapshot
    let terminal: Terminal

    static let width = 24

    var text: String {
        let machine = snapshot.machine
        let state = snapshot.state
        return zip(machine.plan.workflow.stages, state.stages).map { stage, progress in
            let items = zip(machine.plan.items, state.items).filter { $0.0.stage == stage.id }
            let finished = items.count { $0.1.status.isFinished }
            let filled = items.isEmpty ? 0 : finished * Self.width / items.count
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
            let standing: String
            if let closed = progress.closedOn {
                standing = terminal.styled(terminal.say("\(closed) 完成", "closed \(closed)"), .green)
            } else if progress.startedOn != nil {
                standing = terminal.say("进行中", "under way") + "  " + current(items.map { ($0.0.item, $0.1) })
            } else {
                standing = terminal.styled(terminal.say("未开始", "not started"), .dim)
            }
            let mark = stage.national == 5 ? "∥" : ["①", "②", "③", "④"][max(0, min(3, stage.national - 1))]
            return "\(mark) " + DisplayWidth.padded(DisplayWidth.fitted(stage.title[terminal.language], to: 30), to: 30)
                + " \(bar) \(finished)/\(items.count)  \(standing)"
        }.joined(separator: "\n")
    }

    /// What is going on in a stage: its items under way, joint ones with the opinions that are in; the first few by name.
    private func current(_ items: [(Item, ItemState)]) -> String {
        let open = items.filter { $0.1.status != .planned && !$0.1.status.isFinished }
        let named = open.prefix(Self.namedItems).map { item, state in
            let participants = state.joint?.participants.filter { $0.standing != .idle } ?? []
            let answered = participants.count { $0.standing == .answered || $0.standing == .deemed }
            let opinions = participants.isEmpty ? "" : " \(answered)/\(participants.count)"
            return "\(item.title[terminal.language])·\(state.status.title[terminal.language])\(opinions)"
        }.joined(separator: terminal.say("、", ", "))
        let others = open.count - Self.namedItems
        return others > 0 ? named + terminal.say(" 等 \(open.count) 项", " and \(others) more") : named
    }

    private static let namedItems = 2
}

/// A target, planned and as it comes.
struct ProgressText {
    let progress: TargetProgress
    let terminal: Terminal

    var lines: [String] {
        let target = progress.planned.target
        let days = { (minutes: Int) in DayAmount.number(minutes: minutes) }
        guard let actual = progress.actual, let measured = progress.measured else {
            return ["", terminal.styled(target.id, .bold) + "  " + terminal.say("尚未开始计时", "not begun")]
        }
        var verdict = days(measured.minutes) + (target.limit.map { " / \($0)" } ?? " wd")
        switch progress.isMet {
        case true?: verdict += "  " + terminal.styled(terminal.say("达标", "met"), .green)
        case false?: verdict += "  " + terminal.styled(terminal.say("超时", "missed"), .red)
        case nil:
            if let limit = target.limit {
                verdict +=
                    "  "
                    + terminal.say(
                        "还剩 \(days(limit.minutes - measured.minutes)) 天",
                        "\(days(limit.minutes - measured.minutes)) left")
            }
        }
        let planned = progress.planned
        return [
            "",
            terminal.styled(target.id, .bold) + "  \(target.from) \(actual.from) → \(target.to) "
                + (actual.isClosed ? "\(actual.to)" : "…") + "   " + verdict,
            "  "
                + terminal.say(
                    "并集 \(days(actual.union.minutes))（计划 \(days(planned.union))）  跨度 \(days(actual.span.minutes))（\(days(planned.span))）  累计 \(days(actual.sum.minutes))（\(days(planned.sum))）  计时关键路径 \(days(actual.countedPathLength.minutes))（\(days(planned.countedPathLength))）",
                    "union \(days(actual.union.minutes)) (planned \(days(planned.union)))  span \(days(actual.span.minutes)) (\(days(planned.span)))  sum \(days(actual.sum.minutes)) (\(days(planned.sum)))  counted critical path \(days(actual.countedPathLength.minutes)) (\(days(planned.countedPathLength)))"
                ),
        ]
    }
}

/// Cases in a table.
struct CaseListText {
    let rows: [StoredSummary]
    let terminal: Terminal

    var text: String {
        guard !rows.isEmpty else {
            return terminal.say("还没有办件。用 binglian case open 立案。", "No cases yet; open one with binglian case open.")
        }
        var table = TextTable([
            .init(terminal.say("办件", "case"), limit: 64), .init(terminal.say("项目", "project"), limit: 40),
            .init(terminal.say("状态", "status")), .init(terminal.say("立案", "opened")),
            .init(terminal.say("更新", "updated")), .init(terminal.say("等待", "waiting for"), limit: 40),
        ])
        for row in rows {
            let status = CaseStatus(rawValue: row.summary.status).map { $0.title[terminal.language] }
            table.add([
                row.caseID.text, row.summary.titles[terminal.language], status ?? row.summary.status,
                row.summary.openedOn.description,
                row.summary.updatedOn.description, row.summary.waitingFor.joined(separator: " "),
            ])
        }
        return table.text
    }
}
