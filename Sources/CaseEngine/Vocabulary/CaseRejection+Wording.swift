import WorkCalendar

extension CaseRejection {
    /// The stable name of the rejection; never reused for another.
    public var code: String {
        switch self {
        case .caseNotOpen: "caseNotOpen"
        case .caseAlreadyOpen: "caseAlreadyOpen"
        case .caseClosed: "caseClosed"
        case .otherWorkflow: "otherWorkflow"
        case .otherCalendar: "otherCalendar"
        case .factNotFinite: "factNotFinite"
        case .otherProjectCode: "otherProjectCode"
        case .dateBeforeLast: "dateBeforeLast"
        case .notYours: "notYours"
        case .unknownItem: "unknownItem"
        case .unknownParticipant: "unknownParticipant"
        case .unknownMaterial: "unknownMaterial"
        case .unknownCard: "unknownCard"
        case .cardSettled: "cardSettled"
        case .versionNotAtHand: "versionNotAtHand"
        case .alreadyGoverned: "alreadyGoverned"
        case .migrationBarred: "migrationBarred"
        case .notNow: "notNow"
        case .notForThisItem: "notForThisItem"
        case .clockStopped: "clockStopped"
        case .notPaused: "notPaused"
        case .completionWaits: "completionWaits"
        case .reasonMissing: "reasonMissing"
        case .pointsMissing: "pointsMissing"
        case .appealMissing: "appealMissing"
        case .lengthMissing: "lengthMissing"
        case .secondPersonNeeded: "secondPersonNeeded"
        case .materialsMissing: "materialsMissing"
        case .materialAlreadyHeld: "materialAlreadyHeld"
        case .materialNotIssued: "materialNotIssued"
        case .correctionAlreadyRequested: "correctionAlreadyRequested"
        case .supplementAlreadyRequested: "supplementAlreadyRequested"
        case .windowMayNotRefuse: "windowMayNotRefuse"
        case .chainNotSigned: "chainNotSigned"
        case .chainComplete: "chainComplete"
        case .extensionNotAllowed: "extensionNotAllowed"
        case .alreadyExtended: "alreadyExtended"
        case .extensionTooLong: "extensionTooLong"
        case .gapsOpen: "gapsOpen"
        case .noGaps: "noGaps"
        case .promiseBroken: "promiseBroken"
        case .commitmentUnsigned: "commitmentUnsigned"
        case .commitmentChosen: "commitmentChosen"
        case .restsOnRevoked: "restsOnRevoked"
        case .legalReviewMissing: "legalReviewMissing"
        case .sameReasons: "sameReasons"
        case .procedureTooLong: "procedureTooLong"
        case .technicalReviewDone: "technicalReviewDone"
        case .effectSuspended: "effectSuspended"
        case .alreadyDelivered: "alreadyDelivered"
        case .windowHandsOut: "windowHandsOut"
        case .nothingToHandOut: "nothingToHandOut"
        case .trackingMissing: "trackingMissing"
        case .placeMissing: "placeMissing"
        case .inspectorsMissing: "inspectorsMissing"
        case .breachOpen: "breachOpen"
        case .extensionsUsed: "extensionsUsed"
        case .appealPending: "appealPending"
        case .appealUsed: "appealUsed"
        case .appealTooLate: "appealTooLate"
        case .noAppeal: "noAppeal"
        case .notAsked: "notAsked"
        case .alreadyAnswered: "alreadyAnswered"
        case .newPoint: "newPoint"
        case .opinionsOutstanding: "opinionsOutstanding"
        case .votesOutstanding: "votesOutstanding"
        case .outcomeContradictsOpinions: "outcomeContradictsOpinions"
        case .visitDateNotPossible: "visitDateNotPossible"
        case .noVisitAgreed: "noVisitAgreed"
        case .visitAgreed: "visitAgreed"
        case .visitRequired: "visitRequired"
        case .visitOnOtherDay: "visitOnOtherDay"
        case .twoOfficersNeeded: "twoOfficersNeeded"
        case .visitRecordMissing: "visitRecordMissing"
        case .unknownPoint: "unknownPoint"
        case .unknownConflict: "unknownConflict"
        case .conflictsOpen: "conflictsOpen"
        case .nobodyTouched: "nobodyTouched"
        case .noApplicantContact: "noApplicantContact"
        case .unknownOfficer: "unknownOfficer"
        case .officerAbsent: "officerAbsent"
        case .officerRoleMissing: "officerRoleMissing"
        case .unknownAgent: "unknownAgent"
        case .agentNotAssigned: "agentNotAssigned"
        case .assignmentNotInForce: "assignmentNotInForce"
        case .outsideAssignment: "outsideAssignment"
        case .windowNotAuthorized: "windowNotAuthorized"
        case .toleranceBarred: "toleranceBarred"
        case .commitmentBarred: "commitmentBarred"
        case .regionNotAssessed: "regionNotAssessed"
        case .alreadyBooked: "alreadyBooked"
        case .noAppointment: "noAppointment"
        case .bookingBarred: "bookingBarred"
        case .bookingDateNotPossible: "bookingDateNotPossible"
        case .windowClosedThen: "windowClosedThen"
        case .outsideHours: "outsideHours"
        case .slotFull: "slotFull"
        case .appointmentOnOtherDay: "appointmentOnOtherDay"
        case .alreadyReferred: "alreadyReferred"
        case .decidedElsewhere: "decidedElsewhere"
        case .standardNotStated: "standardNotStated"
        case .standardExceeded: "standardExceeded"
        case .noStandard: "noStandard"
        case .valuesNotMeasured: "valuesNotMeasured"
        case .secondOfficerNeeded: "secondOfficerNeeded"
        case .notRegisteredEditor: "notRegisteredEditor"
        case .firmNotSelected: "firmNotSelected"
        case .firmBarred: "firmBarred"
        case .greenChannelUnchanged: "greenChannelUnchanged"
        case .greenChannelNotByRule: "greenChannelNotByRule"
        case .cardAlreadyRaised: "cardAlreadyRaised"
        case .cardNotConfirmed: "cardNotConfirmed"
        case .scoreOutOfRange: "scoreOutOfRange"
        case .stepNotDone: "stepNotDone"
        case .alreadyRated: "alreadyRated"
        case .unknownMatter: "unknownMatter"
        case .matterNotNow: "matterNotNow"
        case .matterNotOfKind: "matterNotOfKind"
        case .matterAlreadyExtended: "matterAlreadyExtended"
        case .outcomeMissing: "outcomeMissing"
        case .callBackMissing: "callBackMissing"
        case .noHigherOffice: "noHigherOffice"
        case .promiseIsAgents: "promiseIsAgents"
        case .beforeEarliestFinish: "beforeEarliestFinish"
        case .promiseNotMoved: "promiseNotMoved"
        case .departmentMissing: "departmentMissing"
        case .unknownDepartment: "unknownDepartment"
        case .dateNotAhead: "dateNotAhead"
        case .nothingAtHand: "nothingAtHand"
        case .unknownStage: "unknownStage"
        case .nothingToFile: "nothingToFile"
        case .unknownIntake: "unknownIntake"
        case .notInIntake: "notInIntake"
        case .noticeThroughIntake: "noticeThroughIntake"
        case .intakeAlreadyNoticed: "intakeAlreadyNoticed"
        case .alreadyInCharge: "alreadyInCharge"
        case .notDivided: "notDivided"
        case .workExists: "workExists"
        case .workUnnamed: "workUnnamed"
        case .tooManyWorks: "tooManyWorks"
        }
    }

    /// Every code there is, in the order of the declaration.
    public static let codes = [
        "caseNotOpen", "caseAlreadyOpen", "caseClosed", "otherWorkflow", "otherCalendar", "factNotFinite",
        "otherProjectCode",
        "dateBeforeLast", "notYours",
        "unknownItem", "unknownParticipant", "unknownMaterial", "unknownCard", "cardSettled", "versionNotAtHand",
        "alreadyGoverned", "migrationBarred", "notNow",
        "notForThisItem", "clockStopped", "notPaused", "completionWaits", "reasonMissing", "pointsMissing",
        "appealMissing", "lengthMissing", "secondPersonNeeded", "materialsMissing", "materialAlreadyHeld",
        "materialNotIssued", "correctionAlreadyRequested", "supplementAlreadyRequested", "windowMayNotRefuse",
        "chainNotSigned", "chainComplete", "extensionNotAllowed", "alreadyExtended", "extensionTooLong", "gapsOpen",
        "noGaps", "promiseBroken", "commitmentUnsigned", "commitmentChosen", "restsOnRevoked", "legalReviewMissing",
        "sameReasons", "procedureTooLong", "technicalReviewDone", "effectSuspended", "alreadyDelivered",
        "windowHandsOut", "nothingToHandOut",
        "trackingMissing", "placeMissing", "visitRequired", "notRegisteredEditor", "firmNotSelected", "firmBarred",
        "inspectorsMissing", "breachOpen", "extensionsUsed", "appealPending", "appealUsed",
        "appealTooLate", "noAppeal", "notAsked", "alreadyAnswered", "newPoint", "opinionsOutstanding",
        "votesOutstanding", "outcomeContradictsOpinions",
        "unknownOfficer", "officerAbsent", "officerRoleMissing", "unknownAgent", "agentNotAssigned",
        "assignmentNotInForce",
        "outsideAssignment", "windowNotAuthorized", "toleranceBarred", "commitmentBarred", "regionNotAssessed",
        "alreadyBooked", "noAppointment", "bookingBarred", "bookingDateNotPossible", "windowClosedThen",
        "outsideHours", "slotFull", "appointmentOnOtherDay",
        "alreadyReferred", "decidedElsewhere", "standardNotStated", "standardExceeded", "noStandard",
        "valuesNotMeasured",
        "secondOfficerNeeded",
        "greenChannelUnchanged", "greenChannelNotByRule",
        "cardAlreadyRaised", "cardNotConfirmed", "scoreOutOfRange", "stepNotDone", "alreadyRated", "unknownMatter",
        "matterNotNow", "matterNotOfKind", "matterAlreadyExtended", "outcomeMissing", "callBackMissing",
        "noHigherOffice", "promiseIsAgents", "beforeEarliestFinish", "promiseNotMoved", "departmentMissing",
        "unknownDepartment", "dateNotAhead", "visitDateNotPossible",
        "noVisitAgreed",
        "visitAgreed", "visitOnOtherDay", "twoOfficersNeeded", "visitRecordMissing", "unknownPoint", "unknownConflict",
        "conflictsOpen", "nobodyTouched", "noApplicantContact",
        "nothingAtHand", "unknownStage", "nothingToFile", "unknownIntake", "notInIntake", "noticeThroughIntake",
        "intakeAlreadyNoticed", "alreadyInCharge", "notDivided", "workExists", "workUnnamed", "tooManyWorks",
    ]

    /// Why not, and what to do.
    public var text: LocalizedText {
        switch self {
        case .caseNotOpen:
            LocalizedText(zh: "办件尚未立案。先立案，再办理。", en: "The case has not been opened. Open it first.")
        case .caseAlreadyOpen:
            LocalizedText(
                zh: "办件已立案，不能重复立案。直接办理即可。", en: "The case is already open. Go on with it as it is.")
        case .caseClosed(let status):
            LocalizedText(
                zh: "办件\(status.title.zh)，不再接受此操作。需要时另行立案。",
                en: "The case is \(status.title.en) and accepts this no more. Open a new one if needed.")
        case .otherWorkflow(let expected, let given):
            LocalizedText(
                zh: "立案写明的流程是 \(given)，载入的是 \(expected)。按立案的版本载入流程。",
                en: "The opening names workflow \(given), but \(expected) was loaded. Load the version it names.")
        case .otherCalendar(let expected, let given):
            LocalizedText(
                zh: "立案写明的工作日历是 \(given)，载入的是 \(expected)。按立案的日历计算。",
                en: "The opening names calendar \(given), but \(expected) was loaded. Load the one it names.")
        case .otherProjectCode(let given, let registered, let register):
            LocalizedText(
                zh: "项目代码 \(given) 与 \(register) 的 \(registered) 不符。以平台代码为准，改正后再立案。",
                en:
                    "The project code \(given) is not the one that \(register) has, \(registered). Use the platform's code."
            )
        case .factNotFinite(let fact):
            LocalizedText(
                zh: "项目属性 \(fact) 不是有限的数。填写实际数值。",
                en: "The fact \(fact) is no finite number. Give its real value.")
        case .dateBeforeLast(let last):
            LocalizedText(
                zh: "日期早于办件最近的记录（\(last)）。用该日或之后的日期。",
                en: "The date is before the case's last event (\(last)). Use that date or a later one.")
        case .notYours(let expected):
            LocalizedText(
                zh: "此操作由\(expected.title.zh)办理。转给对方办理。",
                en: "This is for \(expected.title.en) to do. Hand it over.")
        case .unknownItem(let id):
            LocalizedText(
                zh: "本方案没有事项 \(id)。核对事项编号；不需要的事项已按条件略去。",
                en: "The plan has no item \(id). Check the id; items that are not needed have been left out.")
        case .unknownParticipant(let item, let participant):
            LocalizedText(
                zh: "联合事项 \(item) 没有参与方 \(participant)。核对参与方编号。",
                en: "The joint item \(item) has no participant \(participant). Check the id.")
        case .unknownMaterial(let id):
            LocalizedText(
                zh: "流程没有列出材料 \(id)，或本事项不产生它。只能要求和提交列出的材料。",
                en: "The workflow lists no material \(id) here. Only listed materials may be asked for or handed in.")
        case .unknownCard(let id):
            LocalizedText(zh: "没有监察牌 \(id)。核对编号。", en: "There is no card \(id). Check the id.")
        case .cardSettled(let id):
            LocalizedText(
                zh: "监察牌 \(id) 已解除或认定，不能再改。", en: "Card \(id) has been lifted or confirmed already and stays so.")
        case .versionNotAtHand(let version):
            LocalizedText(
                zh: "版本 \(version) 没有发布，或与本办件的规则接不上。先发布该版本，或核对版本号。",
                en: "Version \(version) is not published, or cannot follow on this case's rules. Publish it, or check "
                    + "the version.")
        case .alreadyGoverned(let version):
            LocalizedText(
                zh: "办件已按版本 \(version) 办理，没有要改的。", en: "The case goes by version \(version) already. Nothing to do.")
        case .migrationBarred(let obstacles):
            LocalizedText(
                zh: obstacles.map(\.text.zh).joined(), en: obstacles.map(\.text.en).joined(separator: " "))
        case .notNow(let item, let status):
            LocalizedText(
                zh: "事项 \(item) 现为“\(status.title.zh)”，此时不能这样办。查看待办，办理当前环节。",
                en: "Item \(item) is “\(status.title.en)” and cannot take this now. See what is asked for at present.")
        case .notForThisItem(let item):
            LocalizedText(
                zh: "事项 \(item) 没有这一环节。按其类型办理。",
                en: "Item \(item) has no such step. Use the steps of its kind.")
        case .clockStopped(let item, let pause):
            LocalizedText(
                zh: "事项 \(item) 正在\(pause.title.zh)。结束后再办理。",
                en: "Item \(item) stands still for \(pause.title.en). End that first.")
        case .notPaused(let item):
            LocalizedText(
                zh: "事项 \(item) 没有相应的暂停可以结束。", en: "Item \(item) has no such pause to end. Nothing needs doing.")
        case .completionWaits(let item, let other):
            LocalizedText(
                zh: "事项 \(item) 要等 \(other) 具备条件后才能办结。先办 \(other)。",
                en: "Item \(item) cannot finish before \(other) allows it. Settle \(other) first.")
        case .reasonMissing:
            LocalizedText(zh: "没有写明理由或内容。补写后再提交。", en: "No reason or content is given. State it and try again.")
        case .pointsMissing:
            LocalizedText(
                zh: "没有列明需要补正或整改的内容。一次性逐条列出。", en: "Nothing is listed to put right. List every point, all at once.")
        case .appealMissing:
            LocalizedText(
                zh: "不予许可须告知救济途径。写明行政复议和行政诉讼的途径、期限。",
                en: "A refusal has to name the ways to appeal. State reconsideration and court, with their limits.")
        case .lengthMissing:
            LocalizedText(zh: "没有写明天数。写明大于零的期限。", en: "No length is given. State one above zero.")
        case .secondPersonNeeded(let name):
            LocalizedText(
                zh: "这一步须由 \(name) 以外的另一人办理或批准。换人办理。",
                en: "Somebody other than \(name) has to do or approve this. Let another person act.")
        case .materialsMissing(let ids):
            LocalizedText(
                zh: "缺少材料：\(ids.joined(separator: "、"))。补齐后一并提交。",
                en: "Materials are missing: \(ids.joined(separator: ", ")). Hand them all in together.")
        case .materialAlreadyHeld(let id):
            LocalizedText(
                zh: "材料 \(id) 已在库且有效，不得再次索要，也不必再次提交。直接使用已有材料。",
                en: "Material \(id) is already held and valid, so nobody is asked for it again. Use the one held.")
        case .materialNotIssued(let material, let item):
            LocalizedText(
                zh: "材料 \(material) 由事项 \(item) 产生，尚未发放。等 \(item) 发放后自动取用。",
                en: "Material \(material) comes from item \(item), which has not handed it out yet. Wait for that.")
        case .correctionAlreadyRequested(let item):
            LocalizedText(
                zh: "事项 \(item) 已经一次性告知补正，不得再次告知。受理，或依法不予受理。",
                en: "Item \(item) has had its one correction notice. Admit it, or refuse admission by law.")
        case .supplementAlreadyRequested(let item):
            LocalizedText(
                zh: "事项 \(item) 已经要求过补件，不得再次要求。按现有材料决定。",
                en: "Item \(item) has had its one request for a supplement. Decide on what there is.")
        case .windowMayNotRefuse:
            LocalizedText(
                zh: "窗口无否决权。转由审批部门决定。", en: "The window may not refuse. Hand it to the deciding department.")
        case .chainNotSigned(let item, let link):
            LocalizedText(
                zh: "事项 \(item) 的“\(link)”环节尚未签署。由该环节先签署。",
                en: "Link “\(link)” of item \(item) has not signed yet. It signs first.")
        case .chainComplete(let item):
            LocalizedText(
                zh: "事项 \(item) 的前序环节均已签署，最后一环以决定代签。直接作出决定。",
                en: "All links of item \(item) before the last have signed; the last signs by deciding. Decide.")
        case .extensionNotAllowed(let item):
            LocalizedText(
                zh: "法律没有规定事项 \(item) 可以延长。在期限内办结。",
                en: "The law knows no extension for item \(item). Decide within the limit.")
        case .alreadyExtended(let item):
            LocalizedText(
                zh: "事项 \(item) 已经延长过一次。在延长后的期限内办结。",
                en: "Item \(item) has been extended once already. Decide within the longer limit.")
        case .extensionTooLong(let longest):
            LocalizedText(
                zh: "最长可延长 \(longest)。缩短延长期限。", en: "The longest extension is \(longest). Ask for no more than that.")
        case .gapsOpen(let ids):
            LocalizedText(
                zh: "容缺材料尚未补齐：\(ids.joined(separator: "、"))。作容缺准予，或等补齐后准予。",
                en: "Promised materials are open: \(ids.joined(separator: ", ")). Grant with gaps, or wait for them.")
        case .noGaps(let item):
            LocalizedText(
                zh: "事项 \(item) 没有待补的容缺材料。按普通方式办理。",
                en: "Item \(item) has no gaps to fill. Go on in the ordinary way.")
        case .promiseBroken(let ids):
            LocalizedText(
                zh: "承诺到期仍未补齐：\(ids.joined(separator: "、"))。退件、不予许可，或补齐后再办。",
                en:
                    "The promise was broken for \(ids.joined(separator: ", ")). Return or refuse, or have them supplied."
            )
        case .commitmentUnsigned, .commitmentChosen, .restsOnRevoked, .legalReviewMissing, .sameReasons,
            .procedureTooLong,
            .technicalReviewDone, .effectSuspended, .alreadyDelivered, .windowHandsOut, .nothingToHandOut,
            .trackingMissing, .placeMissing,
            .inspectorsMissing,
            .breachOpen, .extensionsUsed, .appealPending, .appealUsed, .appealTooLate, .noAppeal:
            textOfAftermath
        case .notAsked(let participant):
            LocalizedText(
                zh: "本轮没有征求 \(participant) 的意见。只由未通过的部门复核。",
                en: "Participant \(participant) is not asked in this round. Only those who did not pass look again.")
        case .alreadyAnswered(let participant):
            LocalizedText(
                zh: "\(participant) 本轮意见已经作出，一轮一次。等下一轮。",
                en: "Participant \(participant) has answered in this round, once and for all. Wait for the next round.")
        case .newPoint(let text):
            LocalizedText(
                zh: "“\(text)”是复核时新提的问题，而有关材料没有改动。只复核已告知的问题。",
                en:
                    "“\(text)” is new, and what it concerns has not changed. A recheck keeps to the points already told."
            )
        case .opinionsOutstanding(let ids):
            LocalizedText(
                zh: "意见尚未到齐：\(ids.joined(separator: "、"))。到齐后再合并。",
                en: "Opinions are outstanding: \(ids.joined(separator: ", ")). Merge when all are in.")
        case .votesOutstanding(let ids):
            LocalizedText(
                zh: "各参与方须各签署一次，有误的是：\(ids.joined(separator: "、"))。核对签署。",
                en: "Every participant signs exactly once; look at \(ids.joined(separator: ", ")).")
        case .outcomeContradictsOpinions(let passed):
            passed
                ? LocalizedText(
                    zh: "各方意见已通过，不能作不通过结论。作通过结论。", en: "The opinions passed. Conclude in favour.")
                : LocalizedText(
                    zh: "各方意见未通过且整改轮次已用完，不能作通过结论。作不通过结论并说明理由。",
                    en: "The opinions did not pass and no round is left. Conclude with a refusal and its reasons.")
        case .visitDateNotPossible(let date, let earliest):
            LocalizedText(
                zh: "\(date) 不能到场：须为工作日，且不早于下一个工作日 \(earliest)。另定日期。",
                en:
                    "Nobody can come on \(date): a visit is on a working day, the next one, \(earliest), at the earliest. Name another date."
            )
        case .noVisitAgreed(let item):
            LocalizedText(
                zh: "事项 \(item) 没有约定的到场日期。先提出日期并由各方确认。",
                en: "Item \(item) has no agreed date. Propose one first and have it confirmed.")
        case .visitAgreed(let item):
            LocalizedText(
                zh: "事项 \(item) 正在约定或已约定到场日期。在约定的日期作到场记录。",
                en: "A date is being agreed for item \(item), or was. Record the visit on that date.")
        case .visitRequired(let item):
            LocalizedText(
                zh: "事项 \(item) 须先到现场：流程要求现场勘验或者勘查。先到场并作记录，再提出意见或者作出决定。",
                en:
                    "Item \(item) needs somebody to have been there, as its workflow demands. Visit the place and record it, then give opinions or decide."
            )
        case .visitOnOtherDay(let date):
            LocalizedText(
                zh: "约定到场的日期是 \(date)。在当日记录，或另行约定。",
                en: "The agreed date is \(date). Record the visit on that day, or agree on another.")
        case .twoOfficersNeeded(let participant):
            LocalizedText(
                zh: "\(participant) 须由两名以上工作人员现场核查并签字。写明两人姓名。",
                en: "On site \(participant) needs two officers or more, who sign. Name both.")
        case .visitRecordMissing:
            LocalizedText(
                zh: "联合勘验六个步骤须有记录：告知承诺、证前指导、现场记录不得空缺。补全记录。",
                en:
                    "The six steps of an inspection are written down: commitment, guidance and record are needed. Complete it."
            )
        case .unknownPoint(let participant, let point):
            LocalizedText(
                zh: "\(participant) 没有提出“\(point)”。按其意见原文引用。",
                en: "Participant \(participant) has not raised “\(point)”. Quote its opinion word for word.")
        case .unknownConflict(let number):
            LocalizedText(
                zh: "没有待处理的第 \(number) 项意见冲突。核对编号。", en: "There is no open conflict \(number). Check the number.")
        case .conflictsOpen(let numbers):
            LocalizedText(
                zh: "意见冲突尚未处理：第 \(numbers.map(String.init).joined(separator: "、")) 项。由牵头部门逐项写明处理意见后再合并。",
                en:
                    "Conflicts between opinions are open: \(numbers.map(String.init).joined(separator: ", ")). The lead resolves each in words before merging."
            )
        case .nobodyTouched(let materials):
            LocalizedText(
                zh: "没有部门审查 \(materials.joined(separator: "、"))，各方意见不变。不必重开。",
                en:
                    "No participant looks at \(materials.joined(separator: ", ")), so all opinions stand. Nothing is re-opened."
            )
        case .noApplicantContact(let item):
            LocalizedText(
                zh: "事项 \(item) 是部门之间征求意见，不得要求申请人补充材料。向征求意见的部门提出。",
                en:
                    "Item \(item) asks for opinions among departments, and the applicant is not asked for anything. Turn to the department that asks."
            )
        case .unknownOfficer, .officerAbsent, .officerRoleMissing, .unknownAgent, .agentNotAssigned,
            .assignmentNotInForce, .outsideAssignment, .windowNotAuthorized, .toleranceBarred, .commitmentBarred,
            .alreadyBooked, .noAppointment, .bookingBarred, .bookingDateNotPossible, .windowClosedThen, .outsideHours,
            .slotFull, .appointmentOnOtherDay,
            .notDivided, .workExists, .workUnnamed, .tooManyWorks, .regionNotAssessed, .alreadyReferred,
            .decidedElsewhere, .standardNotStated, .standardExceeded, .noStandard, .valuesNotMeasured,
            .notRegisteredEditor, .firmNotSelected, .firmBarred,
            .secondOfficerNeeded, .greenChannelUnchanged, .greenChannelNotByRule:
            textOfRegistry
        case .cardAlreadyRaised, .cardNotConfirmed, .scoreOutOfRange, .stepNotDone, .alreadyRated, .unknownMatter,
            .matterNotNow, .matterNotOfKind, .matterAlreadyExtended, .outcomeMissing, .callBackMissing,
            .promiseIsAgents, .beforeEarliestFinish, .promiseNotMoved, .noHigherOffice, .departmentMissing,
            .unknownDepartment, .dateNotAhead:
            oversightText
        case .nothingAtHand, .unknownStage, .nothingToFile, .unknownIntake, .notInIntake, .noticeThroughIntake,
            .intakeAlreadyNoticed:
            textOfMaterials
        case .alreadyInCharge(let item, let department):
            LocalizedText(
                zh: "事项 \(item) 已经由 \(department) 办理。无需划转。",
                en: "Item \(item) is with \(department) already. Nothing needs handing over.")
        }
    }
}
