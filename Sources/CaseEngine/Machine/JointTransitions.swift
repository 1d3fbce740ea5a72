/// The machine of joint items 联合事项.
public enum JointTransitions {
    public static let table: [Transition<ItemStatus>] =
        ApplicationTransitions.beforeAdmission + [
            .init(.filed, .admitted, .opining),
            .init(.filed, .admitted, .inSession),
            .init(.filed, .deemedAdmitted, .opining),
            .init(.filed, .deemedAdmitted, .inSession),
            .init(.opining, .opinionGiven, .opining),
            .init(.opining, .opinionDeemed, .opining),
            .init(.opining, .opinionsClosed, .merging),
            .init(.opining, .supplementRequested, .opining),
            .init(.opining, .supplementSupplied, .opining),
            .init(.inSession, .sessionHeld, .merging),
            .init(.merging, .merged, .concluding),
            .init(.merging, .merged, .rectifying),
            .init(.rectifying, .rectified, .rechecking),
            .init(.rectifying, .rectified, .concluding),
            .init(.rechecking, .opinionGiven, .rechecking),
            .init(.rechecking, .opinionDeemed, .rechecking),
            .init(.rechecking, .opinionsClosed, .merging),
            .init(.concluding, .granted, .granted),
            .init(.concluding, .grantedWithGaps, .grantedWithGaps),
            .init(.concluding, .refused, .refused),
            .init(.refused, .appealDecided, .concluding),
        ]
        + meetings + conflicts + changes
        + clocked.flatMap { status in
            [
                .procedureBegan, .procedureOverran, .procedureEnded, .suspended, .resumed, .extended,
            ].map { event in Transition(status, event, status) }
        }
        + [
            // A site visit or a discussion does not stop the clock, so it may still be going on then.
            .init(.rectifying, .procedureOverran, .rectifying),
            .init(.rectifying, .procedureEnded, .rectifying),
        ]
        + (clocked + [.rectifying]).flatMap { status in
            [.gapsSupplied, .gapsReminded, .promiseBroken].map { event in Transition(status, event, status) } + [
                Transition(status, .withdrawn, .withdrawn), Transition(status, .returned, .returned),
            ]
        }
        + ApplicationTransitions.afterDecision

    /// One date that suits all, on site or not.
    private static let meetings: [Transition<ItemStatus>] =
        [ItemStatus.opining, .inSession, .rechecking].flatMap { status in
            [.visitProposed, .visitAnswered, .visitFixed, .visitLapsed, .visitHeld].map { event in
                Transition(status, event, status)
            }
        } + [.init(.inSession, .visitHeld, .merging)]

    private static let conflicts: [Transition<ItemStatus>] =
        [ItemStatus.opining, .merging, .rechecking].flatMap { status in
            [.conflictMarked, .conflictResolved].map { event in Transition(status, event, status) }
        }

    /// Documents that change after the opinions, or after the grant, which stands when the change comes to nothing.
    private static let changes: [Transition<ItemStatus>] =
        [ItemStatus.merging, .concluding, .granted, .issued, .checked].map { status in
            Transition(status, .reopened, .rechecking)
        }
        + [ItemStatus.rechecking, .merging, .rectifying, .concluding].flatMap { status in
            [.granted, .issued, .checked].map { before in Transition(status, .changeEnded, before) }
        }

    /// The statuses in which the item's clock runs.
    private static let clocked: [ItemStatus] = [.opining, .inSession, .merging, .rechecking, .concluding]
}

/// What the review of an item waits for, beside its status 暂停.
public enum PauseTransitions {
    public static let table: [Transition<PauseKind?>] = [
        .init(nil, .supplementRequested, .supplement),
        .init(.supplement, .supplementSupplied, nil),
        .init(.supplement, .withdrawn, nil),
        .init(.supplement, .returned, nil),
        .init(nil, .procedureBegan, .procedure),
        .init(.procedure, .procedureOverran, .procedure),
        .init(.procedure, .procedureEnded, nil),
        .init(.procedure, .withdrawn, nil),
        .init(.procedure, .returned, nil),
        .init(nil, .suspended, .suspension),
        .init(.suspension, .resumed, nil),
        .init(.suspension, .withdrawn, nil),
        .init(.suspension, .returned, nil),
        .init(nil, .referred, .referral),
        .init(.referral, .referralAnswered, nil),
        .init(.referral, .withdrawn, nil),
        .init(.referral, .returned, nil),
    ]
}
