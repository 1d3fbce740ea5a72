import Scheduling
import WorkCalendar
import WorkflowModel

extension NetworkReport {
    /// The report as documented in `docs/json.md#network-plan`: instants are local, durations and floats are minutes.
    public var json: JSONText { .object(project + rows + answers) }

    private var project: [JSONText.Member] {
        [
            .init("kind", .string("network")), .init("network", .optional(file.id)),
            .init("title", .optional(file.title)), .init("start", .string(file.terms.start.dateTime)),
            .init("finish", .string(finish.dateTime)), .init("wantedFinish", .optional(file.terms.finish?.dateTime)),
            .init("dataDate", .optional(file.terms.dataDate?.dateTime)),
            .init("progressMode", .string(file.terms.progressMode.rawValue)),
            .init("criticalLimit", .integer(file.criticalLimit)),
            .init("minutesPerDay", .integer(file.minutesPerDay)), .init("calendars", .strings(file.calendars)),
        ]
    }

    /// A line each: a large network would fill the memory with the tree of its pretty form.
    private var rows: [JSONText.Member] {
        [.init("activities", .array(file.rows.map { .raw(json(of: $0).compact) }))]
    }

    private var answers: [JSONText.Member] {
        let near = questions.near.map { bound -> JSONText in
            .members([
                "within": .integer(bound), "more": .bool(hasMoreNearPaths), "paths": .array(nearPaths.map(json)),
            ])
        }
        return [
            .init("longestPath", longestPath.map { json(of: $0) } ?? .null),
            .init("missedDates", .array(missed.map(json))), .init("paths", .array(paths.map(json))),
            .init("floatPaths", .array(floatPaths.map(json))), .init("nearCritical", near ?? .null),
            .init("backward", backward.map(json) ?? .null), .init("baseline", comparison.map(json) ?? .null),
            .init("quality", quality.map { .array($0.map(json)) } ?? .null),
        ]
    }

    private func json(of row: NetworkFile.Row) -> JSONText {
        switch row {
        case .activity(let index): activity(index)
        case .hammock(let index): hammock(index)
        }
    }

    private func dates(_ dates: ActivityDates) -> [JSONText.Member] {
        [
            .init("earlyStart", .string(dates.earlyStart.dateTime)),
            .init("earlyFinish", .string(dates.earlyFinish.dateTime)),
            .init("lateStart", .string(dates.lateStart.dateTime)),
            .init("lateFinish", .string(dates.lateFinish.dateTime)),
            .init("totalFloat", .integer(dates.totalFloat)), .init("freeFloat", .integer(dates.freeFloat)),
        ]
    }

    private func activity(_ index: Int) -> JSONText {
        let own = file.network.activities[index]
        let reasons = schedule.reasons(for: index, outgoing: outgoing)
        return .object(
            [
                .init("id", .string(own.id)), .init("title", .string(file.titles[index])),
                .init("hammock", .bool(false)), .init("calendar", .string(file.calendars[own.calendar])),
                .init("duration", .integer(own.duration)), .init("remaining", .integer(own.work)),
            ] + dates(schedule.dates(of: index)) + [
                .init("start", .string(schedule.scheduledStart(index).dateTime)),
                .init("finish", .string(schedule.scheduledFinish(index).dateTime)),
                .init("actualStart", .optional(own.progress?.start.dateTime)),
                .init("actualFinish", .optional(own.progress?.finish?.dateTime)),
                .init("interferingFloat", .integer(schedule.interferingFloat(index))),
                .init("independentFloat", .integer(schedule.independentFloat(index, outgoing: outgoing))),
                .init("critical", .bool(isCritical(index))),
                .init("drag", drags.map { .integer($0[index]) } ?? .null),
                .init("drivers", .array(schedule.drivers(of: index).map(relation))),
                .init(
                    "why",
                    .members([
                        "earlyStart": reason(reasons.earlyStart), "earlyFinish": reason(reasons.earlyFinish),
                        "lateStart": reason(reasons.lateStart), "lateFinish": reason(reasons.lateFinish, back: true),
                    ])),
            ])
    }

    private func hammock(_ index: Int) -> JSONText {
        let own = file.hammocks[index]
        guard let (values, duration) = schedule.dates(of: own) else { return .null }
        return .object(
            [
                .init("id", .string(own.id)), .init("title", .string(file.hammockTitles[index])),
                .init("hammock", .bool(true)), .init("calendar", .string(file.calendars[own.calendar])),
                .init("duration", .integer(duration)),
            ] + dates(values) + [
                .init("start", .string(values.earlyStart.dateTime)),
                .init("finish", .string(values.earlyFinish.dateTime)),
                .init("critical", .bool(own.members.contains(where: isCritical))),
                .init("members", .strings(own.members.map(id))),
            ])
    }

    // MARK: Reasons

    private func relation(_ number: Int) -> JSONText {
        .members([
            "predecessor": .string(id(ends[number].predecessor)), "successor": .string(id(ends[number].successor)),
            "type": .string(file.network.relations[number].kind.rawValue), "relation": .integer(number),
        ])
    }

    private func reason(_ reason: DateReason, back: Bool = false) -> JSONText {
        var members: [JSONText.Member] = []
        switch reason.cause {
        case .projectStart: members = [.init("cause", .string("projectStart"))]
        case .dataDate: members = [.init("cause", .string("dataDate"))]
        case .actual: members = [.init("cause", .string("actual"))]
        case .duration, .durationBack: members = [.init("cause", .string("duration"))]
        case .anchor: members = [.init("cause", .string("projectFinish"))]
        case .constraint(let kind):
            members = [
                .init("cause", .string(kind == .deadline ? "deadline" : "constraint")),
                .init("constraint", .string(kind.abbreviation)),
            ]
        case .relation(let number):
            let end = back ? ends[number].successor : ends[number].predecessor
            members = [
                .init("cause", .string(back ? "successor" : "predecessor")), .init("activity", .string(id(end))),
                .init("type", .string(file.network.relations[number].kind.rawValue)),
                .init("relation", .integer(number)),
            ]
        }
        return .object(
            members + [
                .init("instant", .string(reason.instant.dateTime)), .init("moved", .bool(reason.isMovedToWorkingTime)),
            ])
    }

    private func json(_ date: MissedDate) -> JSONText {
        .members([
            "activity": .string(id(date.activity)), "constraint": .string(date.kind.abbreviation),
            "date": .string(date.date.dateTime), "possible": .string(date.possible.dateTime),
            "late": .integer(date.minutes),
        ])
    }

    // MARK: Paths

    private func json(of path: NetworkPath) -> JSONText {
        .members([
            "activities": .strings(path.activities.map(id)), "relations": .array(path.relations.map { .integer($0) }),
        ])
    }

    private func json(_ path: FloatPath) -> JSONText {
        .members([
            "gap": .integer(path.gap), "work": .integer(path.work(in: file.network)),
            "activities": .strings(path.path.activities.map(id)),
            "relations": .array(path.path.relations.map { .integer($0) }),
        ])
    }

    private func json(_ backward: BackwardSchedule) -> JSONText {
        .members([
            "wanted": .string(backward.wanted.dateTime), "feasible": .bool(backward.isFeasible),
            "shortfall": .integer(backward.shortfall), "latestStart": .string(backward.latestStart.dateTime),
            "chain": backward.chain.map { json(of: $0) } ?? .null,
            "activities": .array(
                file.network.activities.indices.map { index in
                    .raw(
                        JSONText.members([
                            "id": .string(id(index)),
                            "latestStart": .string(backward.schedule.lateStart[index].dateTime),
                            "latestFinish": .string(backward.schedule.lateFinish[index].dateTime),
                            "float": .integer(backward.schedule.totalFloat[index]),
                        ]).compact)
                }),
        ])
    }

    // MARK: Baseline and quality

    private func json(_ comparison: BaselineComparison) -> JSONText {
        .members([
            "shifts": .array(
                comparison.shifts.filter(\.isMoved).map { shift in
                    .members([
                        "id": .string(id(shift.activity)), "start": .integer(shift.start),
                        "finish": .integer(shift.finish), "duration": .integer(shift.duration),
                        "totalFloat": .integer(shift.totalFloat),
                    ])
                }),
            "unmoved": .integer(comparison.shifts.count { !$0.isMoved }),
            "added": .strings(comparison.added.map(id)), "removed": .strings(comparison.removed),
        ])
    }

    private func json(_ check: QualityCheck) -> JSONText { check.json(id: id) }
}

extension QualityCheck {
    /// One point as data; `id` names an activity.
    func json(id: (Int) -> String) -> JSONText {
        .members([
            "point": .integer(point.rawValue), "check": .string("\(point)"), "title": point.title.json,
            "value": value.map { .number(($0 * 100).rounded() / 100) } ?? .null, "threshold": threshold.json,
            "met": isMet.map { .bool($0) } ?? .null, "population": .integer(population),
            "activities": .strings(activities.map(id)), "relations": .array(relations.map { .integer($0) }),
        ])
    }
}

extension QualityCheck.Threshold {
    var json: JSONText {
        switch self {
        case .atMostPercent(let bound): .members(["atMost": .number(bound), "unit": .string("percent")])
        case .atLeastPercent(let bound): .members(["atLeast": .number(bound), "unit": .string("percent")])
        case .atMost(let bound): .members(["atMost": .integer(bound), "unit": .string("findings")])
        case .atLeast(let bound): .members(["atLeast": .number(bound), "unit": .string("index")])
        case .passes: .members(["atMost": .integer(0), "unit": .string("failures")])
        }
    }
}

extension QualityCheck.Point {
    public var title: LocalizedText {
        switch self {
        case .logic: .init(zh: "缺少逻辑关系", en: "missing logic")
        case .leads: .init(zh: "负时距", en: "leads")
        case .lags: .init(zh: "正时距", en: "lags")
        case .relationTypes: .init(zh: "完成到开始的关系", en: "finish-to-start relations")
        case .hardConstraints: .init(zh: "硬约束", en: "hard constraints")
        case .highFloat: .init(zh: "总时差超过 44 个工作日", en: "total float above 44 days")
        case .negativeFloat: .init(zh: "负时差", en: "negative float")
        case .highDuration: .init(zh: "工期超过 44 个工作日", en: "duration above 44 days")
        case .invalidDates: .init(zh: "日期矛盾", en: "invalid dates")
        case .resources: .init(zh: "没有资源", en: "without resources")
        case .missedActivities: .init(zh: "晚于基线的活动", en: "missed activities")
        case .criticalPathTest: .init(zh: "关键路径测试", en: "critical path test")
        case .criticalPathLengthIndex: .init(zh: "关键路径长度指数", en: "critical path length index")
        case .baselineExecutionIndex: .init(zh: "基线执行指数", en: "baseline execution index")
        }
    }
}
