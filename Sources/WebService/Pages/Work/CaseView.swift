import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// A case as pages read it (办件视图): its snapshot on a day and what follows from it, computed once.
struct CaseView: Sendable {
    let snapshot: CaseSnapshot
    let today: LocalDate
    /// In the order of the plan.
    let standings: [ItemStanding]
    /// Its plan from the day it was opened, held against what happened; `nil` when the plan is no network.
    let report: CaseReport?
    /// `nil` where nobody asked for one.
    let forecast: Forecast?
    let requests: [WorkRequest]

    /// Samples drawn to foretell the rest of a case.
    static let runs = 1000

    /// - Parameter forecasting: foretells the rest of an open case; `nil` where nobody asks for that.
    init(
        _ snapshot: CaseSnapshot, on today: LocalDate, forecasting: ((LocalDate) throws -> Forecast)?
    ) {
        self.snapshot = snapshot
        let today = max(today, snapshot.state.asOf ?? today)
        self.today = today
        let (machine, state) = (snapshot.machine, snapshot.state)
        standings = machine.standings(in: state, on: today)
        let plan = state.openedOn.flatMap {
            try? Planner(plan: machine.plan, calendar: machine.calendar).report(start: $0)
        }
        report = plan.map { CaseReport(plan: $0, machine: machine, state: state, asOf: today) }
        forecast = state.status == .open ? forecasting.flatMap { try? $0(today) } : nil
        requests = machine.requests(in: state)
        critical = Set(plan?.activities.filter(\.isCritical).map(\.activity.item) ?? [])
    }

    /// - Parameter forecasts: whether the rest of the case is foretold, which takes a moment.
    init(_ snapshot: CaseSnapshot, on today: LocalDate, forecasts: Bool = false) {
        let forecaster = Forecasts(limit: 1)
        self.init(
            snapshot, on: today,
            forecasting: forecasts ? { try forecaster.forecast(of: snapshot, in: "", on: $0, runs: Self.runs) } : nil)
    }

    /// Items without float in the plan.
    private let critical: Set<String>

    var id: String { snapshot.id.text }
    var machine: CaseMachine { snapshot.machine }
    var state: CaseState { snapshot.state }
    var plan: Plan { machine.plan }
    var workflow: WorkflowDefinition { plan.workflow }
    var title: LocalizedText { state.opening?.title ?? LocalizedText(zh: id, en: id) }
    var code: String { state.opening?.project ?? id }
    var isGreen: Bool { state.greenChannel != nil }

    /// Whether an item has no float and is not over.
    func isCritical(_ item: String) -> Bool {
        guard critical.contains(item), let index = plan.index(of: item) else { return false }
        return !state.items[index].status.isFinished
    }

    func title(ofItem id: String) -> LocalizedText { plan[id]?.item.title ?? LocalizedText(zh: id, en: id) }

    func title(ofDepartment id: String) -> LocalizedText {
        workflow.departments.first { $0.id == id }?.title ?? LocalizedText(zh: id, en: id)
    }

    func title(ofMaterial id: String) -> LocalizedText {
        workflow.materials.first { $0.id == id }?.title ?? LocalizedText(zh: id, en: id)
    }

    /// What stands for an id of a material, a participant or a department.
    func name(_ id: String) -> LocalizedText {
        if let material = workflow.materials.first(where: { $0.id == id }) { return material.title }
        for item in plan.items {
            if let participant = item.item.joint?.participants.first(where: { $0.id == id }) {
                return participant.title
            }
        }
        return title(ofDepartment: id)
    }

    func words(_ party: Party) -> LocalizedText {
        switch party {
        case .applicant: LocalizedText(zh: "建设单位", en: "the applicant")
        case .window: LocalizedText(zh: "综合窗口", en: "the window")
        case .supervisor: LocalizedText(zh: "监察人员", en: "the supervisor")
        case .department(let id): title(ofDepartment: id)
        }
    }

    /// How what is asked stands in time: by its own date, or by the item's clock where that stands still.
    func deadline(of request: WorkRequest) -> DeadlineStanding? {
        let standing = plan.index(of: request.item).map { standings[$0] }
        if standing?.deadline?.light == .stopped { return standing?.deadline }
        guard let due = request.due else { return nil }
        switch request.ask {
        case .sign, .decide, .conclude, .merge, .complete, .holdSession: return standing?.deadline
        default: return DeadlineStanding(due, on: today, calendar: machine.calendar)
        }
    }

    /// The worst light of what goes on.
    var light: DeadlineStanding? {
        let order: [DeadlineLight] = [.overdueStatutory, .overduePromised, .near, .stopped, .normal]
        let open = standings.compactMap(\.deadline)
        return order.lazy.compactMap { light in open.first { $0.light == light } }.first
    }
}
