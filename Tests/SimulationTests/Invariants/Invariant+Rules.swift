import WorkCalendar
import WorkflowModel

@testable import CaseEngine

extension Invariant {
    static let rules: [Invariant] = [
        Invariant(
            number: 6,
            statement: "The version of the opening governs until a migration event, which tells everything it changed",
            source: "行政许可法 art. 8 (reliance); the library", event: governed),
        Invariant(
            number: 7,
            statement: "Nothing is granted or issued before what it waits for is over and stands; issued once",
            source: "行政许可法 arts. 31, 69; 建筑法 art. 8", event: issued),
        Invariant(
            number: 12, statement: "After its end a case takes only what is listed", source: "docs/states.md, the case",
            event: { step in
                switch step.reading.status {
                case .unopened: return step.demand(step.event.kind == .caseOpened, "something before the opening")
                case .open: return step.demand(step.event.kind != .caseOpened, "opened twice")
                case .withdrawn, .cancelled:
                    return step.demand(
                        step.event.kind.isOversight || afterTheEnd.contains(step.event.kind),
                        "\(step.event.kind.rawValue) after the end")
                case .completed:
                    let isLaterCheck = step.rule?.isLaterCheck == true
                    // A change to what was granted is looked at like an application.
                    let isChange = step.event.kind == .reopened || !step.item.before.isEmpty
                    return step.demand(
                        isLaterCheck || isChange || step.event.kind.isOversight
                            || afterCompletion.contains(step.event.kind),
                        "\(step.event.kind.rawValue) after completion")
                }
            }),
        Invariant(
            number: 17, statement: "An answer names the revision of the documents that it saw: the newest one then",
            source: "seen of docs/states.md",
            event: { step in
                let seen: Int
                switch step.event.what {
                case .opinionGiven(_, _, _, let revision), .sessionHeld(_, let revision),
                    .visitHeld(_, _, _, _, _, _, let revision):
                    seen = revision
                default: return nil
                }
                return step.demand(seen == step.item.revision, "saw revision \(seen) of \(step.item.revision)")
            }),
        Invariant(
            number: 18,
            statement: "One correction and one supplement an application; the clock goes on when it is supplied",
            source: "行政许可法 art. 32 (4); 一次性告知",
            event: { step in
                switch step.event.what {
                case .correctionRequested: return step.demand(step.item.corrections == 0, "a second correction")
                case .supplementRequested: return step.demand(step.item.supplements == 0, "a second supplement")
                case .supplementSupplied(let resumes, _), .rectified(_, let resumes, _, _):
                    var day = step.event.on
                    while !step.rules.calendar.isWorking(day) { day = day.adding(days: 1) }
                    return step.demand(resumes == day, "the clock goes on \(resumes), supplied on \(step.event.on)")
                default: return nil
                }
            }),
    ]

    private static let afterTheEnd: Set<CaseEvent.Kind> = [.cardExplained, .cardLifted, .cardConfirmed]

    /// Handing out, promises, checks and their consequences.
    private static let afterCompletion: Set<CaseEvent.Kind> = afterTheEnd.union([
        .issued, .checked, .revoked, .gapsSupplied, .gapsReminded, .promiseBroken, .delivered, .deliveryOverran,
        .noticeHandedOut,
        .resultPushed, .resultAcknowledged, .checkDrawn, .checkOverran, .breachFound, .breachRectified,
        .rectificationMissed, .breachRecorded, .effectSuspended, .effectRestored, .appealFiled, .appealDecided,
        .lapseReminded, .permitExtended, .lapsed, .appointmentBooked, .appointmentMoved, .appointmentCancelled,
        .appointmentKept, .appointmentMissed,
    ])

    @Sendable private static func governed(_ step: EventStep) -> String? {
        guard case .caseMigrated(let migration) = step.event.what else {
            guard let id = step.event.item, step.event.kind != .caseOpened else { return nil }
            return step.demand(step.rules.index(of: id) != nil, "an event of \(id), which the version does not have")
        }
        guard let governing = step.governing else { return "migrated before it was opened" }
        if migration.from != VersionName(version: governing.version, definition: governing.definition) {
            return "migrated from \(migration.from.version), governed by \(governing.version)"
        }
        let old = Set(step.rules.items.map(\.id))
        let new = Set(step.next.items.map(\.id))
        let kept = Set(migration.kept.map(\.item))
        var told = old.subtracting(migration.dropped)
        for (from, to) in migration.map where told.remove(from) != nil { told.insert(to) }
        told.formUnion(migration.added)
        told.formUnion(migration.fresh)
        told.formUnion(kept)
        if told != new { return "the migration does not tell \(told.symmetricDifference(new).sorted())" }
        for (id, item) in step.reading.items {
            let heir = migration.map[id] ?? id
            if migration.dropped.contains(id), item.phase == .review || item.finishedOn != nil {
                return "the migration drops \(id), which was begun"
            }
            guard !item.answered.isEmpty, item.opinionsOpen,
                let rule = step.next.index(of: heir).map({ step.next.item($0) })
            else { continue }
            if migration.fresh.contains(heir) || rule.joint == nil { return "answers of \(id) are lost" }
        }
        return nil
    }

    @Sendable private static func issued(_ step: EventStep) -> String? {
        let kind = step.event.kind
        guard kind == .granted || kind == .grantedWithGaps || kind == .issued, let rule = step.rule else { return nil }
        if kind == .issued {
            if step.item.isIssued { return "issued twice" }
            if step.item.phase != .inFavour { return "issued without a grant" }
        }
        guard let planned = step.rules.plan[rule.id] else { return nil }
        for dependency in planned.after where dependency.phase == nil {
            guard dependency.type == .finishToStart || dependency.type == .finishToFinish,
                let before = step.reading.items[dependency.item]
            else { continue }
            if before.finishedOn == nil { return "\(kind.rawValue) while \(dependency.item) is not over" }
        }
        return nil
    }
}
