import Foundation
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("The payload of an event")
struct EventPayloadTests {
    /// What the log was defined by: Foundation's encoder with sorted keys.
    private func encoded(_ event: CaseEvent) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(event))
    }

    @Test("Every kind of event is written byte for byte as Foundation writes it, and is read back", arguments: [7, 11])
    func canonicalForm(seed: UInt64) throws {
        var random = RandomEvent(seed: seed)
        for kind in CaseEvent.Kind.allCases {
            for _ in 0..<60 {
                let event = random.event(kind)
                #expect(event.kind == kind)
                let payload = event.payload
                #expect(
                    String(decoding: payload, as: UTF8.self) == String(decoding: try encoded(event), as: UTF8.self),
                    "seed \(seed)")
                let read = try CaseEvent(kind: kind.rawValue, schema: CaseEvent.schema, payload: payload)
                #expect(read == event, "seed \(seed)")
            }
        }
    }

    @Test("An event reads as one line of JSON with its members in order")
    func example() {
        let event = CaseEvent(
            on: "2024-03-01", by: Actor(role: .department, department: "housing", name: "张三"), item: "permit",
            .signed(link: 0, opinion: "同意\n“A/B”"))
        #expect(
            String(decoding: event.payload, as: UTF8.self)
                == #"{"by":{"department":"housing","name":"张三","role":"department"},"item":"permit","on":"2024-03-01","#
                + #""what":{"signed":{"link":0,"opinion":"同意\n“A/B”"}}}"#)
    }
}

/// Events with everything that people may write in them, awkward texts and numbers included.
private struct RandomEvent {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func event(_ kind: CaseEvent.Kind) -> CaseEvent {
        let what = happening(kind)
        return CaseEvent(
            on: date(), by: actor(), item: what.isOfItem ? text() : nil, what, grounds: maybe { $0.grounds() })
    }

    private mutating func happening(_ kind: CaseEvent.Kind) -> Happening {
        switch kind {
        case .caseOpened: .caseOpened(opening: opening())
        case .stageStarted: .stageStarted(stage: text())
        case .stageClosed: .stageClosed(stage: text())
        case .caseCompleted: .caseCompleted
        case .caseWithdrawn: .caseWithdrawn(reason: text())
        case .caseCancelled: .caseCancelled(reason: text())
        case .cardExplained: .cardExplained(card: text(), explanation: text())
        case .cardLifted: .cardLifted(card: text(), reason: text())
        case .cardConfirmed: .cardConfirmed(card: text(), reason: text())
        case .caseMigrated: .caseMigrated(migration: migration())
        case .calendarChanged:
            .calendarChanged(
                change: CalendarChange(
                    calendar: text(), from: text(), to: text(), after: date(), promises: [text(): date()],
                    followUps: maybe { $0.some { $0.deadline() } }, deadlines: some { $0.deadline() }, reason: text()))
        case .becameReady: .becameReady
        case .milestoneReached: .milestoneReached
        case .greenChannelOpened:
            .greenChannelOpened(rule: maybe { _ in .credit }, reason: text())
        case .greenChannelClosed: .greenChannelClosed(reason: text())
        case .cardRaised:
            .cardRaised(
                card: text(), level: CardLevel.allCases.randomElement(using: &random)!,
                participant: maybe { $0.text() }, round: integer(), department: maybe { $0.text() },
                person: maybe { $0.text() }, threshold: maybe { $0.text() })
        case .begun: .begun(since: date())
        case .completed: .completed
        case .valuesMeasured:
            .valuesMeasured(
                values: some { MeasuredValue(fact: $0.text(), value: $0.number()) }, exceeded: some { $0.text() })
        case .referred:
            .referred(
                level: AdministrativeLevel.allCases.randomElement(using: &random)!, authority: text(), opinion: text(),
                within: amount())
        case .referralOverran: .referralOverran
        case .appointmentBooked:
            .appointmentBooked(
                number: integer(), purpose: AppointmentPurpose.allCases.randomElement(using: &random)!, date: date(),
                at: TimeOfDay("09:30")!, place: maybe { $0.text() })
        case .appointmentMoved: .appointmentMoved(number: integer(), date: date(), at: TimeOfDay("09:30")!)
        case .appointmentCancelled: .appointmentCancelled(number: integer(), date: date(), reason: text())
        case .appointmentKept: .appointmentKept(number: integer(), date: date())
        case .appointmentMissed: .appointmentMissed(number: integer(), date: date())
        case .referralAnswered:
            .referralAnswered(
                agrees: .random(using: &random), signer: text(), document: text(), opinion: text())
        case .firmReminded: .firmReminded(firm: text(), due: date())
        case .firmOverran: .firmOverran(firm: text(), due: date())
        case .preReviewBegan: .preReviewBegan
        case .preReviewFinished: .preReviewFinished(advice: text(), missing: maybe { $0.points() })
        case .filed:
            .filed(
                attempt: integer(), received: date(), supplied: some { $0.supplied() },
                reused: some { MaterialUse(material: $0.text(), number: $0.integer()) }, missing: some { $0.text() },
                arrival: maybe {
                    Arrival(
                        channel: $0.maybe { $0.one() }, at: $0.maybe { _ in TimeOfDay(minutes: 605)! },
                        place: $0.maybe { $0.text() }, firstContact: $0.maybe { $0.text() })
                })
        case .correctionRequested: .correctionRequested(points: points())
        case .correctionSupplied:
            .correctionSupplied(
                received: date(), supplied: some { $0.supplied() },
                reused: maybe { draw in draw.some { MaterialUse(material: $0.text(), number: $0.integer()) } })
        case .admitted: .admitted(gaps: some { $0.text() }, promise: maybe { $0.date() })
        case .deemedAdmitted:
            .deemedAdmitted(since: date(), gaps: some { $0.text() }, promise: maybe { $0.date() })
        case .admissionRefused: .admissionRefused(reason: text(), rightBody: maybe { $0.text() })
        case .signed: .signed(link: integer(), opinion: text())
        case .supplementRequested: .supplementRequested(points: points())
        case .supplementSupplied: .supplementSupplied(resumes: date(), supplied: some { $0.supplied() })
        case .procedureBegan:
            .procedureBegan(
                kind: SpecialProcedure.allCases.randomElement(using: &random)!, basis: text(), length: amount())
        case .procedureOverran: .procedureOverran
        case .procedureEnded: .procedureEnded(result: text())
        case .suspended: .suspended(reason: text(), approver: text())
        case .resumed: .resumed(reason: text())
        case .extended: .extended(by: amount(), reason: text(), approver: text())
        case .gapsSupplied: .gapsSupplied(supplied: some { $0.supplied() })
        case .gapsReminded: .gapsReminded
        case .promiseBroken: .promiseBroken(missing: some { $0.text() })
        case .granted: .granted
        case .grantedWithGaps: .grantedWithGaps
        case .deemedGranted: .deemedGranted
        case .refused: .refused(reasons: text(), appeal: text())
        case .issued: .issued(outputs: some { $0.supplied() })
        case .checked: .checked(finding: text())
        case .revoked: .revoked(reason: text(), basis: text())
        case .returned: .returned(reason: text())
        case .withdrawn: .withdrawn(reason: text())
        case .commitmentSigned: .commitmentSigned(signer: text())
        case .commitmentDeclined: .commitmentDeclined
        case .reviewBegan: .reviewBegan
        case .legalityReviewed: .legalityReviewed(agrees: .random(using: &random), opinion: text())
        case .procedureScheduled: .procedureScheduled(date: date())
        case .responseOverran: .responseOverran
        case .delivered:
            .delivered(
                method: DeliveryMethod.allCases.randomElement(using: &random)!, tracking: maybe { $0.text() },
                recipient: text())
        case .deliveryOverran: .deliveryOverran
        case .noticeHandedOut:
            .noticeHandedOut(notice: CaseNotice.Kind.allCases.randomElement(using: &random)!, recipient: text())
        case .resultPushed: .resultPushed(to: text())
        case .resultAcknowledged: .resultAcknowledged(note: text())
        case .checkDrawn:
            .checkDrawn(seed: text(), population: integer(), inspectors: some { $0.text() }, due: date())
        case .checkOverran: .checkOverran
        case .breachFound: .breachFound(finding: text(), rectifyBy: maybe { $0.date() })
        case .breachRectified: .breachRectified(note: text())
        case .rectificationMissed: .rectificationMissed
        case .breachRecorded: .breachRecorded(kind: BreachKind.allCases.randomElement(using: &random)!)
        case .effectSuspended: .effectSuspended(cause: BreachKind.allCases.randomElement(using: &random)!)
        case .effectRestored: .effectRestored
        case .appealFiled:
            .appealFiled(
                route: AppealRoute.allCases.randomElement(using: &random)!, lastDay: date(), grounds: text())
        case .appealDecided:
            .appealDecided(
                route: AppealRoute.allCases.randomElement(using: &random)!,
                outcome: AppealOutcome.allCases.randomElement(using: &random)!, reason: text())
        case .lapseReminded: .lapseReminded(voidAfter: date())
        case .permitExtended: .permitExtended(voidAfter: date(), reason: text())
        case .lapsed: .lapsed
        case .opinionGiven:
            .opinionGiven(participant: text(), round: integer(), verdict: verdict(), seen: integer())
        case .opinionDeemed: .opinionDeemed(participant: text(), round: integer())
        case .sessionHeld:
            .sessionHeld(
                votes: some { SessionVote(participant: $0.text(), verdict: $0.verdict(), signer: $0.text()) },
                seen: integer())
        case .opinionsClosed: .opinionsClosed(round: integer(), released: some { $0.text() })
        case .merged:
            .merged(
                round: integer(), passed: .random(using: &random), rectify: .random(using: &random),
                points: some { ParticipantPoint(participant: $0.text(), point: $0.point()) }, note: text())
        case .rectified:
            .rectified(round: integer(), resumes: date(), supplied: some { $0.supplied() }, note: text())
        case .visitProposed:
            .visitProposed(date: date(), remote: .random(using: &random), answerBy: date())
        case .visitAnswered: .visitAnswered(participant: text(), dates: some { $0.date() })
        case .visitFixed: .visitFixed(date: date(), silent: some { $0.text() })
        case .visitLapsed: .visitLapsed(date: date(), fixed: .random(using: &random))
        case .visitHeld:
            .visitHeld(
                votes: some { draw in
                    VisitVote(participant: draw.text(), verdict: draw.verdict(), officers: draw.some { $0.text() })
                }, absent: some { $0.text() }, unsigned: some { $0.text() }, deemed: some { $0.text() },
                remote: .random(using: &random),
                record: maybe { VisitRecord(commitment: $0.text(), guidance: $0.text(), record: $0.text()) },
                seen: integer())
        case .conflictMarked: .conflictMarked(number: integer(), first: quoted(), second: quoted())
        case .conflictResolved: .conflictResolved(number: integer(), resolution: text())
        case .reopened:
            .reopened(
                round: integer(), supplied: some { $0.supplied() }, touched: some { $0.text() }, reason: text())
        case .changeEnded: .changeEnded(reason: text(), appeal: maybe { $0.text() })
        case .ruleCardRaised:
            .ruleCardRaised(
                card: text(), rule: one(), level: one(), participant: maybe { $0.text() },
                department: maybe { $0.text() }, person: maybe { $0.text() }, evidence: text())
        case .rated:
            .rated(step: one(), attempt: integer(), score: integer(), channel: one(), comment: text())
        case .accountabilityNoted: .accountabilityNoted(card: text(), measure: one(), note: text())
        case .matterOpened:
            .matterOpened(
                matter: MatterOpening(
                    id: text(), kind: one(), item: maybe { $0.text() }, department: text(), office: text(),
                    text: text(), due: date()))
        case .matterAnswered:
            .matterAnswered(matter: text(), answer: text(), outcome: maybe { $0.one() }, by: maybe { $0.date() })
        case .matterExtended: .matterExtended(matter: text(), due: date(), reason: text(), approver: text())
        case .matterOverdue: .matterOverdue(matter: text())
        case .matterEscalated: .matterEscalated(matter: text(), office: text(), due: date(), reason: text())
        case .matterCalledBack:
            .matterCalledBack(matter: text(), satisfied: .random(using: &random), note: text())
        case .matterClosed: .matterClosed(matter: text(), note: text())
        case .materialsLookedUp:
            .materialsLookedUp(served: some { $0.served() }, failed: some { $0.failed() })
        case .repeatRequestAvoided: .repeatRequestAvoided(material: text(), number: integer(), request: text())
        case .intakeReceived:
            .intakeReceived(
                intake: IntakeForm(
                    id: text(), stage: text(), lead: maybe { $0.text() }, items: some { $0.text() },
                    supplied: some { $0.supplied() }, served: some { $0.served() }, failed: some { $0.failed() },
                    missing: some { draw in ItemMaterials(item: draw.text(), materials: draw.some { $0.text() }) }))
        case .intakeSupplied: .intakeSupplied(intake: text(), supplied: some { $0.supplied() })
        case .intakeNoticed:
            .intakeNoticed(
                intake: text(), points: some { draw in ItemPoints(item: draw.text(), points: draw.points()) })
        case .workAdded:
            .workAdded(
                addition: WorkAddition(
                    work: Work(
                        id: text(), title: LocalizedText(zh: text(), en: text()), code: maybe { $0.text() },
                        facts: [text(): fact()]), added: some { $0.text() }, reason: text()))
        case .itemsTransferred:
            .itemsTransferred(
                transfer: ItemTransfer(
                    handed: some {
                        Handover(item: $0.text(), participant: nil, from: $0.maybe { $0.text() }, to: $0.text())
                    }, basis: text(), reason: text(),
                    how: maybe { _ in PowerShift.entrusted }))
        case .intakeAdmitted: .intakeAdmitted(intake: text(), items: some { $0.text() })
        }
    }

    private mutating func migration() -> CaseMigration {
        CaseMigration(
            from: VersionName(version: text(), definition: text()),
            to: VersionName(version: text(), definition: text()),
            map: [text(): text()], fresh: some { $0.text() },
            kept: some {
                KeptItem(item: $0.text(), version: $0.text(), definition: $0.text(), isOver: .random(using: &$0.random))
            },
            dropped: some { $0.text() }, added: some { $0.text() },
            handed: some {
                Handover(
                    item: $0.text(), participant: $0.maybe { $0.text() }, from: $0.maybe { $0.text() },
                    to: $0.maybe { $0.text() })
            },
            deadlines: some { $0.deadline() }, reason: text())
    }

    private mutating func deadline() -> DeadlineChange {
        DeadlineChange(
            item: text(), participant: maybe { $0.text() }, deadline: Deadline.allCases.randomElement(using: &random)!,
            from: maybe { $0.date() }, to: maybe { $0.date() }, provisional: .random(using: &random))
    }

    private mutating func text() -> String {
        let pieces = [
            "", "a", "permit/1.0", "联合验收", "\"", "\\", "/", "\u{0}", "\u{8}", "\t", "\n", "\u{C}", "\r", "\u{B}",
            "\u{1F}", "\u{7F}", "\u{85}", "\u{2028}", "é", "e\u{301}", "👩‍👧", "𠮷", "Z", "_", "10", "2",
        ]
        return (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
    }

    private mutating func one<Value: CaseIterable>() -> Value {
        Array(Value.allCases).randomElement(using: &random)!  // no vocabulary is empty
    }

    private mutating func date() -> LocalDate {
        LocalDate(dayNumber: .random(in: LocalDate.earliest.dayNumber...LocalDate.latest.dayNumber, using: &random))
    }

    private mutating func integer() -> Int {
        [0, 1, 9, 10, 99, 100, 12345, -1, -10, .max, .min, .random(in: 0...1000, using: &random)]
            .randomElement(using: &random)!
    }

    private mutating func amount() -> DayAmount {
        DayAmount(
            minutes: .random(in: -5000...50_000, using: &random),
            unit: Bool.random(using: &random) ? .working : .calendar)
    }

    private mutating func fact() -> FactValue {
        switch Int.random(in: 0...2, using: &random) {
        case 0: return .boolean(.random(using: &random))
        case 1:
            return .number(number())
        default: return .text(text())
        }
    }

    private mutating func number() -> Double {
        let numbers: [Double] = [
            0, -0.0, 1, 12.5, 0.1, 1e15, 1e16, 1e17, 1.2345678901234568e17, 1e300, 1e-7, 1e-4, .pi,
            .leastNonzeroMagnitude, .greatestFiniteMagnitude, -32_000,
        ]
        return numbers.randomElement(using: &random)!
    }

    private mutating func opening() -> CaseOpening {
        var facts: [String: FactValue] = [:]
        for _ in 0..<Int.random(in: 0...8, using: &random) { facts[text()] = fact() }
        return CaseOpening(
            project: text(), title: LocalizedText(zh: text(), en: text()),
            owner: maybe { LocalizedText(zh: $0.text(), en: $0.text()) }, ownerCode: maybe { $0.text() },
            workflow: text(), version: text(),
            definition: text(), calendar: text(), calendarVersion: text(), facts: facts,
            works: (0..<Int.random(in: 0...2, using: &random)).map { number in
                Work(
                    id: "w\(number)", title: LocalizedText(zh: text(), en: text()), code: maybe { $0.text() },
                    facts: [text(): fact()])
            })
    }

    private mutating func actor() -> Actor {
        Actor(role: Actor.Role.allCases.randomElement(using: &random)!, department: maybe { $0.text() }, name: text())
    }

    private mutating func grounds() -> Grounds {
        var grounds = Grounds(registry: integer())
        grounds.onBehalfOf = maybe { $0.text() }
        grounds.approvedFor = maybe { $0.text() }
        grounds.assignment = maybe { $0.text() }
        grounds.authority = maybe { $0.text() }
        grounds.bar = maybe { CreditBar(cause: .breach, subject: $0.text(), until: $0.maybe { $0.date() }) }
        grounds.assessments = maybe { $0.some { $0.text() } }
        grounds.firm = maybe { $0.text() }
        grounds.promised = maybe { $0.amount() }
        grounds.standards = maybe {
            $0.some {
                AppliedStandard(
                    assessment: $0.text(), document: $0.text(),
                    standard: ControlStandard(
                        fact: $0.text(), least: $0.maybe { $0.number() }, most: $0.maybe { $0.number() },
                        unit: $0.maybe { $0.text() }))
            }
        }
        return grounds
    }

    private mutating func supplied() -> SuppliedMaterial {
        SuppliedMaterial(
            material: text(), hash: text(), issuedOn: maybe { $0.date() }, validUntil: maybe { $0.date() },
            parts: maybe { $0.some { $0.text() } })
    }

    private mutating func served() -> ServedMaterial {
        let source: MaterialSource =
            switch Int.random(in: 0...2, using: &random) {
            case 0: .anotherCase(id: text(), number: integer(), holder: text())
            case 1: .sharedData(register: text(), asked: text(), answer: text())
            default: .regionalAssessment(id: text(), document: text())
            }
        return ServedMaterial(supplied(), from: source)
    }

    private mutating func failed() -> FailedLookup {
        FailedLookup(material: text(), register: text(), reason: text())
    }

    private mutating func point() -> Point {
        Point(text(), material: maybe { $0.text() }, part: maybe { $0.text() })
    }

    private mutating func quoted() -> ParticipantPoint { ParticipantPoint(participant: text(), point: point()) }

    private mutating func points() -> [Point] { some { $0.point() } }

    private mutating func verdict() -> Verdict {
        switch Int.random(in: 0...3, using: &random) {
        case 0: .pass
        case 1: .passWithConditions(points: points())
        case 2: .fail(points: points())
        default: .notInvolved
        }
    }

    private mutating func maybe<Value>(_ value: (inout RandomEvent) -> Value) -> Value? {
        Bool.random(using: &random) ? value(&self) : nil
    }

    private mutating func some<Value>(_ value: (inout RandomEvent) -> Value) -> [Value] {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in value(&self) }
    }
}
