import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// One thing that a person can do with an item or with a case (办理表单): what it is called, what follows from it, what it
/// asks, and how the answers become a command.
///
/// Forms are drawn and posted answers are read by the same value, so that no field can be asked and not read.
struct CommandForm: Sendable {
    /// The verb of the command line and of addresses.
    let verb: String
    let title: LocalizedText
    /// What it does and what follows.
    let explanation: LocalizedText
    /// The rule it rests on.
    let rule: LawRule
    let button: LocalizedText
    /// Whether it is shown once more before it is done.
    var isWeighty = false
    /// Whether it takes something from somebody, which its button shows.
    var isHarsh = false
    let inputs: @Sendable (FormSite) -> [Input]
    /// `nil` when something is missing, which is then noted.
    let read: @Sendable (inout FormReading, FormSite) -> CaseCommand?

    /// A form of an item.
    init(
        _ verb: String, _ zh: String, _ en: String, _ explanation: (String, String), _ rule: LawRule,
        button: (String, String)? = nil, isWeighty: Bool = false, isHarsh: Bool = false,
        inputs: @escaping @Sendable (FormSite) -> [Input] = { _ in [] },
        item read: @escaping @Sendable (inout FormReading, FormSite) -> ItemCommand?
    ) {
        self.init(
            verb, zh, en, explanation, rule, button: button, isWeighty: isWeighty, isHarsh: isHarsh, inputs: inputs,
            case: { reading, site in
                let command = read(&reading, site)
                return site.item.flatMap { item in command.map { .item(item.id, $0) } }
            })
    }

    /// A form of a whole case.
    init(
        _ verb: String, _ zh: String, _ en: String, _ explanation: (String, String), _ rule: LawRule,
        button: (String, String)? = nil, isWeighty: Bool = false, isHarsh: Bool = false,
        inputs: @escaping @Sendable (FormSite) -> [Input] = { _ in [] },
        case read: @escaping @Sendable (inout FormReading, FormSite) -> CaseCommand?
    ) {
        self.verb = verb
        title = LocalizedText(zh: zh, en: en)
        self.explanation = LocalizedText(zh: explanation.0, en: explanation.1)
        self.rule = rule
        self.button = button.map { LocalizedText(zh: $0, en: $1) } ?? LocalizedText(zh: zh, en: en)
        self.isWeighty = isWeighty
        self.isHarsh = isHarsh
        self.inputs = inputs
        self.read = read
    }

    /// The command that answers make, or what is wrong with them in the order of the fields.
    func command(
        from answers: FormAnswers, at site: FormSite, _ language: Language
    ) -> Result<CaseCommand, Mistakes> {
        var reading = FormReading(answers, of: inputs(site), language)
        let command = read(&reading, site)
        if reading.mistakes.isEmpty, let command { return .success(command) }
        return .failure(Mistakes(all: reading.mistakes))
    }

    struct Mistakes: Error, Hashable {
        let all: [PageContext.Mistake]
    }

    /// All forms of items, in the order in which an application meets them.
    static let ofItems: [CommandForm] = beforeAdmission + underReview + joint + elsewhere + afterwards + work
    /// All forms of whole cases.
    static let ofCases: [CommandForm] = wholeCase + supervision

    static func ofItem(_ verb: String) -> CommandForm? { ofItems.first { $0.verb == verb } }
    static func ofCase(_ verb: String) -> CommandForm? { ofCases.first { $0.verb == verb } }
}

extension ItemCommand {
    /// The verb of the form that makes it; `nil` for what no person sends.
    var verb: String? {
        switch self {
        case .beginPreReview: "begin-pre-review"
        case .finishPreReview: "finish-pre-review"
        case .file: "file"
        case .requestCorrection: "request-correction"
        case .supplyCorrection: "supply-correction"
        case .admit: "admit"
        case .refuseAdmission: "refuse-admission"
        case .lookUp: "look-up"
        case .noteRepeat: nil
        case .commit: "commit"
        case .declineCommitment: "decline-commitment"
        case .beginReview: "begin-review"
        case .reviewLegality: "review-legality"
        case .scheduleProcedure: "schedule-procedure"
        case .sign: "sign"
        case .requestSupplement: "request-supplement"
        case .supplySupplement: "supply"
        case .beginSpecialProcedure: "pause"
        case .endSpecialProcedure, .resume: "resume"
        case .suspend: "suspend"
        case .extend: "extend"
        case .supplyGaps: "supply-gaps"
        case .decide: "decide"
        case .returnApplication: "return"
        case .withdraw: "withdraw"
        case .issue: "issue"
        case .check: "check"
        case .revoke: "revoke"
        case .deliver: "deliver"
        case .handOut: "hand-out"
        case .acknowledge: "acknowledge"
        case .drawCheck: "draw-check"
        case .findBreach: "find-breach"
        case .reportRectified: "report-rectified"
        case .appeal: "appeal"
        case .decideAppeal: "decide-appeal"
        case .extendPermit: "extend-permit"
        case .begin: "begin"
        case .complete: "complete"
        case .opine: "opine"
        case .holdSession: "session"
        case .merge: "merge"
        case .rectify: "rectify"
        case .conclude: "conclude"
        case .proposeVisit: "propose-visit"
        case .answerVisit: "answer-visit"
        case .recordVisit: "record-visit"
        case .markConflict: "mark-conflict"
        case .resolveConflict: "resolve-conflict"
        case .reopen: "reopen"
        case .book: "book"
        case .rebook: "rebook"
        case .cancelAppointment: "cancel-appointment"
        case .keepAppointment: "keep-appointment"
        case .refer: "refer"
        case .recordAnswer: "record-answer"
        case .measure: "measure"
        }
    }
}

extension CaseCommand {
    /// The verb of the form that makes it; `nil` for what no form of a whole case makes.
    var verb: String? {
        switch self {
        case .withdrawCase: "withdraw-case"
        case .cancelCase: "cancel-case"
        case .openGreenChannel: "open-green-channel"
        case .closeGreenChannel: "close-green-channel"
        case .explainCard: "explain-card"
        case .liftCard: "lift-card"
        case .confirmCard: "confirm-card"
        case .supervise(let command): command.verb
        case .open, .passTime, .migrate, .changeCalendar, .transfer, .addWork, .intake, .item: nil
        }
    }
}

extension SupervisionCommand {
    fileprivate var verb: String {
        switch self {
        case .raiseCard: "raise-card"
        case .noteAccountability: "note-accountability"
        case .rate: "rate"
        case .followUp: "follow-up"
        case .putIssue: "put-issue"
        case .complain: "complain"
        case .answer: "answer-matter"
        case .extend: "extend-matter"
        case .escalate: "escalate"
        case .callBack: "call-back"
        case .close: "close-matter"
        case .promiseCertificate: "promise-certificate"
        }
    }
}
