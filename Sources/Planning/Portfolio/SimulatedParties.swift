import CaseEngine
import WorkCalendar
import WorkflowModel

/// Departments, window and applicant that answer by themselves (模拟部门): each takes a time drawn from its estimate, and
/// corrections, special procedures and failed rounds come with the chances that the workflow names. `RiskModel` assumes
/// the same of a plan.
///
/// A correction is asked for on the day of the filing; a special procedure begins when the work is done, and takes the time
/// that was told to the applicant. A round that fails is failed by as few participants as it takes, the same ones in every
/// round of an application. Who is refused applies again at once.
///
/// What a party answers depends on the seed, the case and the request alone, so a run that was killed goes on as if
/// nothing had happened.
public struct SimulatedParties: Sendable {
    public let plan: Plan
    public let calendar: WorkCalendar
    public let seed: UInt64
    /// How long everything takes; `nil` draws from the estimates.
    public let basis: Pace

    /// Whether parties draw their time or keep to one figure.
    public enum Pace: Sendable, Hashable {
        case drawn
        /// Everybody takes the likely time and nothing fails: the case then runs exactly as planned.
        case likely
    }

    public init(plan: Plan, calendar: WorkCalendar, seed: UInt64, basis: Pace = .drawn) {
        self.plan = plan
        self.calendar = calendar
        self.seed = seed
        self.basis = basis
    }

    /// An applicant who was turned down so often does not apply again; otherwise a workflow on which every round fails
    /// would go on for ever.
    static let applications = 10

    /// Whether the applicant does not answer it any more.
    public func isGivenUp(_ request: WorkRequest) -> Bool {
        guard case .file = request.ask else { return false }
        return request.attempt > Self.applications
    }

    /// A request of a case that a party is asked to answer.
    public struct Question: Sendable {
        public let request: WorkRequest
        /// The case's id; with the request's it names the question for ever.
        public let caseID: String
        /// Who answers for the owner.
        public let applicant: String

        public init(_ request: WorkRequest, caseID: String, applicant: String) {
            self.request = request
            self.caseID = caseID
            self.applicant = applicant
        }

        var name: String { "\(caseID)/\(request.id)" }
        /// The application that it belongs to, for draws that concern all of it.
        var application: String { "\(caseID)/\(request.item)/\(request.attempt)" }
    }

    /// Who answers for the owner of a case.
    public static func applicant(of opening: CaseOpening) -> String { opening.owner?.zh ?? "建设单位" }

    /// The answer that a party gives, known from the start.
    ///
    /// - Parameters:
    ///   - today: the date on which it is asked; no answer is earlier.
    ///   - begun: when the work began, where a team was not free at once; else it counts from the request's own date.
    public func answer(to question: Question, on today: LocalDate, begun: LocalDate? = nil) -> Answer {
        Answer(
            on: date(ofAnswerTo: question, on: today, begun: begun), commands: commands(for: question),
            actor: actor(for: question))
    }

    /// The date alone of ``answer(to:on:begun:)``.
    public func date(ofAnswerTo question: Question, on today: LocalDate, begun: LocalDate? = nil) -> LocalDate {
        let request = question.request
        let since = begun ?? request.since
        if case .endSpecialProcedure = request.ask, let due = request.due { return max(today, due) }
        guard basis == .drawn else { return max(today, calendar.adding(request.estimate.likely, to: since)) }
        let item = plan[request.item]?.item
        switch request.ask {
        case .supplyGaps:
            guard let due = request.due else { break }
            // Some day before the promise is up, which is when people do it.
            var draw = SeededDraw(seed: seed, name: question.name)
            let days = max(1, calendar.workingDays(after: request.since, through: due))
            return max(today, calendar.date(draw.index(below: days), workingDaysAfter: request.since))
        case .admit where asksForCorrection(question): return today
        case .supplyCorrection:
            guard let correction = item?.correction else { break }
            return max(today, calendar.adding(duration(of: question, correction.applicant), to: since))
        default: break
        }
        return max(today, calendar.adding(duration(of: question, request.estimate), to: since))
    }

    private func duration(of question: Question, _ estimate: DurationEstimate) -> DayAmount {
        let defaults = plan.workflow.simulation
        var common: (unit: Double, correlation: Double)?
        if defaults.departmentCorrelation > 0, case .department(let id) = question.request.party {
            var factor = SeededDraw(seed: seed, name: "\(question.caseID)\n\(id)")
            common = (factor.unit(), defaults.departmentCorrelation)
        }
        var draw = SeededDraw(seed: seed, name: question.name)
        return draw.duration(
            estimate, shape: plan[question.request.item]?.item.distribution ?? defaults.distribution, common: common)
    }

    // MARK: What need not happen

    /// Whether the department asks for a correction instead of admitting: at most once, on the spot.
    private func asksForCorrection(_ question: Question) -> Bool {
        guard basis == .drawn, !question.request.isAnew, let correction = plan[question.request.item]?.item.correction
        else { return false }
        var draw = SeededDraw(seed: seed, name: "\(question.application)/correction")
        return draw.unit() < correction.chance
    }

    /// The special procedure that comes before the decision, and its length; `nil` when none does.
    private func specialProcedure(_ question: Question) -> ItemCommand? {
        guard basis == .drawn, !question.request.isAnew, let item = plan[question.request.item]?.item,
            let special = item.special, let kind = SpecialProcedure(rawValue: special.procedure.rawValue)
        else { return nil }
        var draw = SeededDraw(seed: seed, name: "\(question.application)/special-procedure")
        guard draw.unit() < special.chance else { return nil }
        let shape = item.distribution ?? plan.workflow.simulation.distribution
        return .beginSpecialProcedure(
            kind: kind, basis: "行政许可法第四十五条", length: draw.duration(special.takes, shape: shape))
    }

    private func actor(for question: Question) -> Actor {
        switch question.request.party {
        case .applicant: return Actor(role: .applicant, name: question.applicant)
        case .window: return Actor(role: .window, name: "综合窗口")
        case .supervisor: return Actor(role: .supervisor, name: "监察人员")
        case .department(let id):
            let title = plan.workflow.departments.first { $0.id == id }?.title.zh ?? id
            return Actor(role: .department, department: id, name: "\(title)\(person(for: question.request.ask))")
        }
    }

    /// Adjacent links of a reviewer chain are never the same person.
    private func person(for ask: WorkRequest.Ask) -> String {
        switch ask {
        case .sign(let link, _): "经办人\(link + 1)"
        case .decide: "审批人"
        case .reviewLegality: "法制员"
        default: "经办人"
        }
    }

    private func commands(for question: Question) -> [CaseCommand] {
        itemCommands(for: question).map { .item(question.request.item, $0) }
    }

    private func itemCommands(for question: Question) -> [ItemCommand] {
        let request = question.request
        switch request.ask {
        case .file(let needed): return [.file(materials: needed.map { supply($0, for: question) })]
        case .finishPreReview: return [.finishPreReview(advice: "可以申报")]
        case .admit:
            let correction = ItemCommand.requestCorrection(points: [Point("申请材料不齐全或者不符合法定形式，需补正")])
            return asksForCorrection(question) ? [correction, .admit] : [.admit]
        case .supplyCorrection(let points): return [.supplyCorrection(materials: supply(points, for: question))]
        case .sign: return [.sign(opinion: "同意")]
        case .decide:
            return [specialProcedure(question), .decide(.granted), .decide(.grantedWithGaps)].compactMap(\.self)
        case .supplySupplement(let points): return [.supplySupplement(materials: supply(points, for: question))]
        case .endSpecialProcedure: return [.endSpecialProcedure(result: "通过")]
        case .resume: return [.resume(reason: "原因消除")]
        case .supplyGaps(let gaps): return [.supplyGaps(materials: gaps.map { supply($0, for: question) })]
        case .issue: return [.issue(documents: [])]
        case .begin: return [.begin]
        case .check: return [.check(finding: "与承诺一致")]
        case .complete: return [.complete]
        case .opine, .recheck:
            let participant = request.participant ?? ""
            return [.opine(participant: participant, verdict: verdict(of: participant, for: question))]
        case .holdSession(let participants):
            return [
                .holdSession(
                    votes: participants.map {
                        SessionVote(participant: $0, verdict: verdict(of: $0, for: question), signer: "\($0)现场人员")
                    })
            ]
        // Nobody who is simulated proposes a date or marks a conflict; a case that somebody else began may have them.
        case .goThere, .proposeVisit, .answerVisit, .recordVisit, .resolveConflict, .measure, .recordAnswer,
            .keepAppointment:
            return [request.favourableAnswer(document: "sim:\(request.id)")]
        case .merge: return [.merge(note: "汇总各部门意见")]
        case .rectify(let points):
            return [.rectify(materials: supply(points.map(\.point), for: question), note: "已整改")]
        case .commit: return [.commit(signer: question.applicant)]
        case .beginReview: return [.beginReview]
        case .reviewLegality: return [.reviewLegality(agrees: true, opinion: "合法")]
        case .scheduleProcedure: return [.scheduleProcedure(date: request.due ?? request.since)]
        case .deliver: return [.deliver(method: .window, tracking: nil, recipient: question.applicant)]
        case .handOut(let notice): return [.handOut(notice: notice, recipient: question.applicant)]
        case .acknowledge: return [.acknowledge(note: "已接收")]
        case .rectifyBreach: return [.reportRectified(note: "已整改")]
        case .revoke: return [.revoke(reason: "未履行承诺", basis: "行政许可法 art.69")]
        case .conclude(let passed):
            guard passed else {
                return [.conclude(.refused(reasons: "整改轮次用尽仍未通过", appeal: "六十日内申请行政复议，或六个月内提起行政诉讼"))]
            }
            return [specialProcedure(question), .conclude(.granted), .conclude(.grantedWithGaps)].compactMap(\.self)
        }
    }

    /// Whether the round fails is drawn once for all participants, and so is who finds fault: so parties agree without
    /// talking. Another application is another draw, or one that was refused would be refused for ever.
    private func verdict(of participant: String, for question: Question) -> Verdict {
        guard basis == .drawn, let joint = plan[question.request.item]?.item.joint,
            let rectification = joint.rectification
        else { return .pass }
        var finder = SeededDraw(seed: seed, name: "\(question.application)/fault-finder")
        let count = joint.participants.count
        let finders = finder.choice(of: joint.passes.fewestFailing(of: count), from: count)
        guard finders.contains(where: { joint.participants[$0].id == participant }) else { return .pass }
        var round = SeededDraw(seed: seed, name: "\(question.application)/round-\(question.request.round)")
        guard round.unit() < rectification.chance else { return .pass }
        return .fail(points: [Point("有一处与规范不符，需整改")])
    }

    private func supply(_ material: String, for question: Question) -> SuppliedMaterial {
        SuppliedMaterial(material: material, hash: "sim:\(material):\(question.request.id)")
    }

    private func supply(_ points: [Point], for question: Question) -> [SuppliedMaterial] {
        points.compactMap(\.material).map { supply($0, for: question) }
    }
}
