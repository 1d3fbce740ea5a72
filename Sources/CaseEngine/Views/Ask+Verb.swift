extension WorkRequest.Ask {
    /// The `task` command that answers.
    public var verb: String {
        switch self {
        case .file: "file"
        case .finishPreReview: "finish-pre-review"
        case .admit: "admit"
        case .supplyCorrection: "supply-correction"
        case .sign: "sign"
        case .decide: "decide"
        case .supplySupplement: "supply"
        case .endSpecialProcedure, .resume: "resume"
        case .supplyGaps: "supply-gaps"
        case .issue: "issue"
        case .check: "check"
        case .begin: "begin"
        case .complete: "complete"
        case .opine, .recheck: "opine"
        case .holdSession: "session"
        case .merge: "merge"
        case .rectify: "rectify"
        case .conclude: "conclude"
        case .answerVisit: "answer-visit"
        case .goThere: "pause"
        case .proposeVisit: "propose-visit"
        case .recordVisit: "record-visit"
        case .measure: "measure"
        case .recordAnswer: "record-answer"
        case .keepAppointment: "keep-appointment"
        case .resolveConflict: "resolve-conflict"
        case .commit: "commit"
        case .beginReview: "begin-review"
        case .reviewLegality: "review-legality"
        case .scheduleProcedure: "schedule-procedure"
        case .deliver: "deliver"
        case .handOut: "hand-out"
        case .acknowledge: "acknowledge"
        case .rectifyBreach: "report-rectified"
        case .revoke: "revoke"
        }
    }
}

extension OversightRequest.Ask {
    /// The `card` or `matter` command that answers.
    public var verb: String {
        switch self {
        case .explainCard: "card explain"
        case .reviewCard: "card confirm"
        case .answer: "matter answer"
        case .callBack: "matter call-back"
        case .close: "matter close"
        }
    }
}
