import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// One case in a list (办件行): nothing of its log is read.
struct CaseRow: Sendable {
    let id: String
    let code: String
    let title: LocalizedText
    let status: LocalizedText
    let isGreen: Bool
    let stages: [ListedBody.Stage]
    let next: LocalizedText?
    /// When it ended, or is planned to end.
    let finish: LocalDate?
    let light: DeadlineStanding?
    /// The first of those whom it waits for, and how many they are.
    let waiting: [LocalizedText]
    let waitingCount: Int

    /// - Parameter calendar: the one that the row names; without it a light is shown by its word alone.
    init(_ listed: ListedCase, _ body: ListedBody?, on today: LocalDate, calendar: WorkCalendar?) {
        let row = listed.row.summary
        id = listed.row.caseID.text
        code = row.projectCode ?? id
        title = row.titles
        status = CaseStatus(rawValue: row.status)?.title ?? LocalizedText(zh: row.status, en: row.status)
        isGreen = body?.isGreen ?? false
        stages = body?.stages ?? []
        next = body?.next.flatMap { LocalizedText(pair: $0) }
        finish = listed.figures.finish
        waiting = (body?.waiting ?? []).compactMap { LocalizedText(pair: $0) }
        waitingCount = body?.waitingCount ?? 0
        let lights = listed.figures.lights
        var dates = LightDates()
        dates.near = lights.near
        dates.late = lights.late
        dates.over = lights.over
        dates.isStopped = lights.isStopped
        dates.isRunning = lights.isRunning
        let limit = body?.limit
        light =
            calendar.flatMap {
                DeadlineStanding(
                    dates, unit: limit?.inCalendarDays == true ? .calendar : .working,
                    statutory: limit?.statutoryInCalendarDays == true ? .calendar : .working,
                    stopped: limit?.stoppedOn.map { LocalDate(dayNumber: $0) }, on: today, calendar: $0)
            } ?? dates.light(on: today).map { DeadlineStanding(light: $0, last: nil, text: $0.word) }
    }
}

extension LocalizedText {
    /// Chinese and English, in that order.
    init?(pair: [String]) {
        guard pair.count == 2 else { return nil }
        self.init(zh: pair[0], en: pair[1])
    }
}
