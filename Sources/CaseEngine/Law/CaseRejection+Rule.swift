extension CaseRejection {
    /// The rule by which a command is refused.
    ///
    /// A command that names what does not exist, or leaves out what has to be said, is refused so that the record stays
    /// whole (``LawRule/onRecord``).
    public var rule: LawRule {
        switch self {
        case .caseNotOpen, .caseAlreadyOpen, .caseClosed, .notNow, .completionWaits, .notForThisItem, .notPaused:
            .orderOfItems
        case .otherWorkflow, .versionNotAtHand, .alreadyGoverned, .migrationBarred: .governingVersion
        case .otherCalendar: .calendarNotice
        case .factNotFinite, .otherProjectCode, .dateBeforeLast, .unknownItem, .unknownParticipant, .unknownMaterial,
            .unknownCard,
            .unknownStage, .unknownIntake,
            .reasonMissing, .placeMissing:
            .onRecord
        case .notYours: .whoMayAct
        case .clockStopped, .lengthMissing: .specialProcedure
        case .pointsMissing, .correctionAlreadyRequested: .oneCorrection
        case .appealMissing: .refusalWithReasons
        case .secondPersonNeeded: .secondPerson
        case .materialsMissing, .gapsOpen, .noGaps: .tolerance
        case .materialAlreadyHeld, .materialNotIssued: .materialsOnce
        case .alreadyInCharge: .itemsHandedOver
        case .notDivided, .workExists, .workUnnamed, .tooManyWorks: .workAdded
        case .nothingAtHand: .materialsLookedUp
        case .nothingToFile, .notInIntake, .noticeThroughIntake, .intakeAlreadyNoticed: .stageIntake
        case .supplementAlreadyRequested: .oneSupplement
        case .windowMayNotRefuse: .windowWithoutVeto
        case .chainNotSigned, .chainComplete: .reviewerChain
        case .extensionNotAllowed, .alreadyExtended, .extensionTooLong: .extensionOnce
        case .promiseBroken: .brokenPromise
        case .commitmentUnsigned, .commitmentChosen: .commitmentChoice
        case .restsOnRevoked: .reliance
        case .legalReviewMissing: .legalReview
        case .sameReasons: .decidedAnew
        case .procedureTooLong: .procedureOfItem
        case .technicalReviewDone: .technicalReviewOnce
        case .effectSuspended, .breachOpen: .commitmentBreach
        case .alreadyDelivered, .trackingMissing: .delivery
        case .windowHandsOut, .nothingToHandOut: .windowAlone
        case .inspectorsMissing: .spotCheck
        case .extensionsUsed: .permitLapse
        case .appealPending, .appealUsed, .appealTooLate, .noAppeal: .appeals
        case .notAsked: .failedOnlyRecheck
        case .alreadyAnswered, .opinionsOutstanding: .opinionsInParallel
        case .newPoint, .outcomeContradictsOpinions: .oneConsolidatedNotice
        case .votesOutstanding: .jointSession
        case .visitDateNotPossible, .noVisitAgreed, .visitAgreed, .visitOnOtherDay: .agreedVisit
        case .visitRequired: .visitDemanded
        case .twoOfficersNeeded, .secondOfficerNeeded: .twoOfficers
        case .visitRecordMissing: .inspectionSteps
        case .unknownPoint, .unknownConflict, .conflictsOpen: .conflictingPoints
        case .nobodyTouched: .reopenedParts
        case .noApplicantContact: .internalOpinions
        case .unknownOfficer, .officerRoleMissing, .notRegisteredEditor: .registeredOfficers
        case .officerAbsent: .deputyActs
        case .windowNotAuthorized: .windowAuthority
        case .unknownAgent, .agentNotAssigned, .assignmentNotInForce, .outsideAssignment: .agentAssignment
        case .toleranceBarred, .commitmentBarred: .creditBar
        case .regionNotAssessed: .regionalAssessment
        case .standardNotStated, .standardExceeded, .noStandard, .valuesNotMeasured: .zoneStandards
        case .firmNotSelected, .firmBarred: .intermediarySelected
        case .greenChannelUnchanged, .greenChannelNotByRule: .greenChannel
        case .cardSettled: .supervisionCards
        case .cardAlreadyRaised: .cardNotAboutTime
        case .cardNotConfirmed: .accountability
        case .scoreOutOfRange, .stepNotDone, .alreadyRated: .rating
        case .outcomeMissing, .callBackMissing: .badRating
        case .matterAlreadyExtended: .complaint
        case .noHigherOffice: .issueEscalated
        case .promiseIsAgents, .beforeEarliestFinish, .promiseNotMoved: .certificatePromise
        case .alreadyReferred, .decidedElsewhere: .upperLevel
        case .alreadyBooked, .noAppointment, .bookingBarred, .bookingDateNotPossible, .windowClosedThen, .outsideHours,
            .slotFull, .appointmentOnOtherDay:
            .appointments
        case .unknownMatter, .matterNotNow, .matterNotOfKind, .departmentMissing, .unknownDepartment, .dateNotAhead:
            .followUp
        }
    }
}
