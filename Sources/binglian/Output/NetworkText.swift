import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

/// A solved plain network as a table of six values an activity, and the answers to what was asked.
struct NetworkText {
    let report: NetworkReport
    let terminal: Terminal

    private var file: NetworkFile { report.file }

    var text: String {
        ([heading, "", table, "", legend] + longestPath + missed + backward + paths + near + comparison + quality)
            .joined(separator: "\n")
    }

    private var heading: String {
        let name = [file.title, file.id].compactMap(\.self).joined(separator: "  ")
        let progress = file.terms.dataDate.map {
            terminal.say(
                "  数据日期 \($0.dateTime)  \(file.terms.progressMode.rawValue)",
                "  data date \($0.dateTime)  \(file.terms.progressMode.rawValue)")
        }
        let count = file.network.activities.count
        let span = "\(file.terms.start.dateTime) → \(report.finish.dateTime)"
        return (name.isEmpty ? "" : terminal.styled(name, .bold) + "\n") + span
            + terminal.say(
                "  \(count) 个活动，\(report.ends.count) 个关系", "  \(count) activities, \(report.ends.count) relations")
            + (progress ?? "")
    }

    // MARK: Activities

    private var table: String {
        var table = TextTable([
            .init(terminal.say("活动", "activity"), limit: 28), .init(terminal.say("工期", "takes"), .right),
            .init(terminal.say("最早开始 ES", "ES")), .init(terminal.say("最早完成 EF", "EF")),
            .init(terminal.say("最迟开始 LS", "LS")), .init(terminal.say("最迟完成 LF", "LF")),
            .init(terminal.say("总时差 TF", "TF"), .right), .init(terminal.say("自由时差 FF", "FF"), .right), .init(""),
            .init(terminal.say("驱动", "driven by"), limit: 24),
        ])
        for row in file.rows { table.add(cells(row)) }
        return table.text
    }

    private func cells(_ row: NetworkFile.Row) -> [String] {
        switch row {
        case .activity(let index):
            let own = file.network.activities[index]
            return [own.id, amount(own.duration)] + cells(report.schedule.dates(of: index))
                + [report.isCritical(index) ? "●" : "", cause(index)]
        case .hammock(let index):
            let own = file.hammocks[index]
            guard let (dates, duration) = report.schedule.dates(of: own) else { return [] }
            return [own.id, amount(duration)] + cells(dates)
                + [own.members.contains(where: report.isCritical) ? "●" : "", terminal.say("（时距）", "(hammock)")]
        }
    }

    private func cells(_ dates: ActivityDates) -> [String] {
        [dates.earlyStart, dates.earlyFinish, dates.lateStart, dates.lateFinish].map(\.dateTime)
            + [amount(dates.totalFloat), amount(dates.freeFloat)]
    }

    /// What drives an activity's start, in a word.
    private func cause(_ index: Int) -> String {
        let drivers = report.schedule.drivers(of: index)
        if !drivers.isEmpty {
            return drivers.map { number in
                let kind = file.network.relations[number].kind
                return report.id(report.ends[number].predecessor) + (kind == .finishToStart ? "" : " \(kind.rawValue)")
            }.joined(separator: ", ")
        }
        return switch report.schedule.reason(forStartOf: index).cause {
        case .projectStart, .relation: terminal.say("项目开始", "project start")
        case .dataDate: terminal.say("数据日期", "data date")
        case .actual: terminal.say("实际", "actual")
        case .constraint(let kind): kind.abbreviation
        }
    }

    /// Minutes as days where they are quarters of one.
    private func amount(_ minutes: Int) -> String {
        let day = file.minutesPerDay
        guard minutes != 0, (4 * minutes).isMultiple(of: day) else { return minutes == 0 ? "0" : "\(minutes)m" }
        let quarters = 4 * minutes / day
        return quarters.isMultiple(of: 4) ? "\(quarters / 4)d" : "\(Double(quarters) / 4)d"
    }

    private var legend: String {
        terminal.styled(
            terminal.say(
                "● 关键（总时差 ≤ \(amount(file.criticalLimit))）  d = \(file.minutesPerDay) 工作分钟，m = 工作分钟",
                "● critical (TF ≤ \(amount(file.criticalLimit)))  d = \(file.minutesPerDay) working minutes, m = working minutes"
            ),
            .dim)
    }

    // MARK: Answers

    private func chain(_ path: NetworkPath) -> String {
        let ids = path.activities.map(report.id)
        let shown = ids.count <= 14 ? ids : ids.prefix(7) + ["… \(ids.count - 13) …"] + ids.suffix(6)
        return shown.joined(separator: " → ")
    }

    private var longestPath: [String] {
        report.longestPath.map { [terminal.say("最长线路  ", "longest path  ") + chain($0)] } ?? []
    }

    private var missed: [String] {
        report.missed.map { date in
            let id = report.id(date.activity)
            return terminal.styled(
                terminal.say(
                    "\(id) 赶不上 \(date.kind.abbreviation) \(date.date.dateTime)：最早 \(date.possible.dateTime)，差 \(amount(date.minutes))",
                    "\(id) cannot keep \(date.kind.abbreviation) \(date.date.dateTime): \(date.possible.dateTime) at the earliest, \(amount(date.minutes)) too late"
                ), .red)
        }
    }

    private var backward: [String] {
        guard let backward = report.backward else { return [] }
        let verdict =
            backward.isFeasible
            ? terminal.say(
                "可行，最迟 \(backward.latestStart.dateTime) 开始", "feasible; start by \(backward.latestStart.dateTime)")
            : terminal.say(
                "不可行，差 \(amount(backward.shortfall))", "not feasible, \(amount(backward.shortfall)) are lacking")
        var table = TextTable([
            .init(terminal.say("活动", "activity"), limit: 28), .init(terminal.say("最迟开始", "start by")),
            .init(terminal.say("最迟完成", "finish by")), .init(terminal.say("余量", "to spare"), .right),
        ])
        for index in file.network.activities.indices {
            table.add([
                report.id(index), backward.schedule.lateStart[index].dateTime,
                backward.schedule.lateFinish[index].dateTime, amount(backward.schedule.totalFloat[index]),
            ])
        }
        return [
            "",
            terminal.styled(
                terminal.say("倒排工期 \(backward.wanted.dateTime)", "wanted by \(backward.wanted.dateTime)"), .bold)
                + "  " + terminal.styled(verdict, backward.isFeasible ? .green : .red),
        ] + (backward.chain.map { [terminal.say("决定它的线路  ", "the chain that decides  ") + chain($0)] } ?? []) + [
            table.text
        ]
    }

    private func list(_ paths: [FloatPath]) -> [String] {
        paths.enumerated().map { number, path in
            "\(number + 1)  " + terminal.say("余 ", "gap ") + amount(path.gap) + "  " + chain(path.path)
        }
    }

    private var paths: [String] {
        guard !report.paths.isEmpty else { return [] }
        return ["", terminal.styled(terminal.say("最长的线路", "longest paths"), .bold)] + list(report.paths)
            + ["", terminal.styled(terminal.say("浮时路径", "float paths"), .bold)] + list(report.floatPaths)
    }

    private var near: [String] {
        guard let bound = report.questions.near else { return [] }
        let title = terminal.say("与最长线路相差 \(amount(bound)) 以内的线路", "paths within \(amount(bound)) of the longest")
        let more = terminal.say(
            "……只列前 \(report.nearPaths.count) 条", "… only the first \(report.nearPaths.count) are listed")
        return ["", terminal.styled(title, .bold)] + list(report.nearPaths) + (report.hasMoreNearPaths ? [more] : [])
    }

    private var comparison: [String] {
        guard let comparison = report.comparison else { return [] }
        var table = TextTable([
            .init(terminal.say("活动", "activity"), limit: 28), .init(terminal.say("开始", "start"), .right),
            .init(terminal.say("完成", "finish"), .right), .init(terminal.say("工期", "takes"), .right),
            .init(terminal.say("总时差", "TF"), .right),
        ])
        for shift in comparison.shifts where shift.isMoved {
            table.add(
                [report.id(shift.activity)]
                    + [shift.start, shift.finish, shift.duration, shift.totalFloat].map {
                        ($0 > 0 ? "+" : "") + amount($0)
                    })
        }
        let unmoved = comparison.shifts.count { !$0.isMoved }
        var lines = [
            "", terminal.styled(terminal.say("与基线相比", "against the baseline"), .bold),
            table.rows.isEmpty ? terminal.say("没有变化", "nothing moved") : table.text,
            terminal.say("\(unmoved) 个活动没有变化", "\(unmoved) activities unchanged"),
        ]
        if !comparison.added.isEmpty {
            lines.append(terminal.say("新增：", "added: ") + comparison.added.map(report.id).joined(separator: ", "))
        }
        if !comparison.removed.isEmpty {
            lines.append(terminal.say("删除：", "removed: ") + comparison.removed.joined(separator: ", "))
        }
        return lines
    }

    private var quality: [String] {
        guard let checks = report.quality else { return [] }
        return ["", QualityText(checks: checks, terminal: terminal, name: report.id).text]
    }
}

/// The fourteen checks as a table.
struct QualityText {
    let checks: [QualityCheck]
    let terminal: Terminal
    let name: (Int) -> String

    var text: String {
        var table = TextTable([
            .init(terminal.say("检查", "check"), limit: 40), .init(terminal.say("值", "value"), .right),
            .init(terminal.say("界限", "threshold")), .init(""), .init(terminal.say("活动", "activities"), limit: 60),
        ])
        for check in checks {
            let verdict = check.isMet.map { $0 ? terminal.say("通过", "ok") : terminal.say("未通过", "FAILED") } ?? "—"
            table.add([
                "\(check.point.rawValue) \(check.point.title[terminal.language])", value(of: check),
                threshold(of: check), verdict, check.activities.prefix(12).map(name).joined(separator: ", "),
            ])
        }
        return table.text
    }

    private func value(of check: QualityCheck) -> String {
        guard let value = check.value else { return "—" }
        let rounded = (value * 100).rounded() / 100
        let number = rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
        return switch check.threshold {
        case .atMostPercent, .atLeastPercent: number + " %"
        case .atMost, .atLeast: number
        case .passes: value == 0 ? terminal.say("通过", "passed") : terminal.say("失败", "failed")
        }
    }

    private func threshold(of check: QualityCheck) -> String {
        switch check.threshold {
        case .atMostPercent(let bound): "≤ \(Int(bound)) %"
        case .atLeastPercent(let bound): "≥ \(Int(bound)) %"
        case .atMost(let bound): "≤ \(bound)"
        case .atLeast(let bound): "≥ \(bound)"
        case .passes: terminal.say("终点同样推迟", "the end moves as much")
        }
    }
}
