import WorkCalendar

// Plain networks: instants, amounts, names and orders.
extension Wording {
    package static func unreadableInstant(_ text: String) -> Wording {
        Wording(
            .unreadableInstant,
            message: .init(zh: "“\(short(text))”不是时刻", en: "“\(short(text))” is no instant"),
            label: .init(zh: "读不出时刻", en: "not an instant"),
            hint: .init(
                zh: "写成 2024-03-01T08:00 或 2024-03-01：1900 至 2199 年的当地时间，不带时区，到分",
                en: "write 2024-03-01T08:00 or 2024-03-01: local time of 1900 to 2199, no zone, to the minute"))
    }

    package static func unreadableSpan(_ text: String, isLag: Bool) -> Wording {
        Wording(
            .unreadableSpan,
            message: .init(
                zh: "“\(short(text))”不是\(isLag ? "时距" : "工期")",
                en: "“\(short(text))” is no \(isLag ? "lag" : "duration")"),
            label: .init(zh: "读不出时长", en: "not an amount of time"),
            hint: isLag
                ? .init(
                    zh: "写整数（分钟）、2d、-4h、90m、1w、2ed（日历时间）或 50%（紧前活动工期的百分比）",
                    en: "write whole minutes, 2d, -4h, 90m, 1w, 2ed (elapsed) or 50% (of the predecessor's duration)")
                : .init(
                    zh: "写整数（分钟）、3d、4h、90m、1w 或 2ed（日历时间），折合整分钟",
                    en: "write whole minutes, 3d, 4h, 90m, 1w or 2ed (elapsed), that make whole minutes"))
    }

    package static func spanOutOfRange(_ text: String) -> Wording {
        Wording(
            .spanOutOfRange,
            message: .init(zh: "“\(short(text))”超出范围", en: "“\(short(text))” is out of range"),
            label: .init(zh: "太长，或为负", en: "too long, or negative"),
            hint: .init(
                zh: "工期不为负；工期和时距至多 2147483648 分钟（约四千年）；百分比在 ±10000% 之内",
                en: "durations are not negative; at most 2147483648 minutes (four thousand years); at most ±10000%"))
    }

    package static func unknownActivity(_ id: String, nearest: String?) -> Wording {
        Wording(
            .unknownActivity,
            message: .init(zh: "没有活动“\(short(id))”", en: "there is no activity “\(short(id))”"),
            label: .init(zh: "不认识的活动", en: "unknown activity"),
            hint: .init(zh: "写 activities 里的一个 id", en: "write an id of “activities”"),
            nearest: nearest)
    }

    package static func duplicateActivity(_ id: String) -> Wording {
        Wording(
            .duplicateActivity,
            message: .init(zh: "两个活动都叫“\(short(id))”", en: "two activities are called “\(short(id))”"),
            label: .init(zh: "第二个", en: "the second of them"),
            hint: .init(zh: "给其中一个改名", en: "rename one of them"))
    }

    package static func relationToItself(_ id: String) -> Wording {
        Wording(
            .relationToItself,
            message: .init(zh: "“\(short(id))”在等待自己", en: "“\(short(id))” waits for itself"),
            label: .init(zh: "紧前和紧后是同一个活动", en: "predecessor and successor are one activity"),
            hint: .init(zh: "改正其中一个，或删掉这个关系", en: "correct one of them, or delete the relation"))
    }

    /// - Parameter path: from an activity to itself, with the kinds of relation, such as `A →SS B → A`.
    package static func activitiesWaitForEachOther(_ path: String) -> Wording {
        Wording(
            .activitiesWaitForEachOther,
            message: .init(zh: "活动互相等待：\(path)", en: "activities wait for each other: \(path)"),
            label: .init(zh: "这个关系在环上", en: "this relation is part of the loop"),
            hint: .init(zh: "删掉环上的一个关系，或把它反过来", en: "delete one relation of the loop, or turn it round"))
    }

    package static func unknownCalendar(_ id: String, known: [String], nearest: String?) -> Wording {
        let some = some(of: known)
        return Wording(
            .unknownCalendarOfNetwork,
            message: .init(zh: "没有日历“\(short(id))”", en: "there is no calendar “\(short(id))”"),
            label: .init(zh: "不认识的日历", en: "unknown calendar"),
            hint: .init(zh: "可以写：\(some.zh)", en: "one of: \(some.en)"),
            nearest: nearest)
    }

    package static func duplicateCalendar(_ id: String) -> Wording {
        Wording(
            .duplicateCalendar,
            message: .init(zh: "两个日历都叫“\(short(id))”", en: "two calendars are called “\(short(id))”"),
            label: .init(zh: "第二个", en: "the second of them"),
            hint: .init(zh: "给其中一个改名", en: "rename one of them"))
    }

    package static let unreadableHours = Wording(
        .unreadableHours,
        message: .init(zh: "这不是一段工作时间", en: "this is no period of work"),
        label: .init(zh: "应为 [\"08:00\", \"12:00\"]", en: "should be [\"08:00\", \"12:00\"]"),
        hint: .init(
            zh: "写成 [\"08:00\", \"12:00\"]：开始早于结束，当天之内，最晚 24:00",
            en: "write [\"08:00\", \"12:00\"]: the start before the end, within one day, at most 24:00"))

    package static func calendarWithoutWork(_ id: String) -> Wording {
        Wording(
            .calendarWithoutWork,
            message: .init(
                zh: "日历“\(short(id))”的一周里没有工作时间", en: "the week of calendar “\(short(id))” has no working time"),
            label: .init(zh: "没有工作时间", en: "no working time"),
            hint: .init(
                zh: "写成 \"week\": {\"mon\": [[\"08:00\", \"12:00\"], [\"13:00\", \"17:00\"]], …}",
                en: "write \"week\": {\"mon\": [[\"08:00\", \"12:00\"], [\"13:00\", \"17:00\"]], …}"))
    }

    package static func dateExceptedTwice(_ date: LocalDate) -> Wording {
        Wording(
            .dateExceptedTwice,
            message: .init(zh: "\(date) 有两个例外", en: "\(date) has two exceptions"),
            label: .init(zh: "第二个", en: "the second of them"),
            hint: .init(zh: "每一天只写一个例外", en: "let each day have one exception"))
    }

    /// - Parameter kinds: the two constraints, such as `SNET` and `SNLT`.
    package static func datesContradict(_ id: String, _ first: String, _ second: String) -> Wording {
        Wording(
            .datesContradict,
            message: .init(
                zh: "“\(short(id))”的 \(first) 和 \(second) 不能同时成立",
                en: "\(first) and \(second) of “\(short(id))” cannot both hold"),
            label: .init(zh: "与 \(first) 矛盾", en: "contradicts \(first)"),
            hint: .init(zh: "改一个日期，或删掉一个约束", en: "change one date, or delete one constraint"))
    }

    package static func dateBeforeStart(_ id: String, _ kind: String, start: String) -> Wording {
        Wording(
            .dateBeforeStart,
            message: .init(
                zh: "“\(short(id))”的 \(kind) 使它在项目开始（\(start)）之前开始",
                en: "\(kind) of “\(short(id))” lets it start before the project does (\(start))"),
            label: .init(zh: "早于项目开始", en: "before the project's start"),
            hint: .init(zh: "改这个日期，或把项目开始提前", en: "change this date, or let the project start earlier"))
    }

    /// - Parameters:
    ///   - finish: the early start or finish that the relations allow.
    ///   - by: the working minutes that are lacking.
    package static func dateCannotBeKept(_ id: String, _ kind: String, possible: String, by minutes: Int) -> Wording {
        Wording(
            .dateCannotBeKept,
            message: .init(
                zh: "“\(short(id))”赶不上 \(kind)：最早 \(possible)，差 \(minutes) 个工作分钟",
                en:
                    "“\(short(id))” cannot keep \(kind): \(possible) at the earliest, \(minutes) working minutes too late"
            ),
            label: .init(zh: "赶不上", en: "cannot be kept"),
            hint: .init(
                zh: "总时差为负的活动说明该压缩哪里；或推迟这个日期",
                en: "activities with negative total float say where to gain time; or put the date off"))
    }

    package static func dateOutsideWorkingTime(_ id: String, _ kind: String) -> Wording {
        Wording(
            .dateOutsideWorkingTime,
            message: .init(
                zh: "“\(short(id))”的 \(kind) 不在它的工作时间内", en: "\(kind) of “\(short(id))” is outside its working time"),
            label: .init(zh: "这时不工作", en: "nobody works then"),
            hint: .init(zh: "写一个工作时刻，或只写日期", en: "write an instant of work, or the date alone"))
    }

    package static func misusedHammock(_ problem: LocalizedText) -> Wording {
        Wording(
            .misusedHammock,
            message: problem,
            label: .init(zh: "时距活动", en: "a hammock"),
            hint: .init(
                zh: "时距活动从成员最早的开始到最晚的完成，没有自己的工期、约束、进度和关系；请写在成员上",
                en:
                    "a hammock lasts from its members' first start to their last finish and has no duration, constraint, progress or relation of its own; write those on members"
            ))
    }

    package static func progressContradicts(_ problem: LocalizedText) -> Wording {
        Wording(
            .progressContradicts,
            message: problem,
            label: .init(zh: "与其他进度矛盾", en: "contradicts other progress"),
            hint: .init(
                zh: "已完成：actualStart 和 actualFinish；进行中：actualStart 和 remaining 或 percentComplete；未开始：都不写",
                en:
                    "finished: actualStart and actualFinish; under way: actualStart and remaining or percentComplete; not started: none of them"
            ))
    }

    package static func progressAfterDataDate(_ id: String) -> Wording {
        Wording(
            .progressAfterDataDate,
            message: .init(
                zh: "“\(short(id))”的实际日期晚于数据日期", en: "an actual date of “\(short(id))” is after the data date"),
            label: .init(zh: "还没有到", en: "not reached yet"),
            hint: .init(
                zh: "数据日期是进度报到的时刻；没有写时是项目开始",
                en: "the data date is up to when progress is told; without one it is the project's start"))
    }

    package static func relationTwice(_ text: String) -> Wording {
        Wording(
            .relationTwice,
            message: .init(zh: "关系 \(text) 写了两次", en: "the relation \(text) is written twice"),
            label: .init(zh: "第二次", en: "for the second time"),
            hint: .init(zh: "两个都算；删掉一个结果不变", en: "both count; without one of them nothing changes"))
    }

    package static let noActivities = Wording(
        .noActivities,
        message: .init(zh: "网络里没有活动", en: "the network has no activities"),
        label: .init(zh: "这里是空的", en: "nothing stands here"),
        hint: .init(
            zh: "写成 \"activities\": [{\"id\": \"A\", \"duration\": \"3d\"}]",
            en: "write \"activities\": [{\"id\": \"A\", \"duration\": \"3d\"}]"))

    package static let lagOnTwoCalendars = Wording(
        .lagOnTwoCalendars,
        message: .init(zh: "时距同时按日历时间和工作日历计", en: "the lag is elapsed and has a calendar as well"),
        label: .init(zh: "与 lag 的单位矛盾", en: "contradicts the unit of the lag"),
        hint: .init(zh: "写 2d 加 lagCalendar，或只写 2ed", en: "write 2d and the calendar, or 2ed alone"))
}
