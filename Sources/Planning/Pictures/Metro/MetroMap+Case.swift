import CaseEngine
import WorkCalendar
import WorkflowModel

extension MetroMap {
    /// The map of a case under way: states, lights, and a flag on every station where something goes on.
    ///
    /// - Parameters:
    ///   - plan: the plan of the case's workflow and facts, which tells what is critical of what is still ahead.
    ///   - standings: of the items of its plan, in order.
    ///   - link: where an item's page is.
    public init(
        _ plan: PlanReport, _ machine: CaseMachine, _ state: CaseState, standings: [ItemStanding], language: Language,
        link: (String) -> String?
    ) {
        let critical = Set(plan.activities.filter(\.isCritical).map(\.activity.item))
        let stages = machine.plan.workflow.stages.enumerated().compactMap { number, stage -> Stage? in
            let own = standings.filter { $0.stage == stage.id }
            guard !own.isEmpty else { return nil }
            let done = own.count { $0.state == .approved }
            var notes = [language.say("已办结 \(done) / \(own.count)", "\(done) of \(own.count) done")]
            if let closed = state.stages[number].closedOn {
                notes.append(language.say("\(closed) 完成", "closed \(closed)"))
            } else if let started = state.stages[number].startedOn {
                notes.append(language.say("\(started) 开始", "since \(started)"))
            }
            return Stage(
                id: stage.id, number: stage.national <= 4 ? stage.national : nil, title: stage.title[language],
                notes: notes)
        }
        let stations = machine.plan.order.map { position in
            let standing = standings[position]
            let isOpen = standing.state != .approved
            let kind: Station.Kind =
                if let joint = standing.item.joint {
                    .joint(participants: joint.participants.count)
                } else {
                    standing.item.kind == .milestone ? .milestone : .item
                }
            return Station(
                id: standing.item.id, stage: standing.stage, kind: kind, title: standing.item.title[language],
                note: standing.finished.map { language.short($0) } ?? "", state: standing.state,
                light: isOpen ? standing.deadline?.light : nil,
                lightText: isOpen ? standing.deadline?.text[language] : nil,
                isCritical: isOpen && critical.contains(standing.item.id),
                after: machine.plan.items[position].after.map(\.item), link: link(standing.item.id))
        }
        self.init(
            title: state.opening?.title[language] ?? "", subtitle: machine.plan.workflow.title[language],
            language: language, stages: stages, stations: stations)
    }
}

extension Language {
    /// `3月9日`, `9 Mar`.
    public func short(_ date: LocalDate) -> String {
        let (_, month, day) = date.components
        return say("\(month)月\(day)日", "\(day) \(self.month(month))")
    }
}
