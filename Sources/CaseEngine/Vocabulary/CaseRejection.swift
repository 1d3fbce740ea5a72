import WorkCalendar

/// Why a command cannot be carried out now (不予执行). Nothing has happened.
///
/// Facts are in the arguments, words in ``text``, the stable name in ``code``.
public enum CaseRejection: Error, Hashable, Sendable {
    // The case.
    case caseNotOpen
    case caseAlreadyOpen
    case caseClosed(CaseStatus)
    case otherWorkflow(expected: String, given: String)
    case otherCalendar(expected: String, given: String)
    case factNotFinite(String)
    /// The platform has another code for the project.
    case otherProjectCode(given: String, registered: String, register: String)
    case dateBeforeLast(LocalDate)
    case notYours(ExpectedActor)
    case unknownItem(String)
    case unknownParticipant(item: String, participant: String)
    case unknownMaterial(String)
    case unknownCard(String)
    case cardSettled(String)
    /// The text of that version is not published here.
    case versionNotAtHand(String)
    case alreadyGoverned(String)
    case migrationBarred([MigrationObstacle])
    case alreadyInCharge(item: String, department: String)
    /// The project goes through its stages as one.
    case notDivided
    case workExists(String)
    case workUnnamed(String)
    case tooManyWorks(limit: Int)

    // The moment.
    case notNow(item: String, status: ItemStatus)
    case notForThisItem(item: String)
    case clockStopped(item: String, pause: PauseKind)
    case notPaused(item: String)
    case completionWaits(item: String, for: String)

    // What has to be said.
    case reasonMissing
    case pointsMissing
    case appealMissing
    case lengthMissing
    case secondPersonNeeded(name: String)

    // Materials.
    case materialsMissing([String])
    case materialAlreadyHeld(String)
    case materialNotIssued(material: String, item: String)
    case nothingAtHand([String])

    // One form for a stage.
    case unknownStage(String)
    case nothingToFile(stage: String)
    case unknownIntake(String)
    case notInIntake(item: String, intake: String)
    case noticeThroughIntake(item: String, intake: String)
    case intakeAlreadyNoticed(String)

    // Rules of an application.
    case correctionAlreadyRequested(item: String)
    case supplementAlreadyRequested(item: String)
    case windowMayNotRefuse
    case chainNotSigned(item: String, link: String)
    case chainComplete(item: String)
    case extensionNotAllowed(item: String)
    case alreadyExtended(item: String)
    case extensionTooLong(longest: DayAmount)
    case gapsOpen([String])
    case noGaps(item: String)
    case promiseBroken([String])

    // Promises, and what follows a decision.
    case commitmentUnsigned(item: String)
    case commitmentChosen(item: String)
    case restsOnRevoked(material: String, item: String)
    case legalReviewMissing(item: String)
    case sameReasons(item: String)
    case procedureTooLong(longest: DayAmount)
    case technicalReviewDone(item: String, review: String)
    case effectSuspended(item: String)
    case alreadyDelivered(item: String)
    /// Where there is a window, it alone hands out what the applicant gets.
    case windowHandsOut(item: String)
    case nothingToHandOut(item: String, CaseNotice.Kind)
    case trackingMissing
    /// Taken in nearby or at the applicant's: where?
    case placeMissing
    case inspectorsMissing
    case breachOpen(item: String)
    case extensionsUsed(item: String, most: Int)
    case appealPending(AppealRoute)
    case appealUsed(AppealRoute)
    case appealTooLate(LocalDate)
    case noAppeal(item: String)

    // Joint rules.
    case notAsked(participant: String)
    case alreadyAnswered(participant: String)
    case newPoint(String)
    case opinionsOutstanding([String])
    case votesOutstanding([String])
    case outcomeContradictsOpinions(passed: Bool)
    case visitDateNotPossible(LocalDate, earliest: LocalDate)
    case noVisitAgreed(item: String)
    case visitAgreed(item: String)
    /// The workflow demands that somebody went there first.
    case visitRequired(item: String)
    case visitOnOtherDay(LocalDate)
    case twoOfficersNeeded(participant: String)
    case visitRecordMissing
    case unknownPoint(participant: String, point: String)
    case unknownConflict(Int)
    case conflictsOpen([Int])
    case nobodyTouched([String])
    case noApplicantContact(item: String)

    // Supervision.
    case cardAlreadyRaised(String)
    case cardNotConfirmed(String)
    case scoreOutOfRange(Int)
    case stepNotDone(item: String, RatedStep)
    case alreadyRated(item: String, RatedStep)
    case unknownMatter(String)
    case matterNotNow(matter: String, MatterStatus)
    case matterNotOfKind(matter: String, MatterKind)
    case matterAlreadyExtended(matter: String)
    case outcomeMissing(matter: String)
    case callBackMissing(matter: String)
    /// A date for the whole project is promised by its agent, or the window.
    case promiseIsAgents
    /// `nil`: nobody has worked it out.
    case beforeEarliestFinish(LocalDate, earliest: LocalDate?)
    /// Moved before, or over.
    case promiseNotMoved(by: LocalDate)
    case noHigherOffice(String)
    // Appointments.
    case alreadyBooked(item: String, date: LocalDate)
    case noAppointment(item: String)
    case bookingBarred(missed: Int)
    case bookingDateNotPossible(LocalDate, earliest: LocalDate, latest: LocalDate)
    case windowClosedThen(LocalDate)
    case outsideHours(LocalDate, hours: ServiceHours)
    /// `next` is the next time on that day with room.
    case slotFull(LocalDate, at: TimeOfDay, next: TimeOfDay?)
    case appointmentOnOtherDay(LocalDate)
    /// It went to another level once.
    case alreadyReferred(item: String)
    /// Another level decided, the other way.
    case decidedElsewhere(item: String, authority: String, agrees: Bool)
    case departmentMissing
    case unknownDepartment(String)
    case dateNotAhead(LocalDate)

    // The registry.
    case unknownOfficer(name: String, department: String)
    case officerAbsent(name: String, through: LocalDate, deputy: String?)
    case officerRoleMissing(name: String, department: String, roles: [OfficerRole])
    case secondOfficerNeeded
    case windowNotAuthorized(item: String, level: WindowLevel)
    case unknownAgent(String)
    case agentNotAssigned(agent: String, project: String)
    case assignmentNotInForce(agent: String, from: LocalDate, until: LocalDate)
    case outsideAssignment(agent: String, action: AgentAction, stage: String?)
    case toleranceBarred(materials: [String], bar: CreditBar)
    case commitmentBarred(item: String, bar: CreditBar)
    case regionNotAssessed(fact: String, zone: String?)
    /// The area has a control value, and the project does not say its own.
    case standardNotStated(AppliedStandard)
    case standardExceeded(value: Double, standard: AppliedStandard)
    case noStandard(fact: String)
    /// Nothing is accepted before it was measured.
    case valuesNotMeasured(item: String, facts: [String])
    /// Officers who may change the rules of cases are registered, and this is none of them.
    case notRegisteredEditor(name: String)
    /// The work of an intermediary goes on with a firm that was selected for it.
    case firmNotSelected(item: String)
    case firmBarred(firm: String, item: String)
    case greenChannelUnchanged(isOpen: Bool)
    case greenChannelNotByRule(isOpen: Bool)
}

/// Who may do what was asked (应由谁办理).
public enum ExpectedActor: Hashable, Sendable {
    case applicant
    case window
    case department(String)
    case supervisor
    case designer
    case system
    indirect case either(ExpectedActor, ExpectedActor)
}
