import CaseEngine
import Planning
import Synchronization
import WorkCalendar
import WorkflowModel

extension Orchestrator {
    /// What lists and figures say of a case, as it stands.
    ///
    /// - Parameter withTasks: whether its tasks are put in as well.
    func figures(
        of id: CaseID, on date: LocalDate, withTasks: Bool, _ finishes: PlannedFinishes
    ) async throws -> CaseFigures {
        let snapshot = try await snapshot(of: id)
        let (machine, state) = (snapshot.machine, snapshot.state)
        let events = try await log(of: id).prefix(state.version).map { record in
            EnteredEvent(try CaseEvent(record: record), enteredOn: record.event.at.date(secondsFromUTC: 8 * 3600))
        }
        var figures = snapshot.figures(
            findings: state.status == .open ? machine.findings(in: events) : [], on: date,
            finish: state.closedOn ?? finishes.finish(of: machine, in: state))
        if withTasks {
            var tasks = TaskList()
            figures.tasks =
                tasks.update(
                    to: state, of: machine, changed: [], wholeCase: true, oversightChanged: true,
                    ranks: rules.ranks(of: machine, in: state)
                ).rows
        }
        return figures
    }
}

extension CaseSnapshot {
    /// - Parameters:
    ///   - findings: what its log shows.
    ///   - finish: when it ended or is planned to end.
    func figures(findings: [Finding], on date: LocalDate, finish: LocalDate?) -> CaseFigures {
        let opening = state.opening
        var figures = CaseFigures(
            caseID: id, version: state.version, status: state.status.rawValue,
            updatedOn: state.asOf ?? state.openedOn ?? date)
        figures.finish = finish
        var departments: Set<String> = []
        for item in machine.plan.items.map(\.item) {
            departments.formUnion([item.department, item.joint?.admittedBy].compactMap(\.self))
            departments.formUnion(item.joint?.participants.map(\.department) ?? [])
        }
        figures.departments = departments.sorted()
        if opening?.ownerCode != nil {
            figures.ownerName = opening?.owner?.zh.plain(limit: 256)
        }
        let known = max(date, state.asOf ?? date)
        if state.status == .open {
            var lights = LightDates()
            for index in state.items.indices {
                if let its = machine.lightDates(ofItemAt: index, in: state, on: known) { lights.merge(its) }
            }
            figures.lights = ListedLights(
                near: lights.near, late: lights.late, over: lights.over, isStopped: lights.isStopped,
                isRunning: lights.isRunning)
        }
        figures.search =
            [id.text, opening?.project, opening?.title.zh, opening?.title.en].compactMap(\.self)
            .map { $0.plain(limit: 4096) }.joined(separator: "\n").asciiLowercased
        figures.body = ListedBody(self, on: known).bytes
        figures.tally = CaseTally(id.text, machine, state, findings: findings, on: date).bytes
        figures.handling = CaseHandling(id.text, machine, state, on: date).bytes
        return figures
    }
}

/// When cases are planned to end, by what that depends on: solved once for all cases that are alike.
final class PlannedFinishes: Sendable {
    private struct Key: Hashable {
        let governing: CaseGoverning
        let opened: LocalDate
    }

    private let known = Mutex<[Key: LocalDate?]>([:])
    private static let limit = 4096

    func finish(of machine: CaseMachine, in state: CaseState) -> LocalDate? {
        guard let governing = state.governing, let opened = state.openedOn else { return nil }
        let key = Key(governing: governing, opened: opened)
        if let known = known.withLock({ $0[key] }) { return known }
        let finish = try? Planner(plan: machine.plan, calendar: machine.calendar).report(start: opened).finish
        known.withLock { known in
            if known.count >= Self.limit { known.removeAll() }
            known[key] = .some(finish)
        }
        return finish
    }
}
