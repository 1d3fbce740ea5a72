import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// The overdue list in a table.
struct OverdueText {
    let list: OverdueList
    let terminal: Terminal

    var text: String {
        let rows = list.sorted
        guard !rows.isEmpty else { return terminal.say("没有超时的事项。", "Nothing is late.") }
        var table = TextTable([
            .init(terminal.say("项目代码", "project"), limit: 40), .init(terminal.say("事项", "item"), limit: 32),
            .init(terminal.say("部门", "department"), limit: 24), .init(terminal.say("时限", "limit"), .right),
            .init(terminal.say("应办结", "due")), .init(terminal.say("超期", "late"), .right),
            .init(terminal.say("办结", "decided")), .init(terminal.say("原因", "reason"), limit: 80),
        ])
        for row in rows {
            table.add([
                row.project, row.title[terminal.language], row.departmentTitle[terminal.language],
                row.limit.description, row.due.description,
                "\(row.overdue) \(row.limit.unit.rawValue)\(row.isPastStatutory ? " !" : "")",
                row.end?.description ?? "—", row.reason ?? "",
            ])
        }
        let note = terminal.say("! 超过法定时限", "! past the statutory limit")
        return rows.contains(where: \.isPastStatutory) ? table.text + "\n" + note : table.text
    }
}

/// The league table of departments.
struct DepartmentText {
    let table: DepartmentTable
    let terminal: Terminal

    var text: String {
        guard !table.ranked.isEmpty else { return terminal.say("还没有办件。", "Nothing was handled yet.") }
        var rows = TextTable([
            .init("#", .right), .init(terminal.say("部门", "department"), limit: 32),
            .init(terminal.say("办结", "handled"), .right), .init(terminal.say("按时", "in time"), .right),
            .init(terminal.say("用时/承诺", "used/promised"), .right), .init(terminal.say("在办", "open"), .right),
            .init(terminal.say("超时在办", "open late"), .right), .init(terminal.say("黄牌", "yellow"), .right),
            .init(terminal.say("红牌", "red"), .right), .init(terminal.say("评价", "score"), .right),
            .init(terminal.say("差评", "bad"), .right), .init(terminal.say("督办超期", "late matters"), .right),
        ])
        for (place, row) in table.ranked.enumerated() {
            let red = (row.cards[.red] ?? 0) + (row.cards[.statutoryRed] ?? 0)
            rows.add([
                "\(place + 1)", row.title[terminal.language], "\(row.handled)", percent(row.inTimeShare),
                percent(row.usedOfPromised), "\(row.open)", "\(row.openLate)", "\(row.cards[.yellow] ?? 0)", "\(red)",
                row.meanScore.map { decimal($0) } ?? "—", "\(row.badRatings)", "\(row.lateMatters)",
            ])
        }
        let instant = table.instantShare.map { share in
            terminal.say("即办件占 \(percent(share))", "handled at once: \(percent(share)) of the applications decided")
        }
        return ([rows.text] + [instant].compactMap(\.self)).joined(separator: "\n")
    }
}

/// Channels and visits, each on a line.
struct ChannelText {
    let table: ChannelTable
    let terminal: Terminal

    var text: String {
        guard table.filed > 0 else { return terminal.say("还没有申报。", "Nothing was filed yet.") }
        func counts(_ counts: [(LocalizedText, Int)]) -> String {
            counts.filter { $0.1 > 0 }.map { "\($0.0[terminal.language]) \($0.1)" }.joined(
                separator: terminal.say("、", ", "))
        }
        let channels = counts(ArrivalChannel.allCases.map { ($0.title, table.intakes[$0] ?? 0) })
        let deliveries = counts(DeliveryMethod.allCases.map { ($0.title, table.deliveries[$0] ?? 0) })
        let contacts = table.firstContacts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return [
            terminal.say(
                "申报 \(table.filed) 件，渠道已知 \(table.known) 件", "filed \(table.filed), channel known of \(table.known)"),
            channels.isEmpty ? nil : terminal.say("渠道：", "came in: ") + channels,
            deliveries.isEmpty ? nil : terminal.say("送达：", "went out: ") + deliveries,
            contacts.isEmpty
                ? nil : terminal.say("首问：", "first contact: ") + contacts.joined(separator: terminal.say("、", ", ")),
            terminal.say(
                "网办率 \(percent(table.onlineShare))，零跑动 \(percent(table.share(withVisitsUpTo: 0)))，最多跑一次 \(percent(table.share(withVisitsUpTo: 1)))，平均 \(table.meanVisits.map(decimal) ?? "—") 次",
                "online \(percent(table.onlineShare)), no visit \(percent(table.share(withVisitsUpTo: 0))), at most one \(percent(table.share(withVisitsUpTo: 1))), \(table.meanVisits.map(decimal) ?? "—") visits on the average"
            ),
        ].compactMap(\.self).joined(separator: "\n")
    }
}

/// Ratings in a table.
struct RatingText {
    let table: RatingTable
    let terminal: Terminal

    var text: String {
        let rows = table.sorted
        guard !rows.isEmpty else { return terminal.say("还没有评价。", "Nothing was rated yet.") }
        var text = TextTable([
            .init(terminal.say("期间", "period")), .init(terminal.say("部门", "department"), limit: 32),
            .init(terminal.say("评价数", "ratings"), .right), .init("1–5"),
            .init(terminal.say("平均", "mean"), .right), .init(terminal.say("满意率", "satisfied"), .right),
            .init(terminal.say("差评", "bad"), .right), .init(terminal.say("按期答复", "answered in time"), .right),
            .init(terminal.say("回访", "called back"), .right),
        ])
        for row in rows {
            text.add([
                row.period, row.title[terminal.language], "\(row.count)",
                row.scores.map(String.init).joined(separator: " "), decimal(row.mean), percent(row.satisfied),
                "\(row.bad)", "\(row.inTime)/\(row.bad)", "\(row.calledBack)/\(row.bad)",
            ])
        }
        return text.text
    }
}

/// Where the time goes, in a table.
struct BottleneckText {
    let found: Bottlenecks
    let terminal: Terminal

    var text: String {
        let rows = found.sorted
        guard !rows.isEmpty else { return terminal.say("还没有办件。", "Nothing was handled yet.") }
        var table = TextTable([
            .init(terminal.say("环节", "part"), limit: 40), .init(terminal.say("部门", "department"), limit: 20),
            .init(terminal.say("件数", "count"), .right), .init(terminal.say("在办", "open"), .right),
            .init(terminal.say("合计天", "days"), .right), .init(terminal.say("占比", "share"), .right),
            .init(terminal.say("平均", "mean"), .right), .init("P50", .right), .init("P80", .right),
            .init(terminal.say("最长", "longest"), .right), .init(terminal.say("超时", "late"), .right),
            .init(terminal.say("补正", "corrected"), .right), .init(terminal.say("整改轮", "rounds"), .right),
        ])
        for row in rows {
            table.add([
                row.item + (row.participant.map { " · \($0)" } ?? ""), row.department, "\(row.count)", "\(row.open)",
                decimal(row.total), percent(found.total == 0 ? nil : row.total / found.total), decimal(row.mean),
                decimal(row.percentile(0.5)), decimal(row.percentile(0.8)), decimal(row.longest), "\(row.late)",
                "\(row.corrections + row.supplements)", "\(row.rounds)",
            ])
        }
        return table.text
    }
}

private func percent(_ share: Double?) -> String {
    share.map { "\(Int(($0 * 100).rounded())) %" } ?? "—"
}

/// With one decimal.
private func decimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
}
