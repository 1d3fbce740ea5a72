import Planning
import WorkCalendar

/// A schedule as comma-separated values (进度表).
public enum ScheduleCSV {
    /// A row an activity, dates as closings; begins with the mark by which spreadsheets know UTF-8.
    public static func text(of rows: [ScheduledRow], language: Language) -> String {
        "\u{FEFF}"
            + CSVText.written(
                head: ["id", "item", "title", "standing", "start", "finish", "totalFloat", "critical"],
                rows: rows.map { row in
                    [
                        row.activity.id, row.activity.item, row.activity.title[language], "\(row.standing)",
                        row.start.description, row.finish.description,
                        row.totalFloat.map { DayAmount.number(minutes: $0) } ?? "", row.isCritical ? "yes" : "no",
                    ]
                })
    }
}
