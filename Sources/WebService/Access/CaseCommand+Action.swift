import CaseEngine

extension CaseCommand {
    /// What one must be allowed to do to send it. The engine decides whether it may happen, and by whom exactly.
    var action: Action {
        switch self {
        case .open: .openCase
        case .withdrawCase: .actForOwner
        case .cancelCase: .endCase
        // By rule alone; nobody sends it.
        case .passTime: .manageAccounts
        case .explainCard: .explain
        case .liftCard, .confirmCard: .supervise
        case .openGreenChannel, .closeGreenChannel: .actAtWindow
        case .migrate, .changeCalendar, .transfer, .addWork: .amend
        case .supervise(let command): command.action
        case .intake(let command):
            switch command {
            case .receive, .supply: .actForOwner
            case .notice, .admit: .actAtWindow
            }
        case .item(_, let command): command.action
        }
    }

    /// Whether it may be sent from outside at all.
    var isForPeople: Bool { self != .passTime }
}

extension SupervisionCommand {
    var action: Action {
        switch self {
        case .raiseCard, .noteAccountability, .followUp, .callBack, .close: .supervise
        case .promiseCertificate: .actForOwner
        case .rate, .complain: .rate
        case .putIssue, .answer, .extend, .escalate: .explain
        }
    }
}

extension ItemCommand {
    var action: Action {
        switch self {
        case .file, .supplyCorrection, .commit, .declineCommitment, .supplySupplement, .supplyGaps, .withdraw,
            .reportRectified, .appeal, .rectify, .extendPermit, .book, .rebook, .cancelAppointment:
            .actForOwner
        // Work that nobody applies for is the owner's, or that of whoever takes part.
        case .begin, .complete, .reopen: .command
        case .beginPreReview, .finishPreReview, .requestCorrection, .admit, .refuseAdmission, .lookUp, .noteRepeat,
            .issue, .deliver, .handOut, .proposeVisit, .keepAppointment:
            .actAtWindow
        case .beginReview, .scheduleProcedure, .sign, .requestSupplement, .beginSpecialProcedure,
            .endSpecialProcedure, .suspend, .resume, .returnApplication, .opine, .holdSession, .merge, .answerVisit,
            .recordVisit, .markConflict, .resolveConflict, .acknowledge, .check, .drawCheck, .findBreach,
            .reviewLegality, .refer, .recordAnswer, .measure:
            .handle
        case .extend, .decide, .conclude, .revoke, .decideAppeal: .decide
        }
    }
}
