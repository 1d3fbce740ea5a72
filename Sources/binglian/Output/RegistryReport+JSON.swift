import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

extension RegistryReport {
    /// As documented in `docs/json.md#registry`.
    var json: JSONText {
        .members([
            "asOf": .string(on.description), "version": .integer(registry.version),
            "officers": .array(officers.map(json)),
            "windowAuthorities": .array(authorities.map(json)),
            "agents": .array(agents.map { .members(["name": .string($0.name), "contact": .optional($0.contact)]) }),
            "assignments": .array(assignments.map(json)),
            "keyProjects": .array(
                keyProjects.map {
                    .members(["project": .string($0), "reason": .string(registry.keyProjects[$0] ?? "")])
                }),
            "owners": .array(owners.map(json)),
            "lists": .array(
                listings.map {
                    .members([
                        "subject": .string($0.subject.id), "kind": .string($0.subject.kind),
                        "list": .string($0.listing.list.rawValue), "reason": .string($0.listing.reason),
                        "until": .optional($0.listing.until?.description),
                    ])
                }),
            "breaches": .array(breaches.map(json)),
            "firms": .array(firms.map(json)),
            "selections": .array(registry.selections.map(json)),
            "tenders": .array(tenders.map { json($0) }),
            "contracts": .array(contracts.map { json($0) }),
            "assessments": .array(assessments.map(json)),
            "zones": .array(
                placed.map {
                    let zone = registry.zones[$0] ?? ""
                    return .members([
                        "project": .string($0), "zone": .string(zone), "facts": .strings(facts(in: zone)),
                    ])
                }),
            "policy": .members([
                "barMonths": .integer(registry.policy.barMonths),
                "keyProjectsPerAgent": .integer(registry.policy.keyProjectsPerAgent),
                "greenGrade": .string(registry.policy.greenGrade.rawValue),
                "firmBreaches": .integer(registry.policy.firmBreaches),
                "booking": .members([
                    "slotMinutes": .integer(registry.policy.booking.slotMinutes),
                    "capacity": .integer(registry.policy.booking.capacity),
                    "daysAhead": .integer(registry.policy.booking.daysAhead),
                    "noShows": .integer(registry.policy.booking.noShows),
                ]),
            ]),
            "service": registry.service.map { $0.words.json } ?? .null,
        ])
    }

    private func json(_ officer: Officer) -> JSONText {
        let away = absence(of: officer)
        return .members([
            "department": .string(officer.department), "name": .string(officer.name),
            "roles": .strings(officer.roles.sorted().map(\.rawValue)), "deputy": .optional(officer.deputy),
            "contact": .optional(officer.contact), "from": .optional(officer.from?.description),
            "until": .optional(officer.until?.description),
            "awayUntil": .optional(away?.absence.through.description), "actingDeputy": .optional(away?.deputy),
        ])
    }

    private func json(_ authority: WindowAuthority) -> JSONText {
        .members([
            "item": .string(authority.item), "department": .string(authority.department),
            "level": .string(authority.level.rawValue), "officer": .optional(authority.officer),
            "from": .optional(authority.from?.description), "until": .optional(authority.until?.description),
        ])
    }

    private func json(_ assignment: Assignment) -> JSONText {
        .members([
            "id": .string(assignment.id), "agent": .string(assignment.agent), "project": .optional(assignment.project),
            "owner": .optional(assignment.owner), "actions": .strings(assignment.actions.map(\.rawValue)),
            "stages": .strings(assignment.stages), "from": .string(assignment.from.description),
            "until": .string(assignment.until.description), "isInForce": .bool(assignment.isInForce(on: on)),
        ])
    }

    private func json(_ owner: OwnerRecord) -> JSONText {
        let bar = registry.bar(of: owner.code, on: on)
        return .members([
            "code": .string(owner.code), "name": .string(owner.name), "isDeveloper": .bool(owner.isDeveloper),
            "grade": .optional(registry.grades[owner.code]?.rawValue),
            "persons": .array(
                owner.persons.map {
                    .members([
                        "name": .string($0.name), "number": .optional($0.number),
                        "relation": .string($0.relation.rawValue),
                    ])
                }),
            "bar": bar.map {
                .members([
                    "cause": .string($0.cause.rawValue), "subject": .string($0.subject),
                    "until": .optional($0.until?.description),
                ])
            } ?? .null,
        ])
    }

    private func json(_ breach: Breach) -> JSONText {
        .members([
            "id": .string(breach.id), "owner": .string(breach.owner), "kind": .string(breach.kind.rawValue),
            "case": .string(breach.caseID), "sequence": .integer(breach.sequence), "item": .string(breach.item),
            "on": .string(breach.on.description),
        ])
    }

    func json(_ firm: Firm) -> JSONText {
        func json(_ side: FirmRating.Side) -> JSONText {
            let (count, mean) = ratings(of: firm.code, side)
            return .members(["count": .integer(count), "mean": mean.map { .number($0) } ?? .null])
        }
        return .members([
            "code": .string(firm.code), "name": .string(firm.name), "grade": .optional(firm.grade?.rawValue),
            "currentGrade": .optional(grade(of: firm)?.rawValue),
            "lateServices": .integer(registry.lateServices(of: firm.code, on: on).count),
            "barredUntil": .optional(registry.lastDayBarred(ofFirm: firm.code, on: on)?.description),
            "services": .array(
                firm.services.map {
                    .members([
                        "service": .string($0.service), "time": .string($0.time.description), "fee": .string($0.fee),
                        "standard": .string($0.standard),
                    ])
                }),
            "qualifications": .array(
                firm.qualifications.map {
                    .members([
                        "name": .string($0.name), "services": .strings($0.services),
                        "from": .string($0.from.description), "until": .string($0.until.description),
                    ])
                }),
            "affiliations": .strings(firm.affiliations), "ratings": json(.firm), "ratingsOfOwners": json(.owner),
            "isBlacklisted": .bool(registry.listing(.firm(firm.code), on: .black, date: on) != nil),
        ])
    }

    private func json(_ logged: LoggedSelection) -> JSONText {
        .members([
            "on": .string(logged.on.description), "by": .string(logged.by.name),
            "role": .string(logged.by.department ?? logged.by.role.rawValue),
            "firm": .string(logged.selection.firm), "service": .string(logged.selection.service),
            "project": .string(logged.selection.project), "item": .string(logged.selection.item),
            "department": .optional(logged.selection.department), "method": .string(logged.selection.method.rawValue),
            "payer": .string(logged.selection.payer.rawValue),
            "tender": .optional(logged.selection.tender), "flags": .strings(logged.flags.map(\.rawValue)),
        ])
    }

    private func json(_ assessment: RegionalAssessment) -> JSONText {
        .members([
            "id": .string(assessment.id), "topic": .string(assessment.topic), "facts": .strings(assessment.facts),
            "zones": .strings(assessment.zones), "document": .string(assessment.document),
            "from": .string(assessment.from.description), "until": .string(assessment.until.description),
            "isInForce": .bool(assessment.isInForce(on: on)), "materials": .strings(assessment.materials ?? []),
            "hash": .optional(assessment.hash),
            "standards": .array(
                (assessment.standards ?? []).map { standard in
                    .members([
                        "fact": .string(standard.fact), "least": standard.least.map { .number($0) } ?? .null,
                        "most": standard.most.map { .number($0) } ?? .null, "unit": .optional(standard.unit),
                    ])
                }),
        ])
    }
}
