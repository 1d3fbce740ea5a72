import WorkCalendar

/// A rule that the engine keeps, with the name by which explanations and scenarios refer to it (规则).
///
/// Every rule has a scenario that shows it, and a paragraph in `docs/rules.md`.
public enum LawRule: String, Hashable, Sendable, CaseIterable {
    // Before admission.
    case preReviewOutsideClocks = "pre-review-outside-clocks"
    case filingOutsideHours = "filing-outside-hours"
    case serviceHours = "service-hours"
    case onRecord = "on-record"
    case appointments
    case oneCorrection = "one-correction"
    case deemedAdmission = "deemed-admission"
    case windowWithoutVeto = "window-without-veto"
    case windowAlone = "window-alone"

    // Materials.
    case materialsOnce = "materials-once"
    case materialsReused = "materials-reused"
    case materialsLookedUp = "materials-looked-up"
    case versionsSeen = "versions-seen"
    case stageIntake = "stage-intake"
    case tolerance
    case brokenPromise = "broken-promise"

    // Review.
    case reviewerChain = "reviewer-chain"
    case adjacentReviewers = "adjacent-reviewers"
    case oneSupplement = "one-supplement"
    case specialProcedure = "special-procedure"
    case proceduresThatCount = "procedures-that-count"
    case suspension
    case extensionOnce = "extension-once"
    case statutoryLimit = "statutory-limit"
    case promisedLimit = "promised-limit"
    case deemedConsent = "deemed-consent"
    case safetyNeverDeemed = "safety-never-deemed"
    case refusalWithReasons = "refusal-with-reasons"
    case withdrawal

    // After the decision.
    case delivery
    case laterCheck = "later-check"
    case revocation
    case commitmentChoice = "commitment-choice"
    case commitmentBreach = "commitment-breach"
    case spotCheck = "spot-check"
    case decidedByRule = "decided-by-rule"
    case instantItem = "instant-item"
    case departmentClock = "department-clock"
    case procedureOfItem = "procedure-of-item"
    case technicalReviewOnce = "technical-review-once"
    case legalReview = "legal-review"
    case appeals
    case decidedAnew = "decided-anew"
    case reliance
    case resultPushed = "result-pushed"
    case permitLapse = "permit-lapse"

    // Joint items.
    case opinionsInParallel = "opinions-in-parallel"
    case oneConsolidatedNotice = "one-consolidated-notice"
    case failedOnlyRecheck = "failed-only-recheck"
    case jointSession = "joint-session"
    case agreedVisit = "agreed-visit"
    case visitDemanded = "visit-demanded"
    case twoOfficers = "two-officers"
    case absenceAtVisit = "absence-at-visit"
    case inspectionSteps = "inspection-steps"
    case inspectionWaived = "inspection-waived"
    case conflictingPoints = "conflicting-points"
    case reopenedParts = "reopened-parts"
    case changeAfterGrant = "change-after-grant"
    case surveyOnce = "survey-once"
    case internalOpinions = "internal-opinions"
    case jointIssue = "joint-issue"

    // The case.
    case whoMayAct = "who-may-act"
    case secondPerson = "second-person"
    case orderOfItems = "order-of-items"
    case stageClosing = "stage-closing"
    case works = "works"
    case supervisionCards = "supervision-cards"

    // The registry.
    case registeredOfficers = "registered-officers"
    case deputyActs = "deputy-acts"
    case approversByRole = "approvers-by-role"
    case windowAuthority = "window-authority"
    case agentAssignment = "agent-assignment"
    case creditBar = "credit-bar"
    case greenChannel = "green-channel"
    case regionalAssessment = "regional-assessment"
    case zoneStandards = "zone-standards"
    case intermediarySelected = "intermediary-selected"
    case firmTime = "firm-time"
    case marketTender = "market-tender"
    case serviceContract = "service-contract"

    // The rules themselves.
    case governingVersion = "governing-version"
    case answersStand = "answers-stand"
    case itemsHandedOver = "items-handed-over"
    case powerMoved = "power-moved"
    case upperLevel = "upper-level"
    case workAdded = "work-added"
    case calendarNotice = "calendar-notice"

    // Supervision beside the clocks.
    case cardNotAboutTime = "card-not-about-time"
    case accountability
    case rating
    case badRating = "bad-rating"
    case followUp = "follow-up"
    case issueEscalated = "issue-escalated"
    case certificatePromise = "certificate-promise"
    case complaint

    /// The stable name.
    public var id: String { rawValue }

    /// What it says, in one sentence.
    public var title: LocalizedText { facts.title }

    /// Law or policy with its article; «assumed» where none says it.
    public var source: String { facts.source }
}

extension LawRule {
    private typealias Facts = (title: LocalizedText, source: String)

    private var facts: Facts {
        factsBeforeAdmission ?? factsOfMaterials ?? factsOfReview ?? factsOfMeetings ?? factsOfRules
            ?? factsOfSupervision
            ?? factsOfRegistry
            ?? factsAfterwards
    }

    private static func facts(_ zh: String, _ en: String, _ source: String) -> Facts {
        (LocalizedText(zh: zh, en: en), source)
    }

    private var factsOfMaterials: Facts? {
        switch self {
        case .materialsReused:
            Self.facts(
                "同一项目、同一建设单位已有的有效材料，其他项目和延续、变更时不再提交",
                "What the project or the owner has handed in before and is valid is not handed in again, in whatever case",
                "乳山规划 四章四节二; 重庆方案 二(五)")
        case .materialsLookedUp:
            Self.facts(
                "部门持有的材料由共享数据查询取得；查询未果的，注明原因后由申请人提交",
                "What a department holds is looked up; the applicant hands it in only where that failed, and why is noted",
                "重庆方案 二(五); 乳山规划 三章二节")
        case .versionsSeen:
            Self.facts(
                "签署和决定记明所依据的材料版本，此后到库的新版本另行注明",
                "Signatures and decisions record the versions they rest on, and newer ones are marked as later",
                "assumed")
        case .stageIntake:
            Self.facts(
                "一个阶段一张表单、一套材料，全部缺项和补正各一次告知，各事项分别计时",
                "A stage has one form and one set of materials; what is missing and what is wrong is told once each; clocks stay apart",
                "国办发〔2019〕11号 四(十二)、(十三); 营口方案 三(三)7")
        default: nil
        }
    }

    private var factsBeforeAdmission: Facts? {
        switch self {
        case .preReviewOutsideClocks:
            Self.facts(
                "预审和提前介入不计入任何时限", "Pre-review and early guidance are outside every clock", "乳山规划 四章二节三; assumed")
        case .filingOutsideHours:
            Self.facts(
                "非工作日申报的，视为下一个工作日收到", "What is filed on a day off counts as received on the next working day",
                "行政许可法 (2019) art. 82; assumed")
        case .serviceHours:
            Self.facts(
                "窗口延时、双休日、节假日服务的，服务时间内申报当日收到，过时的下一个服务日收到；期限仍按工作日计算",
                "What comes in while the window serves is received that day, after hours on its next day; limits count working days all the same",
                "重庆方案 二(四): 5+X 工作日; assumed")
        case .onRecord:
            Self.facts(
                "办理全过程留痕：申报渠道、首问责任人、理由和依据写明并保存",
                "Everything is on record: channel, first contact, reasons and what they rest on, in words",
                "国办发〔2018〕118号; 重庆方案 二(七)")
        case .appointments:
            Self.facts(
                "申请人可以预约到窗口、上门和现场的时间，服务时间内有余号的可约，可以改约和取消；多次失约的由窗口预约",
                "The applicant may book a time at the window, at home or on site, while the window serves and there is room, and move it; often missed, the window books",
                "广东方案 二(六)20; 重庆方案 二(八); 乳山规划 五章一节三; the figures are assumed")
        case .oneCorrection:
            Self.facts(
                "材料不齐的，五个工作日内一次告知全部补正内容，不得再次告知",
                "What is missing is told once, all of it, within five working days; never a second time",
                "行政许可法 (2019) art. 32(4)")
        case .deemedAdmission:
            Self.facts(
                "逾期不告知的，自收到申请材料之日起即为受理",
                "Without a notice in five working days the application counts as admitted from the day of receipt",
                "行政许可法 (2019) art. 32(4)")
        case .windowWithoutVeto:
            Self.facts(
                "窗口无否决权，不予受理和不予许可由审批部门决定",
                "The window may not refuse: refusals are the deciding department's", "乳山规划 五章一节一")
        case .windowAlone:
            Self.facts(
                "有综合窗口的，文书和证件由窗口统一送达申请人，部门写给申请人的交由窗口转达",
                "Where there is a window, it alone hands out what the applicant gets; what departments write goes to its desk",
                "乳山规划 四章二节二")
        case .materialsOnce:
            Self.facts(
                "前一环节已收取的有效材料，后一环节不得要求再次提交", "What an earlier step collected and is valid is not asked for again",
                "重庆方案 二(二); 行政许可法 (2019) art. 31")
        case .tolerance:
            Self.facts(
                "主件齐全、次要材料欠缺的，可以承诺限期补齐，先行受理",
                "With minor materials missing it is admitted on a promise to supply them by a date",
                "广东方案 二(六)20; 乳山规划 四章三节")
        case .brokenPromise:
            Self.facts(
                "承诺到期未补齐的，记入信用；未决定的退件或者不予许可，已决定的中止效力并启动撤销",
                "A broken promise is recorded; undecided it ends in return or refusal, decided its effect is suspended",
                "assumed")
        default: nil
        }
    }

    private var factsOfReview: Facts? {
        switch self {
        case .reviewerChain:
            Self.facts(
                "承办人、审查人、审批人依次签署，至多三级", "Handler, reviewer and approver sign in turn, at most three of them",
                "乳山规划 四章三节二")
        case .adjacentReviewers:
            Self.facts(
                "同一人不得连签相邻两级", "The same person may not sign two adjacent links", "乳山规划 四章三节二; assumed")
        case .oneSupplement:
            Self.facts(
                "受理后要求补件一次为限，补件期间停止计时", "After admission one supplement may be asked for; the clock stops meanwhile",
                "assumed")
        case .specialProcedure:
            Self.facts(
                "听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审所需时间不计入期限，须书面告知时间",
                "Hearing, tender, auction, inspection, testing, quarantine, appraisal and expert review do not count; their length is told",
                "行政许可法 (2019) art. 45")
        case .proceduresThatCount:
            Self.facts(
                "现场勘查和集体讨论计入期限", "Site visits and collective discussions count",
                "行政许可法 (2019) art. 45 does not list them; 营口方案 三(三)7")
        case .suspension:
            Self.facts(
                "中止须有理由并经他人批准，期间停止计时", "A suspension has a reason and a second person's approval; the clock stops",
                "assumed")
        case .extensionOnce:
            Self.facts(
                "经批准可以延长一次，二十日的至多十日，四十五日的至多十五日，并告知理由",
                "One extension with approval and a reason told: 10 days after 20, 15 after 45", "行政许可法 (2019) art. 42")
        case .statutoryLimit:
            Self.facts(
                "二十个工作日内决定，联合办理四十五个工作日，法律法规另有规定的从其规定",
                "Decided within 20 working days, 45 when handled jointly, or within the item's own law's limit",
                "行政许可法 (2019) arts. 42, 82")
        case .promisedLimit:
            Self.facts(
                "承诺时限不长于法定时限，起止与停止计时相同",
                "The promised limit is no longer than the legal one and starts and stops with it",
                "重庆方案 二(二); assumed")
        case .deemedConsent:
            Self.facts(
                "定义写明默认同意的，逾期未答复视为同意，并记部门一次超时",
                "Where the definition says so, silence past the limit is agreement, and a default of the department",
                "assumed")
        case .safetyNeverDeemed:
            Self.facts(
                "消防、结构、人防不适用默认同意", "Silence is never agreement on fire, structure or civil defence", "assumed")
        case .refusalWithReasons:
            Self.facts(
                "不予许可须说明理由，并告知复议和诉讼的权利", "A refusal states its reasons and the ways to appeal",
                "行政许可法 (2019) art. 38")
        case .withdrawal:
            Self.facts(
                "决定作出前申请人可以撤回，并可再次申报", "The applicant may withdraw before the decision, and file again", "assumed")
        default: nil
        }
    }

    private var factsOfMeetings: Facts? {
        switch self {
        case .agreedVisit:
            Self.facts(
                "到场日期由窗口提议，各方答复，定一个都合适的，同时告知各方，不早于下一个工作日",
                "The window proposes a date, the participants answer, one that suits all is told to everyone at once, the next working day at the earliest",
                "乳山规划 四章五节二; assumed")
        case .visitDemanded:
            Self.facts(
                "流程要求到场核实的，到场并记录之前不得准予；承诺或者信用良好的除外",
                "Where the workflow demands a visit nothing is granted before somebody was there, unless a promise or good credit waives it",
                "行政许可法 (2019) art. 34; 乳山规划 四章五节三")
        case .twoOfficers:
            Self.facts(
                "现场核查由两名以上工作人员进行",
                "On site there are two officers or more",
                "行政许可法 (2019) art. 34")
        case .absenceAtVisit:
            Self.facts(
                "缺席或者不当场签署的记录在案，视为接受现场结论；不适用默认同意的除外",
                "Who is absent or does not sign on the spot is recorded and taken to accept what was settled, unless silence is never agreement",
                "乳山规划 四章五节二; assumed")
        case .inspectionSteps:
            Self.facts(
                "勘验记录六个步骤：告知承诺、证前指导、人员派遣、现场勘验、签字确认、现场记录",
                "An inspection is written down in six steps: commitment, guidance, staff, inspection, signature, record",
                "乳山规划 四章五节一")
        case .inspectionWaived:
            Self.facts(
                "低风险、承诺或者信用良好的，免于勘验",
                "Low risk, a commitment or good credit may waive the inspection",
                "乳山规划 四章五节三")
        case .conflictingPoints:
            Self.facts(
                "意见相互矛盾的，由牵头部门写明处理意见后再合并",
                "Points that contradict each other are resolved by the lead in words before the merge",
                "assumed")
        case .reopenedParts:
            Self.facts(
                "材料变更的，只由审查过该部分的部门重新审查，其他意见有效；许可后的变更不成立的，原许可有效",
                "When documents change only those who looked at that part look again and other opinions stand; a grant stands when a change to it fails",
                "行政许可法 (2019) art. 49; assumed")
        case .changeAfterGrant:
            Self.facts(
                "准予之后、办结之后也可以申请变更，另行计时；变更不成立的原许可有效",
                "What was granted may be changed on application, after completion too, on a clock of its own; it stands when the change fails",
                "行政许可法 (2019) art. 49")
        case .surveyOnce:
            Self.facts(
                "多测合一：一次委托，三项成果，各环节共用，不得再次要求测绘",
                "One commission, three survey results, used by all; nobody asks for the survey again",
                "乳山规划 四章二节一")
        case .internalOpinions:
            Self.facts(
                "征求意见在部门之间进行，不得要求申请人补正或者补充",
                "Opinions are asked among departments; the applicant is asked for nothing",
                "重庆方案 二(七); 乳山规划 四章二节一")
        case .jointIssue:
            Self.facts(
                "多证同日发放",
                "Several certificates are handed out on one date",
                "乳山规划 四章二节三")
        default: nil
        }
    }

    private var factsOfRegistry: Facts? {
        switch self {
        case .registeredOfficers:
            Self.facts(
                "部门登记了工作人员的，由登记的人员按岗位办理",
                "Where a department's officers are registered, they act for it, each in the own roles",
                "乳山规划 四章三节二; 重庆方案 二(四)")
        case .deputyActs:
            Self.facts(
                "工作人员不在岗的，由 B 岗代为办理并注明，计时不停",
                "While an officer is away the deputy acts and says for whom; the clock goes on", "乳山规划 六章四节")
        case .approversByRole:
            Self.facts(
                "延期由本机关负责人批准，中止由审批人或负责人批准，均不得为申请批准的本人",
                "The head approves an extension, head or approver a suspension; never the one who asks",
                "行政许可法 (2019) art. 42; assumed")
        case .windowAuthority:
            Self.facts(
                "窗口在部门授权的事项和权限内受理、准予", "The window admits and grants what departments authorize it for",
                "重庆方案 二(四) 三集中三到位; 乳山规划 四章三节二")
        case .agentAssignment:
            Self.facts(
                "代办员在委托的范围和期限内办理", "An agent acts within the scope and the days of an assignment",
                "行政许可法 (2019) art. 29; 乳山规划 四章二节四")
        case .creditBar:
            Self.facts(
                "失信的建设单位在限制期内不适用容缺受理和告知承诺，限制延伸到关联人",
                "An owner that broke a promise gets neither tolerance nor commitment for a time, nor do those linked to it",
                "广东方案 二(八)25; 优化营商环境条例 art. 40; twelve months assumed")
        case .greenChannel:
            Self.facts(
                "重点项目和信用 AA 级以上的建设单位（房地产除外）进入绿色通道，例外须有理由",
                "Key projects and owners of AA and above, developers excluded, go first; exceptions need a reason",
                "乳山规划 四章二节四, 四章四节三")
        case .regionalAssessment:
            Self.facts(
                "项目在已评估区域内且评估有效的，方可按区域评估办理",
                "A project rests on a regional assessment only in its zone and while it holds",
                "广东方案 二(六)19; 营口方案 三(三)8")
        case .zoneStandards:
            Self.facts(
                "区域有控制指标的，立案时按申报值、验收时按实测值核对；超出的不适用区域评估、不予通过，整改后仍超出的记入信用",
                "Where an area has control values a project keeps them at its entry, and as built at its acceptance; beyond them a second time is a breach",
                "衡阳方案 五(五)1; 国办发〔2019〕11号 四(十一); the second chance is assumed")
        case .intermediarySelected:
            Self.facts(
                "中介服务由为本项目选取的登记机构承担，列入黑名单的不得承担",
                "An intermediary's work is done by the registered firm that was selected for it, never by one on the black list",
                "广东方案 二(七)24; 重庆方案 二(九)")
        case .firmTime:
            Self.facts(
                "中介机构按承诺的服务时间完成，临期提醒，逾期记入其信用，多次逾期的不得选取",
                "A firm keeps the service time it promised: reminded in time, late it loses credit, and often late it is not selected",
                "重庆方案 二(九); how often is assumed")
        case .marketTender:
            Self.facts(
                "中介服务可以公告比选竞价，登记机构不设门槛均可报价，按公告的方式定标并说明理由",
                "A service may be put out to tender: any registered firm may bid without a threshold, and the award follows the announced method, with its reason",
                "重庆方案 二(九); 衡阳方案 五(六)1; sealed bids and ties are assumed")
        case .serviceContract:
            Self.facts(
                "合同网签，不得背离比选结果；合同的服务时间即机构的承诺，完成后双方互评",
                "The contract is signed online and keeps to the tender's outcome; its days are the firm's promise, and both rate each other afterwards",
                "重庆方案 二(九); 招标投标法 (2017) art. 46")
        default: nil
        }
    }

    private var factsOfRules: Facts? {
        switch self {
        case .governingVersion:
            Self.facts(
                "办件按立案时的版本办理；改按新版本须由流程管理员写明理由，在办而新版本没有的事项须指明去向",
                "A case goes by the version that it opened with; a designer puts it under another with a reason, and says what "
                    + "becomes of items under way that the new version does not have",
                "行政许可法 (2019) art. 8; assumed")
        case .answersStand:
            Self.facts(
                "迁移时已作出的意见和决定有效，等待中的联合事项继续办理",
                "Opinions and decisions given stand when a case is put under another version, and what waits at a join goes on",
                "行政许可法 (2019) art. 8; assumed")
        case .itemsHandedOver:
            Self.facts(
                "事项划转后由新部门继续办理，此前的用时仍记在原部门",
                "Items moved to another body go on there; the time until then stays with the former one",
                "营口方案 三(三)7")
        case .powerMoved:
            Self.facts(
                "下放、提级的事项由承接机关以自己的名义签发，委托的以委托机关的名义签发",
                "A power moved down or up is signed for by who has it now, an entrusted one in the name of who entrusts",
                "行政许可法 (2019) arts. 23–25; 重庆方案 二(七)")
        case .upperLevel:
            Self.facts(
                "依法由上级决定的，本级审查完毕连同全部材料报送，上级另行计时、由其签发，不得要求申请人重复提供材料",
                "What another level decides is examined here, handed up with all materials, counted and signed there; nothing is asked twice",
                "行政许可法 (2019) arts. 35, 43; 重庆方案 二(一)")
        case .workAdded:
            Self.facts(
                "立案后可以增加单项工程，已有单项工程和共同事项照旧；等待全部单项工程的事项已经开始的，另行立案",
                "A work may be added to a running case, and all else stands; where what waits for all works was begun, it takes a case of its own",
                "数据共享交换标准 GCDM; assumed")
        case .calendarNotice:
            Self.facts(
                "放假安排变更只影响以后的日期，已经计过的日子不变，变动的期限逐一记录",
                "A new holiday notice changes only the days ahead; days counted stay, and every deadline that moves is recorded",
                "全国年节及纪念日放假办法 (2024); assumed")
        default: nil
        }
    }

    private var factsOfSupervision: Facts? {
        switch self {
        case .cardNotAboutTime:
            Self.facts(
                "非时限问题由监察人员凭证据亮牌；流程写明的，由系统按规则亮牌",
                "What is not about time gets a card by the supervisor, with evidence, or by rule where the workflow says so",
                "行政审批电子监察规则 art. 6; 营口方案 二; 行政许可法 (2019) art. 45")
        case .accountability:
            Self.facts(
                "红牌认定后可以记录问责", "What was done about a red card is noted once it is confirmed",
                "乳山规划 七章二节; 营口方案 五(三)")
        case .rating:
            Self.facts(
                "每个环节完成后可以评价一次，五分制", "Each completed step may be rated once, 1 to 5",
                "广东方案 二(二)7; GB/T 39046-2020 A.8")
        case .badRating:
            Self.facts(
                "差评须在五个工作日内以立行立改、限期整改、解释说明之一答复，并回访",
                "A bad rating is answered within five working days in one of three ways, and somebody calls back",
                "乳山规划 七章二节三; 德州好差评办法")
        case .followUp:
            Self.facts(
                "督办限期答复，逾期逐级提请上级办理单位", "A follow-up has a deadline; overdue, it goes up the chain",
                "乳山规划 六章二节; 营口方案 五(二); the figures are assumed")
        case .issueEscalated:
            Self.facts(
                "疑难问题报送协调机构，全局性问题提请政府",
                "A hard question goes to the coordination office, and what concerns everything to the government",
                "营口方案 五(二)")
        case .certificatePromise:
            Self.facts(
                "重点项目限期取得证书：代办员承诺的日期不早于关键路径的最早完成日，可凭理由改期一次，临期、逾期列入督办",
                "A certificate by a date: the agent's promise is no earlier than the critical path's finish, is moved once with a reason, and is followed when near or over",
                "乳山规划 四章二节四; the thresholds are assumed")
        case .complaint:
            Self.facts(
                "投诉按承诺时限答复，可延期一次，超期计天数",
                "A complaint is answered within its promised limit, extended once, and its late days count",
                "GB/T 39046-2020; 衡阳方案 八(四); the figures are assumed")
        default: nil
        }
    }

    private var factsAfterwards: Facts {
        switch self {
        case .delivery:
            Self.facts("决定之日起十个工作日内送达证件", "Documents are handed out within ten working days", "行政许可法 (2019) art. 44")
        case .laterCheck:
            Self.facts(
                "凭承诺准予的，事后核查", "What was granted on a commitment is checked afterwards", "衡阳方案 五(六)3")
        case .revocation:
            Self.facts("依法可以撤销已准予的许可", "What was granted may be revoked by law", "行政许可法 (2019) art. 69")
        case .commitmentChoice:
            Self.facts(
                "告知承诺由申请人自愿选择；签署承诺书的，当场决定",
                "A commitment is the applicant's choice; on a signed promise the decision is made at once",
                "优化营商环境条例 art. 40")
        case .commitmentBreach:
            Self.facts(
                "核查不符承诺的，限期整改一次；逾期或仍不符的，记入信用，中止效力，依法撤销",
                "A breach is put right once in time, or it is recorded, the effect suspended and the decision revoked",
                "优化营商环境条例 art. 40; assumed")
        case .spotCheck:
            Self.facts(
                "事后核查可以随机抽取对象和检查人员，检查人员不少于两人",
                "Later checks may be drawn at random, and the inspectors too, two of them at least",
                "广东方案 二(八)27; 行政处罚法 (2021) art. 42")
        case .decidedByRule:
            Self.facts(
                "符合规则且材料齐全的，受理当日由系统准予；其余由人决定",
                "What a rule covers is granted by the system on the day of admission; people decide the rest",
                "重庆方案 二(六); 乳山规划 三章三节二")
        case .instantItem:
            Self.facts("即办事项当日办结", "An instant item is closed on the same working day", "广东方案 二(一)1")
        case .departmentClock:
            Self.facts(
                "计时起点可以是窗口受理或部门开始办理", "The clock starts with admission or with the department, as the item says",
                "行政许可法 (2019) art. 42; 数据共享交换标准 BLZT 3, 8")
        case .procedureOfItem:
            Self.facts(
                "特别程序按事项确定是否停止计时、最长时间和响应时间",
                "Whether a procedure stops the clock, its longest length and its response time are the item's",
                "广东方案 二(一)4; 行政许可法 (2019) art. 45")
        case .technicalReviewOnce:
            Self.facts(
                "技术审查与行政审批分离，审批不重复技术审查", "Technical review is separate, and an approval does not repeat it",
                "营口方案 三(三)8")
        case .legalReview:
            Self.facts(
                "不予许可决定作出前经他人法制审核", "A refusal is reviewed by another person for its legality first", "国办发〔2018〕118号")
        case .appeals:
            Self.facts(
                "六十日内申请复议，六个月内起诉，复议后十五日内起诉",
                "Reconsideration within sixty days, court within six months, or fifteen days after a reconsideration",
                "行政复议法 (2023) art. 20; 行政诉讼法 (2017) arts. 45, 46")
        case .decidedAnew:
            Self.facts(
                "决定被撤销的，在新的期限内重新作出，不得以同一理由",
                "What is annulled is decided anew within its limit, not for the same reasons",
                "行政复议法 (2023) art. 64; 行政诉讼法 (2017) arts. 70, 71")
        case .reliance:
            Self.facts(
                "所依据的结果已撤销、失效或中止效力的，不得准予和发证",
                "Nothing is granted or issued on a result that was revoked, has lapsed or is suspended",
                "行政许可法 (2019) art. 69; assumed")
        case .resultPushed:
            Self.facts(
                "准予、撤销和失效推送监管部门，监管部门确认接收",
                "Grants, revocations and lapses go to the supervising department, which acknowledges them",
                "广东方案 二(四)12; 乳山规划 四章三节二")
        case .permitLapse:
            Self.facts(
                "领证三个月内未开工又不延期的，许可自行失效；可延期两次，每次不超过三个月",
                "A permit is void unless works begin in three months; two extensions of three months at most",
                "建筑法 (2019) art. 9")
        case .opinionsInParallel:
            Self.facts(
                "各部门同时提出意见，每轮一次", "All departments give their opinions in parallel, once a round",
                "行政许可法 (2019) art. 26")
        case .oneConsolidatedNotice:
            Self.facts(
                "意见由牵头部门合并，一次告知；复核不得就未改动的材料提出新问题",
                "The lead merges the opinions into one notice; a recheck raises nothing new where nothing changed",
                "重庆方案 二(七); 衡阳方案 五(四)2")
        case .failedOnlyRecheck:
            Self.facts("整改后只由未通过的部门复核", "After rectification only those who did not pass look again", "assumed")
        case .jointSession:
            Self.facts("联合勘验各方在同一天签署", "All parties of a joint inspection sign on one day", "乳山规划 四章五节")
        case .whoMayAct:
            Self.facts("各办各的事：谁有权，谁办理", "Everybody does what is theirs to do", "行政许可法 (2019) arts. 22–26")
        case .secondPerson:
            Self.facts(
                "中止、延长等须由经办人以外的人批准", "A suspension or an extension is approved by somebody other than who asks for it",
                "行政许可法 (2019) art. 42; assumed")
        case .orderOfItems:
            Self.facts("前置事项办结后，后续事项才可办结", "An item finishes after what it waits for", "流程定义 / the workflow")
        case .works:
            Self.facts(
                "单项工程各走各的第二至第四阶段，项目共同的事项只办一次",
                "Each work goes through stages 2 to 4 on its own; what is the project's is done once",
                "数据共享交换标准 GCDM; 优化营商环境条例 art.42")
        case .stageClosing:
            Self.facts(
                "阶段内里程碑事项全部办结，或任一办结，阶段完成", "A stage closes by all or by any of its milestone items",
                "LCBSXLX; 国办发〔2018〕33号")
        default:
            Self.facts(
                "临期提醒，将尽黄牌，超时红牌，须说明，可解除", "Reminder, yellow card, red card; explained, lifted or confirmed",
                "广东方案 二(二)7; 监察规则")
        }
    }
}
