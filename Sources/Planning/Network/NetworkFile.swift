import Scheduling
import WorkCalendar
import WorkflowModel

/// A plain network as a file gives it (网络文件): activities, relations and calendars, and nothing of approvals.
///
/// The format is described in `docs/network.md`.
public struct NetworkFile: Sendable {
    public let id: String?
    public let title: String?
    public let network: ActivityNetwork
    /// Everything else that decides the dates: start, finish, data date and how progress counts.
    public let terms: ScheduleTerms
    /// Ids of the network's calendars, by index.
    public let calendars: [String]
    /// Index of the calendar of what names none.
    public let defaultCalendar: Int
    /// Working minutes that `1d` means, for reading and printing.
    public let minutesPerDay: Int
    /// Total float, in minutes, up to which an activity is critical.
    public let criticalLimit: Int
    /// Titles of activities, by index; the id where none is given.
    public let titles: [String]
    /// Resources of activities, by index; `nil` where the file does not say whether there are any.
    public let resources: [[String]?]
    public let hammocks: [Hammock]
    public let hammockTitles: [String]
    /// Activities and hammocks in the order of the file.
    public let rows: [Row]

    public enum Row: Sendable, Hashable {
        case activity(Int)
        case hammock(Int)
    }

    /// The network in a text, or what is wrong with it.
    ///
    /// - Complexity: near-linear in the length of the text.
    public static func read(_ text: String, path: String) -> FileReading<NetworkFile> {
        let report = Report(SourceText(text, path: path))
        var reader = NetworkReader(report)
        return report.reading(reader?.file())
    }
}
