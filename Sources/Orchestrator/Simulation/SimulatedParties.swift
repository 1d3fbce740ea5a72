import CaseEngine
import WorkCalendar
import WorkflowModel

/// Departments, window and applicant that answer by themselves (模拟部门): each takes a time drawn from its estimate, and
/// a joint item fails a round with the chance that its definition names.
///
/// What a party answers depends on the seed, the case and the request alone, so a run that was killed goes on as if
/// nothing had happened.
public struct SimulatedParties: DepartmentConnector {
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

    public func deliver(_ dispatch: Dispatch) async throws -> Delivery {
        isGivenUp(dispatch.request) ? .posted : .answer(answer(to: dispatch))
    }

    /// An applicant who was turned down so often does not apply again; otherwise a workflow on which every round fails
    /// would go on for ever.
    static let applications = 10

    private func isGivenUp(_ request: WorkRequest) -> Bool {
        guard case .file = request.ask else { return false }
        return request.attempt > Self.applications
    }

    /// The answer that a party gives, known from the start.
    public func answer(to dispatch: Dispatch) -> Answer {
        let request = dispatch.request
        var draw = SeededDraw(seed: seed, name: dispatch.key)
        var on = calendar.adding(
            basis == .likely ? request.estimate.likely : draw.duration(request.estimate), to: request.since)
        if basis == .drawn, case .supplyGaps = request.ask, let due = request.due {
            // Some day before the promise is up, which is when people do it.
            let days = max(1, calendar.workingDays(after: request.since, through: due))
            on = calendar.date(draw.index(below: days), workingDaysAfter: request.since)
        }
        return Answer(
            on: max(dispatch.today, on), commands: commands(for: dispatch).map { .item(request.item, $0) },
            actor: actor(for: dispatch))
    }

    private func actor(for dispatch: Dispatch) -> Actor {
        switch dispatch.request.party {
        case .applicant: return Actor(role: .applicant, name: dispatch.opening.owner?.zh ?? "建设单位")
        case .window: return Actor(role: .window, name: "综合窗口")
        case .department(let id):
            let title = plan.workflow.departments.first { $0.id == id }?.title.zh ?? id
            return Actor(role: .department, department: id, name: "\(title)\(person(for: dispatch.request.ask))")
        }
    }

    /// Adjacent links of a reviewer chain are never the same person.
    private func person(for ask: WorkRequest.Ask) -> String {
        switch ask {
        case .sign(let link, _): "经办人\(link + 1)"
        case .decide: "审批人"
        default: "经办人"
        }
    }

    private func commands(for dispatch: Dispatch) -> [ItemCommand] {
        let request = dispatch.request
        switch request.ask {
        case .file(let needed): return [.file(materials: needed.map { supply($0, for: dispatch) })]
        case .finishPreReview: return [.finishPreReview(advice: "可以申报")]
        case .admit: return [.admit]
        case .supplyCorrection(let points): return [.supplyCorrection(materials: supply(points, for: dispatch))]
        case .sign: return [.sign(opinion: "同意")]
        case .decide: return [.decide(.granted), .decide(.grantedWithGaps)]
        case .supplySupplement(let points): return [.supplySupplement(materials: supply(points, for: dispatch))]
        case .endSpecialProcedure: return [.endSpecialProcedure(result: "通过")]
        case .resume: return [.resume(reason: "原因消除")]
        case .supplyGaps(let gaps): return [.supplyGaps(materials: gaps.map { supply($0, for: dispatch) })]
        case .issue: return [.issue(documents: [])]
        case .begin: return [.begin]
        case .check: return [.check(finding: "与承诺一致")]
        case .complete: return [.complete]
        case .opine, .recheck:
            let participant = request.participant ?? ""
            return [.opine(participant: participant, verdict: verdict(of: participant, for: dispatch))]
        case .holdSession(let participants):
            return [
                .holdSession(
                    votes: participants.map {
                        SessionVote(participant: $0, verdict: verdict(of: $0, for: dispatch), signer: "\($0)现场人员")
                    })
            ]
        case .merge: return [.merge(note: "汇总各部门意见")]
        case .rectify(let points):
            return [.rectify(materials: supply(points.map(\.point), for: dispatch), note: "已整改")]
        case .conclude(let passed):
            guard passed else {
                return [.conclude(.refused(reasons: "整改轮次用尽仍未通过", appeal: "六十日内申请行政复议，或六个月内提起行政诉讼"))]
            }
            return [.conclude(.granted), .conclude(.grantedWithGaps)]
        }
    }

    /// Whether the round fails is drawn once for all participants, and so is who finds fault: so parties agree without
    /// talking. Another application is another draw, or one that was refused would be refused for ever.
    private func verdict(of participant: String, for dispatch: Dispatch) -> Verdict {
        guard basis == .drawn, let joint = plan[dispatch.request.item]?.item.joint,
            let rectification = joint.rectification
        else { return .pass }
        let application = "\(dispatch.caseID)/\(dispatch.request.item)/\(dispatch.request.attempt)"
        var finder = SeededDraw(seed: seed, name: "\(application)/fault-finder")
        guard joint.participants[finder.index(below: joint.participants.count)].id == participant else { return .pass }
        var round = SeededDraw(seed: seed, name: "\(application)/round-\(dispatch.request.round)")
        guard round.unit() < rectification.chance else { return .pass }
        return .fail(points: [Point("有一处与规范不符，需整改")])
    }

    private func supply(_ material: String, for dispatch: Dispatch) -> SuppliedMaterial {
        SuppliedMaterial(material: material, hash: "sim:\(material):\(dispatch.request.id)")
    }

    private func supply(_ points: [Point], for dispatch: Dispatch) -> [SuppliedMaterial] {
        points.compactMap(\.material).map { supply($0, for: dispatch) }
    }
}
