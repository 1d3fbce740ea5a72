import WorkCalendar
import WorkflowModel

/// Something that happened in a case (办件事件): what, to which item, when it counts and by whom.
///
/// Events are facts. They are never edited; a later shape of an event has a higher schema and the older ones are read
/// as they were.
public struct CaseEvent: Hashable, Sendable {
    /// The date at whose closing it takes effect. Never before that of an earlier event of the case.
    public let on: LocalDate
    public let by: Actor
    /// The id of the item; `nil` for what happens to the whole case.
    public let item: String?
    public let what: Happening
    /// Of one element where the registry had a say: most events have none, and all of them are copied often.
    private let allGrounds: [Grounds]

    /// What the decision took from the registry.
    public var grounds: Grounds? { allGrounds.first }

    /// - Precondition: an event of an item names it (``Happening/isOfItem``).
    public init(on: LocalDate, by: Actor, item: String? = nil, _ what: Happening, grounds: Grounds? = nil) {
        precondition(what.isOfItem == (item != nil), "an event of an item names it, and no other does")
        self.on = on
        self.by = by
        self.item = item
        self.what = what
        self.allGrounds = grounds.map { [$0] } ?? []
    }

    /// The event's name in the log and in the transition tables.
    public var kind: Kind { what.kind }

    /// The shape of the payload; raised when a field changes its meaning.
    public static let schema = 1
}

/// What happened (事件内容); the names are those of the log.
public enum Happening: Hashable, Sendable, Codable {
    // The case.
    indirect case caseOpened(opening: CaseOpening)
    case stageStarted(stage: String)
    case stageClosed(stage: String)
    case caseCompleted
    case caseWithdrawn(reason: String)
    case caseCancelled(reason: String)
    case cardExplained(card: String, explanation: String)
    case cardLifted(card: String, reason: String)
    case cardConfirmed(card: String, reason: String)
    /// The case goes first: by a rule, or for a reason where no rule says so.
    case greenChannelOpened(rule: GreenChannelRule?, reason: String)
    case greenChannelClosed(reason: String)
    /// The case goes on under another version of its workflow.
    indirect case caseMigrated(migration: CaseMigration)
    /// Days ahead are counted on a new version of the calendar.
    indirect case calendarChanged(change: CalendarChange)

    /// Items go on at another body while the workflow stays.
    case itemsTransferred(transfer: ItemTransfer)
    /// The project has another work.
    indirect case workAdded(addition: WorkAddition)

    // One form for a whole stage.
    /// A form for a stage came in at the window, with everything that is missing, once and for all items.
    indirect case intakeReceived(intake: IntakeForm)
    case intakeSupplied(intake: String, supplied: [SuppliedMaterial])
    /// The one notice of what is to be put right, over all items of the form.
    case intakeNoticed(intake: String, points: [ItemPoints])
    case intakeAdmitted(intake: String, items: [String])

    // Every item.
    case becameReady
    case milestoneReached
    /// A card (蓝黄红牌) for the item, or for one participant of it, in a round. `person` was in charge then;
    /// `threshold` is what was reached, when the policy of the case names another than is usual for the level.
    case cardRaised(
        card: String, level: CardLevel, participant: String?, round: Int, department: String?, person: String?,
        threshold: String?)

    // Work outside government clocks.
    /// The work counts from `since`, the day it became ready unless it was begun later.
    case begun(since: LocalDate)
    case completed
    /// The time that the firm promised is nearly over; `due` is its last day.
    case firmReminded(firm: String, due: LocalDate)
    /// The firm did not keep its promised time, for its credit record.
    case firmOverran(firm: String, due: LocalDate)

    // Applications, joint ones too.
    case preReviewBegan
    case preReviewFinished(advice: String, missing: [Point]? = nil)
    /// `received` is the working day that the filing counts as received; `reused` was already held and is not asked
    /// again; `missing` are minor materials to follow under tolerance; `arrival` says how it came in.
    case filed(
        attempt: Int, received: LocalDate, supplied: [SuppliedMaterial], reused: [MaterialUse], missing: [String],
        arrival: Arrival? = nil)
    case correctionRequested(points: [Point])
    /// `reused` came with the answer to the one notice of a stage, which has put them into the store.
    case correctionSupplied(received: LocalDate, supplied: [SuppliedMaterial], reused: [MaterialUse]? = nil)
    /// `gaps` may follow until `promise`.
    case admitted(gaps: [String], promise: LocalDate?)
    /// Nothing was said within five working days: admitted since the day of receipt.
    case deemedAdmitted(since: LocalDate, gaps: [String], promise: LocalDate?)
    case admissionRefused(reason: String, rightBody: String?)
    case signed(link: Int, opinion: String)
    case supplementRequested(points: [Point])
    case supplementSupplied(resumes: LocalDate, supplied: [SuppliedMaterial])
    case procedureBegan(kind: SpecialProcedure, basis: String, length: DayAmount)
    case procedureOverran
    case procedureEnded(result: String)
    case suspended(reason: String, approver: String)
    case resumed(reason: String)
    case extended(by: DayAmount, reason: String, approver: String)
    case gapsSupplied(supplied: [SuppliedMaterial])
    case gapsReminded
    case promiseBroken(missing: [String])
    case granted
    case grantedWithGaps
    /// Silence past the limit taken as agreement, where the definition allows it; a default of the department.
    case deemedGranted
    case refused(reasons: String, appeal: String)
    case issued(outputs: [SuppliedMaterial])
    case checked(finding: String)
    case revoked(reason: String, basis: String)
    case returned(reason: String)
    case withdrawn(reason: String)

    // Materials that nobody has to hand in.
    /// What was taken over from outside the case, and what was looked for in vain.
    case materialsLookedUp(served: [ServedMaterial], failed: [FailedLookup])
    /// `by` asked the applicant, with the command `request`, for what document `number` of the store serves.
    case repeatRequestAvoided(material: String, number: Int, request: String)

    // Promises, and what follows a decision.
    case commitmentSigned(signer: String)
    case commitmentDeclined
    case reviewBegan
    case legalityReviewed(agrees: Bool, opinion: String)
    case procedureScheduled(date: LocalDate)
    /// Nobody named a date for the procedure in time.
    case responseOverran
    case delivered(method: DeliveryMethod, tracking: String?, recipient: String)
    case deliveryOverran
    /// The window hands a department's notice out to the applicant.
    case noticeHandedOut(notice: CaseNotice.Kind, recipient: String)
    /// The result goes to the department that supervises what was granted.
    case resultPushed(to: String)
    case resultAcknowledged(note: String)
    case checkDrawn(seed: String, population: Int, inspectors: [String], due: LocalDate)
    case checkOverran
    /// `rectifyBy` is the last day to put it right; `nil` when there is none.
    case breachFound(finding: String, rectifyBy: LocalDate?)
    case breachRectified(note: String)
    case rectificationMissed
    /// For the owner's credit record, which bars it from tolerance and commitments for a time.
    case breachRecorded(kind: BreachKind)
    /// What was granted has no effect until it is revoked or the promise is kept after all.
    case effectSuspended(cause: BreachKind)
    case effectRestored
    /// `lastDay` was the last on which it could be filed.
    case appealFiled(route: AppealRoute, lastDay: LocalDate, grounds: String)
    case appealDecided(route: AppealRoute, outcome: AppealOutcome, reason: String)
    case lapseReminded(voidAfter: LocalDate)
    case permitExtended(voidAfter: LocalDate, reason: String)
    /// Nobody made use of it in time: it is void.
    case lapsed

    // Joint items.
    /// `seen` is the revision of the item's documents that the opinion refers to.
    case opinionGiven(participant: String, round: Int, verdict: Verdict, seen: Int)
    /// Silence past the limit taken as agreement; a default of the department.
    case opinionDeemed(participant: String, round: Int)
    case sessionHeld(votes: [SessionVote], seen: Int)
    /// All are in, or enough to pass; `released` need not answer any more.
    case opinionsClosed(round: Int, released: [String])
    /// The consolidated notice of a round.
    case merged(round: Int, passed: Bool, rectify: Bool, points: [ParticipantPoint], note: String)
    case rectified(round: Int, resumes: LocalDate, supplied: [SuppliedMaterial], note: String)
    /// Participants answer by `answerBy`; who does not is taken to accept the date that suits the others.
    case visitProposed(date: LocalDate, remote: Bool, answerBy: LocalDate)
    case visitAnswered(participant: String, dates: [LocalDate])
    /// One date suits all and is told to everyone at once; `silent` did not answer, a default of theirs.
    case visitFixed(date: LocalDate, silent: [String])
    /// No date suited all or, `fixed`, nobody recorded anything on the day.
    case visitLapsed(date: LocalDate, fixed: Bool)
    /// `absent` and `unsigned` are defaults of theirs; `deemed` among them are taken to accept what was settled, the
    /// others are still asked.
    case visitHeld(
        votes: [VisitVote], absent: [String], unsigned: [String], deemed: [String], remote: Bool,
        record: VisitRecord?, seen: Int)
    case conflictMarked(number: Int, first: ParticipantPoint, second: ParticipantPoint)
    case conflictResolved(number: Int, resolution: String)
    /// Documents changed; `touched` look again in a round of their own and all other opinions stand.
    case reopened(round: Int, supplied: [SuppliedMaterial], touched: [String], reason: String)
    /// A change to what was granted came to nothing, refused or, without ways to `appeal`, given up; the grant stands.
    case changeEnded(reason: String, appeal: String?)

    /// What was built was measured at its acceptance; `exceeded` are the facts beyond a control value of the area.
    case valuesMeasured(values: [MeasuredValue], exceeded: [String])

    // Appointments, by their numbers in the item.
    case appointmentBooked(number: Int, purpose: AppointmentPurpose, date: LocalDate, at: TimeOfDay, place: String?)
    case appointmentMoved(number: Int, date: LocalDate, at: TimeOfDay)
    case appointmentCancelled(number: Int, date: LocalDate, reason: String)
    case appointmentKept(number: Int, date: LocalDate)
    /// The day is over and nobody came, or nobody said so.
    case appointmentMissed(number: Int, date: LocalDate)

    // Other levels.
    /// Examined here and handed to an authority of another level, whose clock starts; the own one rests.
    case referred(level: AdministrativeLevel, authority: String, opinion: String, within: DayAmount)
    case referralOverran
    case referralAnswered(agrees: Bool, signer: String, document: String, opinion: String)

    // Supervision, beside the items.
    /// A card for something other than time, by the supervisor's hand or by rule.
    case ruleCardRaised(
        card: String, rule: SupervisionRule, level: CardLevel, participant: String?, department: String?,
        person: String?, evidence: String)
    case rated(step: RatedStep, attempt: Int, score: Int, channel: RatingChannel, comment: String)
    case accountabilityNoted(card: String, measure: AccountabilityMeasure, note: String)
    case matterOpened(matter: MatterOpening)
    /// `by` is the date by which a fault is put right.
    case matterAnswered(matter: String, answer: String, outcome: BadRatingOutcome?, by: LocalDate?)
    case matterExtended(matter: String, due: LocalDate, reason: String, approver: String)
    case matterOverdue(matter: String)
    case matterEscalated(matter: String, office: String, due: LocalDate, reason: String)
    case matterCalledBack(matter: String, satisfied: Bool, note: String)
    case matterClosed(matter: String, note: String)
}

/// A held document that an item uses (材料复用).
public struct MaterialUse: Hashable, Sendable, Codable {
    public let material: String
    /// The number of the document in the case's store, from 1.
    public let number: Int

    public init(material: String, number: Int) {
        self.material = material
        self.number = number
    }
}

/// A point of a consolidated notice and the participant who raised it.
public struct ParticipantPoint: Hashable, Sendable, Codable {
    public let participant: String
    public let point: Point

    public init(participant: String, point: Point) {
        self.participant = participant
        self.point = point
    }
}
