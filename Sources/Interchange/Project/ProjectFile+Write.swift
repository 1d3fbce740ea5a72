import Planning
import WorkCalendar
import WorkflowModel

/// Schedules as Microsoft Project's XML (MSPDI).
///
/// - Source: the schema `mspdi_pj12.xsd` of Microsoft Project 2007, which later versions read and write.
public enum ProjectFile {
    /// A schedule as a file that Microsoft Project and others open.
    ///
    /// Dates are fixed as they were computed, so that the other program shows the same ones; stages become summary tasks.
    /// - Complexity: O(rows + links).
    public static func text(
        title: String, rows: [ScheduledRow], workflow: WorkflowDefinition, calendar: WorkCalendar, language: Language
    ) -> String {
        var writer = ProjectWriter(rows: rows, workflow: workflow, calendar: calendar, language: language)
        return writer.document(title: title)
    }
}

private struct ProjectWriter {
    let rows: [ScheduledRow]
    let workflow: WorkflowDefinition
    let calendar: WorkCalendar
    let language: Language
    private let numbers: [String: Int]
    private let stages: [(stage: Stage, rows: [ScheduledRow])]

    init(rows: [ScheduledRow], workflow: WorkflowDefinition, calendar: WorkCalendar, language: Language) {
        self.rows = rows
        self.workflow = workflow
        self.calendar = calendar
        self.language = language
        stages = workflow.stages.compactMap { stage in
            let own = rows.filter { $0.activity.stage == stage.id }
            return own.isEmpty ? nil : (stage, own)
        }
        var numbers: [String: Int] = [:]
        var next = 1
        for (_, own) in stages {
            next += 1
            for row in own {
                numbers[row.activity.id] = next
                next += 1
            }
        }
        self.numbers = numbers
    }

    mutating func document(title: String) -> String {
        var xml = XMLText()
        let start = rows.map(\.start).min() ?? LocalDate(dayNumber: 0)
        let finish = rows.map(\.finish).max() ?? start
        xml.element("Project", ["xmlns": "http://schemas.microsoft.com/project"]) { xml in
            xml.element("SaveVersion", "12")
            xml.element("Title", title)
            xml.element("ScheduleFromStart", "1")
            xml.element("StartDate", morning(after: start))
            xml.element("FinishDate", evening(of: finish))
            xml.element("CalendarUID", "1")
            xml.element("MinutesPerDay", "480")
            xml.element("MinutesPerWeek", "\(480 * calendar.week.count)")
            xml.element("DaysPerMonth", "20")
            xml.element("DurationFormat", "7")
            xml.element("NewTasksAreManual", "0")
            xml.element("Calendars") { xml in
                officeCalendar(&xml, from: start, to: finish)
                everyDay(&xml)
            }
            xml.element("Tasks") { xml in
                var next = 1
                for (stage, own) in stages {
                    summary(&xml, stage, own, number: next)
                    next += 1
                    for row in own {
                        task(&xml, row, number: next)
                        next += 1
                    }
                }
            }
        }
        return xml.text
    }

    // MARK: Time

    /// A closing as a start: the next morning that is worked.
    private func morning(after closing: LocalDate) -> String {
        "\(calendar.workingDay(onOrAfter: closing.adding(days: 1)))T08:00:00"
    }

    private func evening(of closing: LocalDate) -> String { "\(closing)T17:00:00" }

    /// `PT24H0M0S`, from minutes of 480 a day.
    private func duration(_ minutes: Int) -> String { "PT\(minutes / 60)H\(minutes % 60)M0S" }

    private func officeCalendar(_ xml: inout XMLText, from start: LocalDate, to finish: LocalDate) {
        xml.element("Calendar") { xml in
            xml.element("UID", "1")
            xml.element("Name", "\(calendar.id) \(calendar.version)")
            xml.element("IsBaseCalendar", "1")
            xml.element("BaseCalendarUID", "-1")
            xml.element("WeekDays") { xml in
                // Sunday is 1.
                for number in 1...7 {
                    let weekday = Weekday.allCases[(number + 5) % 7]
                    day(&xml, type: "\(number)", isWorking: calendar.week.contains(weekday))
                }
                for exception in calendar.exceptions
                where start.adding(days: -31) <= exception.date && exception.date <= finish.adding(days: 366) {
                    day(&xml, type: "0", isWorking: exception.isWorking, on: exception.date)
                }
            }
        }
    }

    private func everyDay(_ xml: inout XMLText) {
        xml.element("Calendar") { xml in
            xml.element("UID", "2")
            xml.element("Name", language.say("自然日", "calendar days"))
            xml.element("IsBaseCalendar", "1")
            xml.element("BaseCalendarUID", "-1")
            xml.element("WeekDays") { xml in
                for number in 1...7 { day(&xml, type: "\(number)", isWorking: true) }
            }
        }
    }

    private func day(_ xml: inout XMLText, type: String, isWorking: Bool, on date: LocalDate? = nil) {
        xml.element("WeekDay") { xml in
            xml.element("DayType", type)
            xml.element("DayWorking", isWorking ? "1" : "0")
            if let date {
                xml.element("TimePeriod") { xml in
                    xml.element("FromDate", "\(date)T00:00:00")
                    xml.element("ToDate", "\(date)T23:59:00")
                }
            }
            guard isWorking else { return }
            xml.element("WorkingTimes") { xml in
                for (from, to) in [("08:00:00", "12:00:00"), ("13:00:00", "17:00:00")] {
                    xml.element("WorkingTime") { xml in
                        xml.element("FromTime", from)
                        xml.element("ToTime", to)
                    }
                }
            }
        }
    }

    // MARK: Tasks

    private func summary(_ xml: inout XMLText, _ stage: Stage, _ own: [ScheduledRow], number: Int) {
        let start = own.map(\.start).min() ?? LocalDate(dayNumber: 0)
        let finish = own.map(\.finish).max() ?? start
        xml.element("Task") { xml in
            xml.element("UID", "\(number)")
            xml.element("ID", "\(number)")
            xml.element("Name", stage.title[language])
            xml.element("OutlineLevel", "1")
            xml.element("Start", morning(after: start))
            xml.element("Finish", evening(of: finish))
            xml.element("Summary", "1")
            xml.element("Milestone", "0")
        }
    }

    private func task(_ xml: inout XMLText, _ row: ScheduledRow, number: Int) {
        let isMoment = row.start == row.finish
        let start = isMoment ? evening(of: row.finish) : morning(after: row.start)
        // In days of the office's calendar, or all days where the item counts those.
        let isEveryDay = row.activity.estimate.unit == .calendar
        let days =
            isEveryDay
            ? row.finish.days(since: row.start) : calendar.workingDays(after: row.start, through: row.finish)
        xml.element("Task") { xml in
            xml.element("UID", "\(number)")
            xml.element("ID", "\(number)")
            xml.element("Name", row.activity.title[language])
            xml.element("WBS", row.activity.id)
            xml.element("OutlineLevel", "2")
            xml.element("Start", start)
            xml.element("Finish", evening(of: row.finish))
            xml.element("Duration", duration(days * DayAmount.minutesPerDay))
            xml.element("DurationFormat", "7")
            xml.element("Milestone", isMoment ? "1" : "0")
            xml.element("Summary", "0")
            xml.element("Critical", row.isCritical ? "1" : "0")
            if let float = row.totalFloat { xml.element("TotalSlack", "\(float * 10)") }
            xml.element("PercentComplete", row.standing == .finished ? "100" : "0")
            if row.standing != .ahead { xml.element("ActualStart", start) }
            if row.standing == .finished { xml.element("ActualFinish", evening(of: row.finish)) }
            // Not earlier than computed: the relations alone would, on another program's rules.
            xml.element("ConstraintType", "4")
            xml.element("ConstraintDate", start)
            xml.element("CalendarUID", isEveryDay ? "2" : "1")
            if let department = row.activity.department {
                let name = workflow.departments.first { $0.id == department }?.title[language] ?? department
                xml.element("Contact", name)
            }
            for link in row.predecessors {
                guard let before = numbers[link.id] else { continue }
                xml.element("PredecessorLink") { xml in
                    xml.element("PredecessorUID", "\(before)")
                    xml.element("Type", "\(link.type.projectNumber)")
                    xml.element("CrossProject", "0")
                    // Tenths of a minute; elapsed days have a format of their own.
                    let minutes = link.lag.unit == .calendar ? link.lag.minutes * 3 : link.lag.minutes
                    xml.element("LinkLag", "\(minutes * 10)")
                    xml.element("LagFormat", link.lag.unit == .calendar ? "8" : "7")
                }
            }
        }
    }
}

extension RelationType {
    /// As the file numbers relations.
    fileprivate var projectNumber: Int {
        switch self {
        case .finishToFinish: 0
        case .finishToStart: 1
        case .startToFinish: 2
        case .startToStart: 3
        }
    }
}
