import WorkCalendar
import WorkflowModel

/// What somebody wants to do in a case (指令).
public enum CaseCommand: Hashable, Sendable, Codable {
    /// Opens the case on a published version of a workflow.
    case open(CaseOpening)
    /// The applicant gives the whole project up (撤件).
    case withdrawCase(reason: String)
    /// The office ends the case (终止).
    case cancelCase(reason: String)
    /// The day has come: fires everything due up to `context.today`, each effect dated on its own due date.
    ///
    /// A timer due on a date is due at its closing, so the shell sends this when that day is over.
    case passTime
    /// The department states why (说明情况).
    case explainCard(card: String, explanation: String)
    /// The supervisor lifts a card (解除).
    case liftCard(card: String, reason: String)
    /// The supervisor confirms a card (认定).
    case confirmCard(card: String, reason: String)
    /// 绿色通道: the case goes first, by the rule of the registry or, with a reason, without it.
    case openGreenChannel(reason: String?)
    case closeGreenChannel(reason: String?)
    /// The case goes on under another version of its workflow (迁移), by a designer.
    case migrate(MigrationOrder)
    /// Days ahead are counted on a new version of the calendar (日历变更), by a designer.
    case changeCalendar(CalendarOrder)
    /// Items go on at another body (划转), by a designer.
    case transfer(TransferOrder)
    /// The project gets another work (增加单项工程), by a designer.
    case addWork(WorkOrder)
    /// Supervision, ratings and complaints.
    case supervise(_ command: SupervisionCommand)
    /// One form for a whole stage 阶段综合受理.
    case intake(_ command: IntakeCommand)
    /// Something to be done with one item, by its id.
    case item(_ id: String, _ command: ItemCommand)

    private enum OpenCodingKeys: String, CodingKey { case _0 = "opening" }
    private enum MigrateCodingKeys: String, CodingKey { case _0 = "order" }
    private enum ChangeCalendarCodingKeys: String, CodingKey { case _0 = "order" }
    private enum TransferCodingKeys: String, CodingKey { case _0 = "order" }
    private enum AddWorkCodingKeys: String, CodingKey { case _0 = "order" }
    private enum SuperviseCodingKeys: String, CodingKey { case _0 = "command" }
    private enum IntakeCodingKeys: String, CodingKey { case _0 = "command" }
    private enum ItemCodingKeys: String, CodingKey { case _0 = "id", _1 = "command" }
}

extension CaseCommand {
    /// Whether the case goes by other rules afterwards, so that deciding it takes the texts of those.
    public var changesRules: Bool {
        switch self {
        case .migrate, .changeCalendar, .transfer, .addWork: true
        default: false
        }
    }

    /// Whether deciding it takes the earliest finish of the case.
    public var looksAhead: Bool {
        if case .supervise(.promiseCertificate) = self { true } else { false }
    }

    /// Whether it may take materials from outside the case, or ask the applicant for what lies there.
    public var looksForMaterials: Bool {
        switch self {
        case .item(_, .file), .item(_, .lookUp), .item(_, .noteRepeat), .item(_, .requestCorrection),
            .item(_, .requestSupplement), .intake(.receive), .intake(.notice):
            true
        default: false
        }
    }
}

/// What a case opens with (立案).
public struct CaseOpening: Hashable, Sendable {
    /// Project code 项目代码.
    public let project: String
    public let title: LocalizedText
    /// The owner 建设单位.
    public let owner: LocalizedText?
    /// Its unified social credit code, when it is known.
    public let ownerCode: String?
    /// Id and version of the workflow, which govern the case to its end.
    public let workflow: String
    public let version: String
    /// Hash of the definition file as published.
    public let definition: String
    /// Id and version of the calendar that its working days are counted on.
    public let calendar: String
    public let calendarVersion: String
    /// Facts with defaults filled in.
    public let facts: [String: FactValue]
    /// What the project is divided into; empty when it goes through all stages as one.
    public let works: [Work]
    /// Where the code was asked for; `nil` when it was typed.
    public let codeSource: ProjectCodeSource?

    public init(
        project: String, title: LocalizedText, owner: LocalizedText?, ownerCode: String? = nil, workflow: String,
        version: String, definition: String, calendar: String, calendarVersion: String, facts: [String: FactValue],
        works: [Work] = [], codeSource: ProjectCodeSource? = nil
    ) {
        self.project = project
        self.title = title
        self.owner = owner
        self.ownerCode = ownerCode
        self.workflow = workflow
        self.version = version
        self.definition = definition
        self.calendar = calendar
        self.calendarVersion = calendarVersion
        self.facts = facts
        self.works = works
        self.codeSource = codeSource
    }
}

extension CaseOpening: Codable {
    private enum Keys: String, CodingKey {
        case project, title, owner, ownerCode, workflow, version, definition, calendar, calendarVersion, facts, works
        case codeSource
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        func text(_ key: Keys) throws -> String { try container.decode(String.self, forKey: key) }
        self.init(
            project: try text(.project), title: try container.decode(LocalizedText.self, forKey: .title),
            owner: try container.decodeIfPresent(LocalizedText.self, forKey: .owner),
            // Cases that were opened before owners had codes have none.
            ownerCode: try container.decodeIfPresent(String.self, forKey: .ownerCode), workflow: try text(.workflow),
            version: try text(.version), definition: try text(.definition), calendar: try text(.calendar),
            calendarVersion: try text(.calendarVersion),
            facts: try container.decode([String: FactValue].self, forKey: .facts),
            // Cases that were opened before projects had works have none.
            works: try container.decodeIfPresent([Work].self, forKey: .works) ?? [],
            codeSource: try container.decodeIfPresent(ProjectCodeSource.self, forKey: .codeSource))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(project, forKey: .project)
        try container.encode(title, forKey: .title)
        try container.encodeIfPresent(owner, forKey: .owner)
        try container.encodeIfPresent(ownerCode, forKey: .ownerCode)
        try container.encode(workflow, forKey: .workflow)
        try container.encode(version, forKey: .version)
        try container.encode(definition, forKey: .definition)
        try container.encode(calendar, forKey: .calendar)
        try container.encode(calendarVersion, forKey: .calendarVersion)
        try container.encode(facts, forKey: .facts)
        if !works.isEmpty { try container.encode(works, forKey: .works) }
        try container.encodeIfPresent(codeSource, forKey: .codeSource)
    }
}

/// What somebody wants to do with one item (事项指令).
public enum ItemCommand: Hashable, Sendable, Codable {
    // Before admission, outside every clock.
    /// 提前介入、预审: the department looks at drafts before anything is filed.
    case beginPreReview
    /// `missing` lists what the drafts lack 预审清单.
    case finishPreReview(advice: String, missing: [Point]? = nil)
    /// 申报: what is already held and valid is attached by itself; `arrival` says how it comes in, and when on the day.
    case file(materials: [SuppliedMaterial], arrival: Arrival? = nil)
    /// 一次性补正告知: once, within five working days of receipt, everything at once.
    case requestCorrection(points: [Point])
    case supplyCorrection(materials: [SuppliedMaterial])
    /// 受理
    case admit
    /// 不予受理, naming the right body if there is one.
    case refuseAdmission(reason: String, rightBody: String?)

    /// 调取: takes materials over from the zone, from other cases or from a department's register; none named means all
    /// that the item asks for.
    case lookUp(materials: [String])
    /// 登记重复索要: what was asked for by a command of that name, and refused because the office has it.
    case noteRepeat(materials: [String], request: String)

    /// 签署承诺书: the applicant promises, and the item is decided at once and checked later.
    case commit(signer: String)
    /// The applicant chooses the ordinary way instead of a promise 不选择承诺.
    case declineCommitment

    // Review.
    /// 部门开始办理, where the item's clock starts with it.
    case beginReview
    /// 法制审核 of a refusal, by somebody else than who decides.
    case reviewLegality(agrees: Bool, opinion: String)
    /// 马上响应: the unit that carries a special procedure out names its date.
    case scheduleProcedure(date: LocalDate)
    /// A link of the reviewer chain signs (承办、审查); the last link signs by deciding.
    case sign(opinion: String)
    /// 过程补件: stops the clock until supplied.
    case requestSupplement(points: [Point])
    case supplySupplement(materials: [SuppliedMaterial])
    case beginSpecialProcedure(kind: SpecialProcedure, basis: String, length: DayAmount)
    case endSpecialProcedure(result: String)
    /// 中止, with a reason and a second person's approval.
    case suspend(reason: String, approver: String)
    case resume(reason: String)
    /// 预约, by the applicant or the window.
    case book(purpose: AppointmentPurpose, date: LocalDate, at: TimeOfDay, place: String? = nil)
    /// 改约
    case rebook(date: LocalDate, at: TimeOfDay)
    /// 取消预约
    case cancelAppointment(reason: String)
    /// 履约: the window says, on the day, that somebody came.
    case keepAppointment
    /// 报上级: examined here, decided by an authority of another level, in so much time there.
    case refer(level: AdministrativeLevel, authority: String, opinion: String, within: DayAmount)
    /// 登记上级决定, as that authority signed it.
    case recordAnswer(agrees: Bool, signer: String, document: String, opinion: String)
    /// 延长: once, no longer than the law allows.
    case extend(by: DayAmount, reason: String, approver: String)
    /// 容缺补齐: supplies what was promised.
    case supplyGaps(materials: [SuppliedMaterial])
    case decide(Decision)
    /// 退件: when a correction never came or a promise was broken.
    case returnApplication(reason: String)
    /// 撤回, by the applicant before the decision.
    case withdraw(reason: String)

    // After the decision.
    /// 发证: all outputs on one date; an output without a document is known by the application that it came from.
    case issue(documents: [SuppliedMaterial])
    /// 事后核查
    case check(finding: String)
    /// 撤销
    case revoke(reason: String, basis: String)

    /// 送达: what was issued reaches the applicant; a courier's parcel by its tracking number.
    case deliver(method: DeliveryMethod, tracking: String?, recipient: String)
    /// The window hands out what a department wrote to the applicant 窗口转达.
    case handOut(notice: CaseNotice.Kind, recipient: String)
    /// 接收推送: the supervising department has received the result.
    case acknowledge(note: String)
    /// 双随机抽查: the item was drawn by a seed from so many, and these inspectors were.
    case drawCheck(seed: String, population: Int, inspectors: [String], within: DayAmount)
    /// 核查不符承诺: what was promised is not so; `within` is the time to put it right.
    case findBreach(finding: String, within: DayAmount? = nil)
    /// The applicant has put the breach right 限期整改.
    case reportRectified(note: String)
    /// 申请行政复议、提起行政诉讼
    case appeal(route: AppealRoute, grounds: String)
    case decideAppeal(outcome: AppealOutcome, reason: String)
    /// 许可延期: before it lapses.
    case extendPermit(reason: String)

    // Work outside government clocks.
    case begin
    case complete

    // Joint items.
    /// A participant's opinion, by the participant's id.
    case opine(participant: String, verdict: Verdict)
    /// 联合勘验: all participants sign on one day.
    case holdSession(votes: [SessionVote])
    /// 合并意见: the lead alone sends one consolidated notice.
    case merge(note: String)
    /// 竣工实测: what was built is held to the control values of the area.
    case measure(values: [MeasuredValue])
    /// 整改完成
    case rectify(materials: [SuppliedMaterial], note: String)
    /// 联合结论, by the lead.
    case conclude(Decision)
    /// 约定到场日期: the window or the lead proposes a date for the participants to meet, on site or remotely.
    case proposeVisit(date: LocalDate, remote: Bool)
    /// A participant names the dates on which it can come; the proposed one among them confirms it.
    case answerVisit(participant: String, dates: [LocalDate])
    /// 到场记录, on the agreed date: who signed, who was there without signing, and the record.
    case recordVisit(votes: [VisitVote], unsigned: [String], record: VisitRecord?)
    /// 意见冲突: two points that cannot both be observed.
    case markConflict(first: ParticipantPoint, second: ParticipantPoint)
    /// 冲突处理: the lead says in words what holds.
    case resolveConflict(number: Int, resolution: String)
    /// 变更: documents change after the opinions or after the grant, and those who looked at them look again.
    case reopen(materials: [SuppliedMaterial], reason: String)

    private enum DecideCodingKeys: String, CodingKey { case _0 = "decision" }
    private enum ConcludeCodingKeys: String, CodingKey { case _0 = "decision" }
}
