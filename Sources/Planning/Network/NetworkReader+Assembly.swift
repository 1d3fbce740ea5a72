import Scheduling
import WorkCalendar
import WorkflowModel

/// Progress as it is written.
struct WrittenProgress {
    let start: WrittenInstant?
    let finish: WrittenInstant?
    let remaining: WrittenSpan?
    let percentComplete: Double?
    /// Where the progress is pointed at.
    let place: TextSpan
}

extension NetworkReader {
    /// What the drafts come to.
    struct Assembly {
        var activities: [Activity] = []
        var titles: [String] = []
        var resources: [[String]?] = []
        var hammocks: [Hammock] = []
        var hammockTitles: [String] = []
        var rows: [NetworkFile.Row] = []
    }

    mutating func assemble(start: Minute, dataDate: Minute?) -> Assembly {
        var assembly = Assembly()
        var index: [Int] = []
        for draft in drafts where draft.members == nil {
            assembly.activities.append(activity(draft, dataDate: dataDate ?? start))
            assembly.titles.append(draft.title ?? draft.id)
            assembly.resources.append(draft.resources)
        }
        var (activities, hammocks) = (0, 0)
        for draft in drafts {
            assembly.rows.append(draft.members == nil ? .activity(activities) : .hammock(hammocks))
            index.append(draft.members == nil ? activities : hammocks)
            if draft.members == nil { activities += 1 } else { hammocks += 1 }
        }
        let members = memberships()
        for (number, draft) in drafts.enumerated() where draft.members != nil {
            let own = leaves(of: number, members).map { index[$0] }.sorted()
            if own.isEmpty, !report.hasErrors {
                report.add(
                    .misusedHammock(
                        .init(
                            zh: "时距活动“\(Wording.short(draft.id))”没有成员",
                            en: "the hammock “\(Wording.short(draft.id))” has no members")), at: draft.place)
            }
            assembly.hammocks.append(Hammock(draft.id, members: own, calendar: draft.calendar))
            assembly.hammockTitles.append(draft.title ?? draft.id)
        }
        return assembly
    }

    // MARK: Hammocks

    /// For each draft the drafts that it spans, by what it says itself and by what names it as parent.
    private func memberships() -> [Int: [Int]] {
        var members: [Int: [Int]] = [:]
        func find(_ id: String, _ place: TextSpan) -> Int? {
            if let found = draftIndex[id] { return found }
            report.add(
                .unknownActivity(id, nearest: nearestName(to: id, among: draftIndex.keys.lazy.prefix(5000))), at: place)
            return nil
        }
        for (number, draft) in drafts.enumerated() {
            for member in draft.members ?? [] {
                if let found = find(member.id, member.place) { members[number, default: []].append(found) }
            }
            guard let parent = draft.parent, let found = find(parent.id, parent.place) else { continue }
            if drafts[found].members == nil {
                report.add(
                    .misusedHammock(
                        .init(
                            zh: "“\(Wording.short(parent.id))”不是时距活动，不能有成员",
                            en: "“\(Wording.short(parent.id))” is no hammock and has no members")), at: parent.place)
            } else {
                members[found, default: []].append(number)
            }
        }
        return members
    }

    /// The activities below a hammock, each once; a hammock that holds itself is reported.
    private func leaves(of hammock: Int, _ members: [Int: [Int]]) -> Set<Int> {
        var leaves: Set<Int> = []
        var seen: Set<Int> = []
        var open = members[hammock] ?? []
        while let next = open.popLast() {
            if next == hammock {
                report.add(
                    .misusedHammock(
                        .init(
                            zh: "时距活动“\(Wording.short(drafts[hammock].id))”包含自己",
                            en: "the hammock “\(Wording.short(drafts[hammock].id))” holds itself")),
                    at: drafts[hammock].place)
                return []
            }
            guard seen.insert(next).inserted else { continue }
            if drafts[next].members == nil { leaves.insert(next) } else { open += members[next] ?? [] }
        }
        return leaves
    }

    // MARK: Activities

    private func activity(_ draft: ActivityDraft, dataDate: Minute) -> Activity {
        let time = calendars[draft.calendar]
        let duration = draft.duration?.minutes(perDay: minutesPerDay) ?? 0
        var activity = Activity(draft.id, duration: duration, calendar: draft.calendar)
        activity.constraints.asLateAsPossible = draft.asLateAsPossible
        for date in draft.dates {
            activity.constraints[date.kind] =
                date.kind.bindsStart ? date.instant.start(on: time) : date.instant.finish(on: time)
        }
        checkContradictions(activity.constraints, draft)
        if let written = draft.progress {
            activity.progress = progress(written, of: draft, duration, dataDate: dataDate)
        }
        return activity
    }

    private func checkContradictions(_ own: DateConstraints, _ draft: ActivityDraft) {
        guard draft.dates.count > 1 else { return }
        typealias Kind = DateConstraints.Kind
        if own.mustStart != nil, own.mustFinish != nil { contradiction(.mustStart, .mustFinish, draft) }
        let pairs: [(lower: Kind, upper: Kind)] = [
            (.startNoEarlier, .startNoLater), (.finishNoEarlier, .finishNoLater), (.startNoEarlier, .mustStart),
            (.mustStart, .startNoLater), (.finishNoEarlier, .mustFinish), (.mustFinish, .finishNoLater),
        ]
        for (lower, upper) in pairs {
            if let low = own[lower], let high = own[upper], low > high { contradiction(lower, upper, draft) }
        }
    }

    private func contradiction(_ first: DateConstraints.Kind, _ second: DateConstraints.Kind, _ draft: ActivityDraft) {
        let places = [first, second].compactMap { kind in draft.dates.first { $0.kind == kind }?.place }
        guard places.count == 2 else { return }
        report.add(
            .datesContradict(draft.id, first.abbreviation, second.abbreviation), at: places[1],
            notes: [(places[0], LocalizedText(zh: "\(first.abbreviation) 在这里", en: "\(first.abbreviation) is here"))])
    }

    // MARK: Progress

    func progress(_ fields: Fields) -> WrittenProgress? {
        let keys = ["actualStart", "actualFinish", "remaining", "percentComplete"]
        guard let first = keys.first(where: fields.has) else { return nil }
        var percent: Double?
        if fields.has("percentComplete") {
            percent = fields.number("percentComplete")
            if let percent, !(0...100).contains(percent) {
                report.add(
                    .progressContradicts(
                        .init(zh: "percentComplete 在 0 到 100 之间", en: "percentComplete lies between 0 and 100")),
                    at: fields.span("percentComplete"))
            }
        }
        return WrittenProgress(
            start: instant(fields, "actualStart"), finish: instant(fields, "actualFinish"),
            remaining: span(fields, "remaining", isLag: false), percentComplete: percent, place: fields.keySpan(first))
    }

    private func progress(
        _ written: WrittenProgress, of draft: ActivityDraft, _ duration: Int, dataDate: Minute
    ) -> ActivityProgress? {
        func contradiction(_ zh: String, _ en: String) -> ActivityProgress? {
            report.add(
                .progressContradicts(
                    .init(zh: "“\(Wording.short(draft.id))”\(zh)", en: "“\(Wording.short(draft.id))” \(en)")),
                at: written.place)
            return nil
        }
        let time = calendars[draft.calendar]
        let isBegun = (written.percentComplete ?? 0) > 0 || written.remaining != nil || written.finish != nil
        guard let start = written.start?.start(on: time) else {
            return isBegun ? contradiction("有进度，却没有 actualStart", "has progress but no actualStart") : nil
        }
        if written.remaining != nil, written.percentComplete != nil {
            return contradiction(
                "同时写了 remaining 和 percentComplete", "has both remaining and percentComplete")
        }
        let remaining =
            written.remaining?.minutes(perDay: minutesPerDay)
            ?? written.percentComplete.map { Int((Double(duration) * (100 - $0) / 100).rounded()) }
        let finish = written.finish?.finish(on: time)
        if let last = [start, finish].compactMap(\.self).max(), last > dataDate {
            report.add(.progressAfterDataDate(draft.id), at: written.place)
            return nil
        }
        guard let finish else {
            if written.percentComplete == 100 {
                return contradiction("已完成 100%，却没有 actualFinish", "is 100 percent complete but has no actualFinish")
            }
            return ActivityProgress(start: start, remaining: remaining ?? duration)
        }
        if finish < start { return contradiction("先完成后开始", "finishes before it starts") }
        if (remaining ?? 0) > 0 { return contradiction("已完成，却还有剩余", "is finished but has work left") }
        return ActivityProgress(start: start, finish: finish)
    }
}
