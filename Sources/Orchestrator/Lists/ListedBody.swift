import CaseEngine
import Foundation
import Planning
import WorkCalendar
import WorkflowModel

/// What a list of cases shows of one beside its row (清单摘要): the ``CaseFigures/body``.
public struct ListedBody: Sendable, Hashable, Codable {
    public var isGreen = false
    public var stages: [Stage] = []
    /// The item that is asked for first.
    public var next: [String]?
    /// Whom it waits for: the first three, in both languages.
    public var waiting: [[String]] = []
    public var waitingCount = 0
    public var limit: LimitWords?

    public struct Stage: Sendable, Hashable, Codable {
        /// In both languages.
        public var title: [String]
        public var progress: Progress

        public enum Progress: String, Sendable, Hashable, Codable { case ahead, underWay, done }
    }

    /// Reads what ``bytes`` wrote; `nil` for anything else.
    public init?(_ bytes: [UInt8]) {
        guard let body = try? JSONDecoder().decode(ListedBody.self, from: Data(bytes)) else { return nil }
        self = body
    }

    var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        // Texts and numbers only, which JSON has words for.
        guard let data = try? encoder.encode(self) else { preconditionFailure("a list's row is JSON") }
        return [UInt8](data)
    }

    init(_ snapshot: CaseSnapshot, on today: LocalDate) {
        let (machine, state) = (snapshot.machine, snapshot.state)
        let standings = machine.standings(in: state, on: today)
        isGreen = state.greenChannel != nil
        stages = machine.plan.workflow.stages.compactMap { stage in
            let own = standings.filter { $0.stage == stage.id }
            guard stage.national <= 4, !own.isEmpty else { return nil }
            let progress: Stage.Progress =
                own.allSatisfy { $0.state == .approved }
                ? .done : own.contains { $0.state != .notStarted } ? .underWay : .ahead
            return Stage(title: stage.title.pair, progress: progress)
        }
        let requests = machine.requests(in: state)
        let first = requests.min { ($0.due ?? .latest, $0.since, $0.id) < ($1.due ?? .latest, $1.since, $1.id) }
        next = first.map { machine.title(of: $0).pair }
        var parties: [[String]] = []
        for request in requests {
            let words = machine.words(request.party).pair
            if !parties.contains(words) { parties.append(words) }
        }
        waiting = Array(parties.prefix(3))
        waitingCount = parties.count
        // The clock that the light is told by: of those that run the one that ends first, else one that stands still.
        let clocks = state.items.indices.compactMap { index in
            machine.lightDates(ofItemAt: index, in: state, on: today).map { (index: index, dates: $0) }
        }
        let told =
            clocks.filter(\.dates.isRunning).min {
                ($0.dates.late ?? .latest, $0.index) < ($1.dates.late ?? .latest, $1.index)
            }
            ?? clocks.first
        limit = told.map { LimitWords($0.index, of: machine, in: state) }
    }
}

/// What it takes to say how a clock stands on a day (时限说明): its units, since when it stands still, and the calendar.
public struct LimitWords: Sendable, Hashable, Codable {
    public var inCalendarDays: Bool
    public var statutoryInCalendarDays: Bool
    /// Days since 1 January 1970; `nil` while it runs.
    public var stoppedOn: Int?
    public var calendar: String
    public var calendarVersion: String

    init(_ index: Int?, of machine: CaseMachine, in state: CaseState) {
        let clocks = index.flatMap { machine.clocks(ofItemAt: $0, in: state) }
        inCalendarDays = clocks?.leading?.limit.unit == .calendar
        statutoryInCalendarDays = clocks?.statutory?.limit.unit == .calendar
        let isStopped = clocks?.isStopped ?? false
        stoppedOn = isStopped ? index.flatMap { state.items[$0].stops.last?.stop.dayNumber } : nil
        calendar = machine.calendar.id
        calendarVersion = state.governing?.newestCalendar ?? machine.calendar.version
    }
}

extension LocalizedText {
    var pair: [String] { [zh.plain(limit: 512), en.plain(limit: 512)] }
}

extension CaseMachine {
    /// The item of a request, with the participant.
    func title(of request: WorkRequest) -> LocalizedText {
        let title = plan[request.item]?.item.title ?? LocalizedText(zh: request.item, en: request.item)
        guard let participant = request.participant else { return title }
        let its = name(participant)
        return LocalizedText(zh: "\(title.zh) · \(its.zh)", en: "\(title.en) · \(its.en)")
    }

    /// What stands for an id of a material, a participant or a department.
    func name(_ id: String) -> LocalizedText {
        let workflow = plan.workflow
        if let material = workflow.materials.first(where: { $0.id == id }) { return material.title }
        for item in plan.items {
            if let its = item.item.joint?.participants.first(where: { $0.id == id }) { return its.title }
        }
        return workflow.departments.first { $0.id == id }?.title ?? LocalizedText(zh: id, en: id)
    }

    func words(_ party: Party) -> LocalizedText {
        switch party {
        case .applicant: LocalizedText(zh: "建设单位", en: "the applicant")
        case .window: LocalizedText(zh: "综合窗口", en: "the window")
        case .supervisor: LocalizedText(zh: "监察人员", en: "the supervisor")
        case .department(let id):
            plan.workflow.departments.first { $0.id == id }?.title ?? LocalizedText(zh: id, en: id)
        }
    }
}
