/// One row of a transition table: from a status, by an event, to a status.
public struct Transition<Status: Hashable & Sendable>: Hashable, Sendable {
    public let from: Status
    public let event: CaseEvent.Kind
    public let to: Status

    init(_ from: Status, _ event: CaseEvent.Kind, _ to: Status) {
        self.from = from
        self.event = event
        self.to = to
    }
}

/// The case's machine 办件.
public enum CaseTransitions {
    public static let table: [Transition<CaseStatus>] = [
        .init(.unopened, .caseOpened, .open),
        .init(.open, .caseCompleted, .completed),
        .init(.open, .caseWithdrawn, .withdrawn),
        .init(.open, .caseCancelled, .cancelled),
    ]
}

/// The machine of items that are work outside government clocks, and of milestones 事项（非审批）.
public enum WorkTransitions {
    public static let table: [Transition<ItemStatus>] = [
        .init(.planned, .becameReady, .ready),
        .init(.planned, .milestoneReached, .done),
        .init(.ready, .begun, .underway),
        .init(.underway, .completed, .done),
    ]
}

/// The machine of items that are applied for 事项（申请）.
public enum ApplicationTransitions {
    public static let table: [Transition<ItemStatus>] =
        beforeAdmission + [
            .init(.filed, .admitted, .inReview),
            .init(.filed, .deemedAdmitted, .inReview),
            .init(.inReview, .signed, .inReview),
            .init(.inReview, .supplementRequested, .inReview),
            .init(.inReview, .supplementSupplied, .inReview),
            .init(.inReview, .procedureBegan, .inReview),
            .init(.inReview, .procedureOverran, .inReview),
            .init(.inReview, .procedureEnded, .inReview),
            .init(.inReview, .suspended, .inReview),
            .init(.inReview, .resumed, .inReview),
            .init(.inReview, .extended, .inReview),
            .init(.inReview, .gapsSupplied, .inReview),
            .init(.inReview, .gapsReminded, .inReview),
            .init(.inReview, .promiseBroken, .inReview),
            .init(.inReview, .granted, .granted),
            .init(.inReview, .grantedWithGaps, .grantedWithGaps),
            .init(.inReview, .deemedGranted, .granted),
            .init(.inReview, .refused, .refused),
            .init(.inReview, .returned, .returned),
            .init(.inReview, .withdrawn, .withdrawn),
            .init(.refused, .appealDecided, .inReview),
        ] + changes + afterDecision

    /// A change to what was granted; the grant stands when the change comes to nothing.
    private static let changes: [Transition<ItemStatus>] = [ItemStatus.granted, .issued, .checked].flatMap { status in
        [Transition(status, .reopened, .inReview), Transition(.inReview, .changeEnded, status)]
    }

    /// Shared with joint items.
    static let beforeAdmission: [Transition<ItemStatus>] = [
        .init(.planned, .becameReady, .ready),
        .init(.ready, .preReviewBegan, .preReview),
        .init(.preReview, .preReviewFinished, .ready),
        .init(.ready, .filed, .filed),
        .init(.filed, .correctionRequested, .correcting),
        .init(.correcting, .correctionSupplied, .filed),
        .init(.filed, .admissionRefused, .notAdmitted),
        .init(.filed, .withdrawn, .withdrawn),
        .init(.correcting, .withdrawn, .withdrawn),
        .init(.correcting, .returned, .returned),
        .init(.notAdmitted, .filed, .filed),
        .init(.refused, .filed, .filed),
        .init(.returned, .filed, .filed),
        .init(.withdrawn, .filed, .filed),
        .init(.revoked, .filed, .filed),
        .init(.lapsed, .filed, .filed),
        .init(.notAdmitted, .appealDecided, .notAdmitted),
        .init(.notAdmitted, .appealDecided, .filed),
        .init(.refused, .appealDecided, .refused),
    ]

    /// Shared with joint items.
    static let afterDecision: [Transition<ItemStatus>] = [
        .init(.granted, .issued, .issued),
        .init(.granted, .checked, .checked),
        .init(.granted, .revoked, .revoked),
        .init(.grantedWithGaps, .gapsSupplied, .granted),
        .init(.grantedWithGaps, .gapsReminded, .grantedWithGaps),
        .init(.grantedWithGaps, .promiseBroken, .grantedWithGaps),
        .init(.grantedWithGaps, .issued, .issued),
        .init(.grantedWithGaps, .revoked, .revoked),
        .init(.issued, .gapsSupplied, .issued),
        .init(.issued, .gapsReminded, .issued),
        .init(.issued, .promiseBroken, .issued),
        .init(.issued, .checked, .checked),
        .init(.issued, .revoked, .revoked),
        .init(.checked, .revoked, .revoked),
        .init(.issued, .lapsed, .lapsed),
        .init(.checked, .lapsed, .lapsed),
        .init(.revoked, .appealDecided, .revoked),
        .init(.revoked, .appealDecided, .granted),
        .init(.revoked, .appealDecided, .grantedWithGaps),
        .init(.revoked, .appealDecided, .issued),
        .init(.revoked, .appealDecided, .checked),
    ]
}

extension CaseEvent.Kind {
    /// Whether it never changes the status of its item, and is told beside the tables, as cards are.
    public var isBesideStatus: Bool {
        switch self {
        case .cardRaised, .commitmentSigned, .commitmentDeclined, .reviewBegan, .legalityReviewed, .procedureScheduled,
            .responseOverran, .delivered, .deliveryOverran, .noticeHandedOut, .resultPushed, .resultAcknowledged,
            .checkDrawn,
            .checkOverran, .breachFound, .breachRectified, .rectificationMissed, .breachRecorded, .effectSuspended,
            .effectRestored, .appealFiled, .lapseReminded, .permitExtended, .materialsLookedUp,
            .repeatRequestAvoided, .firmReminded, .firmOverran, .valuesMeasured,
            .referred, .referralOverran, .referralAnswered, .appointmentBooked, .appointmentMoved,
            .appointmentCancelled, .appointmentKept, .appointmentMissed:
            true
        default: false
        }
    }
}
