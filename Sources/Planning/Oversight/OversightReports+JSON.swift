import CaseEngine
import WorkCalendar
import WorkflowModel

extension OverdueList {
    /// As documented in `docs/json.md#report-overdue`.
    public var json: JSONText {
        .array(
            sorted.map { row in
                .members([
                    "project": .string(row.project), "item": .string(row.item), "title": row.title.json,
                    "department": .string(row.department), "departmentTitle": row.departmentTitle.json,
                    "limit": row.limit.json, "due": .string(row.due.description), "overdue": .integer(row.overdue),
                    "pastStatutory": .bool(row.isPastStatutory), "decidedOn": .optional(row.end?.description),
                    "reason": .optional(row.reason),
                ])
            })
    }
}

extension DepartmentTable {
    /// As documented in `docs/json.md#report-departments`.
    public var json: JSONText {
        .members([
            "departments": .array(ranked.map(\.json)),
            "shares": .members([
                "instant": .share(instantShare), "instantSameDay": .share(instantSameDay),
                "online": .share(channels.onlineShare), "visits": .share(channels.meanVisits),
            ]),
        ])
    }
}

extension DepartmentTable.Row {
    fileprivate var json: JSONText {
        .members([
            "department": .string(department), "title": title.json, "handled": .integer(handled),
            "inTime": .integer(inTime), "inTimeShare": .share(inTimeShare), "open": .integer(open),
            "openLate": .integer(openLate), "usedOfPromised": .share(usedOfPromised),
            "corrections": .integer(corrections),
            "cards": .object(CardLevel.allCases.map { JSONText.Member($0.rawValue, .integer(cards[$0] ?? 0)) }),
            "lifted": .integer(lifted), "ratings": .integer(ratings), "meanScore": .share(meanScore),
            "badRatings": .integer(badRatings), "followUps": .integer(followUps), "complaints": .integer(complaints),
            "lateMatters": .integer(lateMatters),
        ])
    }
}

extension RatingTable {
    /// As documented in `docs/json.md#report-ratings`.
    public var json: JSONText {
        .array(
            sorted.map { row in
                .members([
                    "period": .string(row.period), "department": .string(row.department), "title": row.title.json,
                    "count": .integer(row.count), "scores": .array(row.scores.map { .integer($0) }),
                    "mean": .share(row.mean), "satisfied": .share(row.satisfied), "bad": .integer(row.bad),
                    "answered": .integer(row.answered), "answeredInTime": .integer(row.inTime),
                    "calledBack": .integer(row.calledBack),
                    "outcomes": .object(
                        BadRatingOutcome.allCases.map { .init($0.rawValue, .integer(row.outcomes[$0] ?? 0)) }),
                    "channels": .object(
                        RatingChannel.allCases.map { .init($0.rawValue, .integer(row.channels[$0] ?? 0)) }),
                ])
            })
    }
}

extension Bottlenecks {
    /// As documented in `docs/json.md#report-bottlenecks`.
    public var json: JSONText {
        .array(
            sorted.map { row in
                .members([
                    "item": .string(row.item), "participant": .optional(row.participant), "title": row.title.json,
                    "department": .string(row.department), "count": .integer(row.count), "open": .integer(row.open),
                    "late": .integer(row.late), "total": .share(row.total),
                    "share": .share(total == 0 ? nil : row.total / total), "mean": .share(row.mean),
                    "median": .share(row.percentile(0.5)), "p80": .share(row.percentile(0.8)),
                    "longest": .share(row.longest), "corrections": .integer(row.corrections),
                    "supplements": .integer(row.supplements), "rounds": .integer(row.rounds),
                    "meanToFile": .share(row.meanToFile), "meanToAdmit": .share(row.meanToAdmit),
                ])
            })
    }
}

extension Ledger {
    /// As documented in `docs/json.md#report-ledger`.
    public var json: JSONText {
        .array(rows.map { row in .object(zip(Self.columns, row).map { JSONText.Member($0, .string($1)) }) })
    }
}

extension JSONText {
    /// A number of at most four decimals, or `null`.
    fileprivate static func share(_ value: Double?) -> JSONText {
        value.map { .number(($0 * 10_000).rounded() / 10_000) } ?? .null
    }
}

extension ChannelTable {
    /// As documented in `docs/json.md#report-channels`.
    public var json: JSONText {
        .members([
            "filed": .integer(filed), "known": .integer(known),
            "channels": .object(
                ArrivalChannel.allCases.map { JSONText.Member($0.rawValue, .integer(intakes[$0] ?? 0)) }),
            "deliveries": .object(
                DeliveryMethod.allCases.map { JSONText.Member($0.rawValue, .integer(deliveries[$0] ?? 0)) }),
            "onlineShare": .share(onlineShare), "withoutVisit": .share(share(withVisitsUpTo: 0)),
            "atMostOneVisit": .share(share(withVisitsUpTo: 1)), "meanVisits": .share(meanVisits),
            "firstContacts": .object(
                firstContacts.sorted { $0.key < $1.key }.map { JSONText.Member($0.key, .integer($0.value)) }),
        ])
    }
}
