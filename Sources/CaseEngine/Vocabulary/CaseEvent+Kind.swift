extension CaseEvent {
    /// The name of an event (事件类型).
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case caseOpened, stageStarted, stageClosed, caseCompleted, caseWithdrawn, caseCancelled, cardExplained
        case cardLifted, cardConfirmed, greenChannelOpened, greenChannelClosed, caseMigrated, calendarChanged
        case becameReady, milestoneReached, cardRaised
        case begun, completed, firmReminded, firmOverran
        case preReviewBegan, preReviewFinished, filed, correctionRequested, correctionSupplied, admitted
        case deemedAdmitted, admissionRefused, signed, supplementRequested, supplementSupplied, procedureBegan
        case procedureOverran, procedureEnded, suspended, resumed, extended, gapsSupplied, gapsReminded
        case promiseBroken, granted, grantedWithGaps, deemedGranted, refused, issued, checked, revoked, returned
        case withdrawn, noticeHandedOut
        case commitmentSigned, commitmentDeclined, reviewBegan, legalityReviewed, procedureScheduled, responseOverran
        case delivered, deliveryOverran, resultPushed, resultAcknowledged, checkDrawn, checkOverran, breachFound
        case breachRectified, rectificationMissed, breachRecorded, effectSuspended, effectRestored, appealFiled
        case appealDecided, lapseReminded, permitExtended, lapsed
        case opinionGiven, opinionDeemed, sessionHeld, opinionsClosed, merged, rectified
        case visitProposed, visitAnswered, visitFixed, visitLapsed, visitHeld, conflictMarked, conflictResolved
        case reopened, changeEnded, valuesMeasured
        case referred, referralOverran, referralAnswered
        case appointmentBooked, appointmentMoved, appointmentCancelled, appointmentKept, appointmentMissed
        case ruleCardRaised, rated, accountabilityNoted
        case matterOpened, matterAnswered, matterExtended, matterOverdue, matterEscalated, matterCalledBack
        case matterClosed
        case materialsLookedUp, repeatRequestAvoided
        case intakeReceived, intakeSupplied, intakeNoticed, intakeAdmitted, itemsTransferred, workAdded
    }
}

extension Happening {
    public var kind: CaseEvent.Kind {
        switch self {
        case .caseOpened: .caseOpened
        case .stageStarted: .stageStarted
        case .stageClosed: .stageClosed
        case .caseCompleted: .caseCompleted
        case .caseWithdrawn: .caseWithdrawn
        case .caseCancelled: .caseCancelled
        case .cardExplained: .cardExplained
        case .cardLifted: .cardLifted
        case .cardConfirmed: .cardConfirmed
        case .greenChannelOpened: .greenChannelOpened
        case .greenChannelClosed: .greenChannelClosed
        case .caseMigrated: .caseMigrated
        case .calendarChanged: .calendarChanged
        case .becameReady: .becameReady
        case .milestoneReached: .milestoneReached
        case .cardRaised: .cardRaised
        case .begun: .begun
        case .completed: .completed
        case .firmReminded: .firmReminded
        case .firmOverran: .firmOverran
        case .preReviewBegan: .preReviewBegan
        case .preReviewFinished: .preReviewFinished
        case .filed: .filed
        case .correctionRequested: .correctionRequested
        case .correctionSupplied: .correctionSupplied
        case .admitted: .admitted
        case .deemedAdmitted: .deemedAdmitted
        case .admissionRefused: .admissionRefused
        case .signed: .signed
        case .supplementRequested: .supplementRequested
        case .supplementSupplied: .supplementSupplied
        case .procedureBegan: .procedureBegan
        case .procedureOverran: .procedureOverran
        case .procedureEnded: .procedureEnded
        case .suspended: .suspended
        case .resumed: .resumed
        case .extended: .extended
        case .gapsSupplied: .gapsSupplied
        case .gapsReminded: .gapsReminded
        case .promiseBroken: .promiseBroken
        case .granted: .granted
        case .grantedWithGaps: .grantedWithGaps
        case .deemedGranted: .deemedGranted
        case .refused: .refused
        case .issued: .issued
        case .checked: .checked
        case .revoked: .revoked
        case .returned: .returned
        case .withdrawn: .withdrawn
        case .commitmentSigned: .commitmentSigned
        case .commitmentDeclined: .commitmentDeclined
        case .reviewBegan: .reviewBegan
        case .legalityReviewed: .legalityReviewed
        case .procedureScheduled: .procedureScheduled
        case .responseOverran: .responseOverran
        case .delivered: .delivered
        case .deliveryOverran: .deliveryOverran
        case .noticeHandedOut: .noticeHandedOut
        case .resultPushed: .resultPushed
        case .resultAcknowledged: .resultAcknowledged
        case .checkDrawn: .checkDrawn
        case .checkOverran: .checkOverran
        case .breachFound: .breachFound
        case .breachRectified: .breachRectified
        case .rectificationMissed: .rectificationMissed
        case .breachRecorded: .breachRecorded
        case .effectSuspended: .effectSuspended
        case .effectRestored: .effectRestored
        case .appealFiled: .appealFiled
        case .appealDecided: .appealDecided
        case .lapseReminded: .lapseReminded
        case .permitExtended: .permitExtended
        case .lapsed: .lapsed
        case .opinionGiven: .opinionGiven
        case .opinionDeemed: .opinionDeemed
        case .sessionHeld: .sessionHeld
        case .opinionsClosed: .opinionsClosed
        case .merged: .merged
        case .rectified: .rectified
        case .visitProposed: .visitProposed
        case .visitAnswered: .visitAnswered
        case .visitFixed: .visitFixed
        case .visitLapsed: .visitLapsed
        case .visitHeld: .visitHeld
        case .conflictMarked: .conflictMarked
        case .conflictResolved: .conflictResolved
        case .reopened: .reopened
        case .changeEnded: .changeEnded
        case .valuesMeasured: .valuesMeasured
        case .appointmentBooked: .appointmentBooked
        case .appointmentMoved: .appointmentMoved
        case .appointmentCancelled: .appointmentCancelled
        case .appointmentKept: .appointmentKept
        case .appointmentMissed: .appointmentMissed
        case .referred: .referred
        case .referralOverran: .referralOverran
        case .referralAnswered: .referralAnswered
        case .ruleCardRaised: .ruleCardRaised
        case .rated: .rated
        case .accountabilityNoted: .accountabilityNoted
        case .matterOpened: .matterOpened
        case .matterAnswered: .matterAnswered
        case .matterExtended: .matterExtended
        case .matterOverdue: .matterOverdue
        case .matterEscalated: .matterEscalated
        case .matterCalledBack: .matterCalledBack
        case .matterClosed: .matterClosed
        case .materialsLookedUp: .materialsLookedUp
        case .repeatRequestAvoided: .repeatRequestAvoided
        case .intakeReceived: .intakeReceived
        case .intakeSupplied: .intakeSupplied
        case .intakeNoticed: .intakeNoticed
        case .intakeAdmitted: .intakeAdmitted
        case .itemsTransferred: .itemsTransferred
        case .workAdded: .workAdded
        }
    }

    /// Whether it happens to one item rather than to the whole case.
    public var isOfItem: Bool {
        switch self {
        case .caseOpened, .stageStarted, .stageClosed, .caseCompleted, .caseWithdrawn, .caseCancelled,
            .cardExplained, .cardLifted, .cardConfirmed, .greenChannelOpened, .greenChannelClosed, .caseMigrated,
            .calendarChanged, .accountabilityNoted,
            .matterOpened, .matterAnswered, .matterExtended, .matterOverdue, .matterEscalated, .matterCalledBack,
            .matterClosed, .intakeReceived, .intakeSupplied, .intakeNoticed, .intakeAdmitted,
            .itemsTransferred, .workAdded:
            false
        default: true
        }
    }
}
