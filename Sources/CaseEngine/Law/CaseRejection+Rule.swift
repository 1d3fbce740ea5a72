extension CaseRejection {
    /// The rule by which a command is refused; `nil` where it is the command that makes no sense.
    public var rule: LawRule? {
        switch self {
        case .notYours: .whoMayAct
        case .notNow, .completionWaits: .orderOfItems
        case .clockStopped: .specialProcedure
        case .notPaused: nil
        case .pointsMissing, .correctionAlreadyRequested: .oneCorrection
        case .appealMissing: .refusalWithReasons
        case .secondPersonNeeded: .secondPerson
        case .materialsMissing: .tolerance
        case .materialAlreadyHeld, .materialNotIssued: .materialsOnce
        case .alreadyInCharge: .itemsHandedOver
        case .nothingAtHand: .materialsLookedUp
        case .nothingToFile, .notInIntake, .noticeThroughIntake, .intakeAlreadyNoticed: .stageIntake
        case .supplementAlreadyRequested: .oneSupplement
        case .windowMayNotRefuse: .windowWithoutVeto
        case .chainNotSigned, .chainComplete: .reviewerChain
        case .extensionNotAllowed, .alreadyExtended, .extensionTooLong: .extensionOnce
        case .gapsOpen, .noGaps: .tolerance
        case .promiseBroken: .brokenPromise
        case .notAsked: .failedOnlyRecheck
        case .alreadyAnswered, .opinionsOutstanding: .opinionsInParallel
        case .newPoint, .outcomeContradictsOpinions: .oneConsolidatedNotice
        case .votesOutstanding: .jointSession
        case .cardSettled: .supervisionCards
        case .visitDateNotPossible, .noVisitAgreed, .visitAgreed, .visitOnOtherDay: .agreedVisit
        case .twoOfficersNeeded, .secondOfficerNeeded: .twoOfficers
        case .visitRecordMissing: .inspectionSteps
        case .unknownPoint, .unknownConflict, .conflictsOpen: .conflictingPoints
        case .nobodyTouched: .reopenedParts
        case .noApplicantContact: .internalOpinions
        default: nil
        }
    }
}
