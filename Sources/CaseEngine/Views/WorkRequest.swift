import WorkCalendar
import WorkflowModel

/// A piece of work that somebody has to do now (待办): what a to-do list shows and what is dispatched.
///
/// Derived from the state alone, so whoever asks again finds the same requests with the same ids.
public struct WorkRequest: Hashable, Sendable {
    /// Stable and unique in the case, `item[.participant]:attempt.round:step`: a token of at most 112 characters of
    /// `[A-Za-z0-9._:-]`. What was answered is never asked again under its id; what was interrupted is.
    public let id: String
    public let item: String
    /// The participant asked, in a joint item.
    public let participant: String?
    /// Which application of the item it belongs to, from 1; a request to file belongs to the one that comes of it.
    public let attempt: Int
    /// The round of opinions; 0 is the first.
    public let round: Int
    public let party: Party
    public let ask: Ask
    /// The date from which it counts.
    public let since: LocalDate
    /// The last day on which it is in time; `nil` without a limit or while the clock stands still.
    public let due: LocalDate?
    /// How long it takes from ``since``: what a simulated party draws from.
    public let estimate: DurationEstimate
    /// Whether its party has answered it before, with a correction 补正 or a special procedure 特别程序 that is over now.
    public let isAnew: Bool

    /// The same request for something else.
    public func asking(_ ask: Ask) -> WorkRequest {
        WorkRequest(
            id: id, item: item, participant: participant, attempt: attempt, round: round, party: party, ask: ask,
            since: since, due: due, estimate: estimate, isAnew: isAnew)
    }

    /// What is asked (事由).
    public enum Ask: Hashable, Sendable {
        /// To file; `needed` are the materials not yet held, without minor ones that may follow.
        case file(needed: [String])
        case finishPreReview
        /// To admit, or to ask for a correction.
        case admit
        case supplyCorrection(points: [Point])
        /// To sign as that link of the reviewer chain.
        case sign(link: Int, role: String)
        case decide
        case supplySupplement(points: [Point])
        case endSpecialProcedure(SpecialProcedure)
        case resume
        case supplyGaps([String])
        case issue
        /// To check what was granted on a promise.
        case check
        /// To begin the work of an item that is not applied for.
        case begin
        /// To do the work of an item that is not applied for.
        case complete
        case opine
        /// To meet; the participants who sign.
        case holdSession([String])
        case merge
        case rectify(points: [ParticipantPoint])
        case recheck
        case conclude(passed: Bool)
        /// To look at the place before it is granted.
        case goThere
        /// To propose a date on which the participants meet there; the first that there is.
        case proposeVisit(LocalDate)
        /// To confirm the date proposed for a visit, or to name others.
        case answerVisit(proposed: LocalDate)
        /// To record the visit; the participants who are expected.
        case recordVisit([String])
        /// To receive somebody who has an appointment, and to say so on the day.
        case keepAppointment(AppointmentPurpose, at: TimeOfDay)
        /// To enter what the authority of another level decided.
        case recordAnswer(authority: String)
        /// To measure what was built, by the control values of the area.
        case measure([ControlStandard])
        /// To say what holds of two points that cannot both be observed.
        case resolveConflict(number: Int)
        /// To choose between a promise and the ordinary way.
        case commit
        case beginReview
        /// To look at a refusal before it is made.
        case reviewLegality
        case scheduleProcedure(SpecialProcedure)
        /// To let what was issued reach the applicant.
        case deliver
        /// To hand out what a department wrote to the applicant.
        case handOut(CaseNotice.Kind)
        case acknowledge
        /// To put right what a check found.
        case rectifyBreach(finding: String)
        /// To revoke what was granted on a broken promise.
        case revoke(BreachKind)
    }
}

/// Something that will happen by time alone (定时事项).
public struct CaseTimer: Hashable, Sendable {
    /// Stable and unique among the timers of the case, a token like ``WorkRequest/id``; a deadline that moves keeps its
    /// name.
    public let name: String
    /// Due at the closing of that date.
    public let due: LocalDate
    public let item: String
    public let participant: String?
    public let effect: Effect

    /// What it will do, in the order in which timers of one date fire.
    public enum Effect: Hashable, Sendable {
        case becomeReady
        case deemAdmission
        case remindOfGaps
        case breakPromise
        case raiseCard(CardLevel)
        case noteOverrun
        case deemAgreement
        /// The last day to answer a proposed date is over.
        case settleVisit
        /// The day of a visit is over without a record.
        case lapseVisit
        case noteSilence
        case noteLateDelivery
        case noteLateCheck
        case missRectification
        case remindOfLapse
        case lapse
        /// The time that a firm promised is nearly over, or over.
        case remindOfFirm
        case noteFirmOverrun
        /// The day of an appointment is over.
        case missAppointment
        /// A matter is not answered in time; its timer has no item when it is about the whole case.
        case noteMatterOverdue
    }
}

/// A time in which an item, or a phase of a joint item, ran (用时): what targets and reports count.
public struct HeldTime: Hashable, Sendable {
    public let item: String
    /// The phase of a joint item; `nil` for any other item.
    public let phase: JointPhase?
    /// Who held the time.
    public let holder: ClockHolder
    public let period: RunningPeriod
}
