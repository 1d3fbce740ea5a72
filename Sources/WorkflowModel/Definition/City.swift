import WorkCalendar

/// A city (城市): which projects arrive and how many teams its departments have; what a portfolio simulation plays.
public struct City: Sendable, Hashable {
    public let id: String
    public let title: LocalizedText
    /// The id or file of the calendar that all count on; `nil` for each workflow's own.
    public let calendar: String?
    public let arrivals: [Arrivals]
    /// By department; one that is not named has as many teams as it needs. Each at least 1.
    public let teams: [String: Int]

    /// Projects of one kind.
    public struct Arrivals: Sendable, Hashable {
        /// Paths relative to the city's file.
        public let workflow: String
        public let project: String
        public let rhythm: Rhythm

        public init(workflow: String, project: String, rhythm: Rhythm) {
            self.workflow = workflow
            self.project = project
            self.rhythm = rhythm
        }
    }

    /// When projects arrive; a rhythm begins on a date and has a count of at least 1.
    public enum Rhythm: Sendable, Hashable {
        case every(DayAmount, from: LocalDate, count: Int)
        /// At random, so many in a week on average.
        case perWeek(Double, from: LocalDate, count: Int)
        case on([LocalDate])

        public var count: Int {
            switch self {
            case .every(_, _, let count), .perWeek(_, _, let count): count
            case .on(let dates): dates.count
            }
        }
    }

    public init(
        id: String, title: LocalizedText, calendar: String?, arrivals: [Arrivals], teams: [String: Int]
    ) {
        self.id = id
        self.title = title
        self.calendar = calendar
        self.arrivals = arrivals
        self.teams = teams
    }

    /// So many projects may arrive in all.
    public static let maximumProjects = 100_000
    /// So many teams may a department have.
    public static let maximumTeams = 10_000
    /// So many projects of a kind may arrive in a week.
    public static let maximumPerWeek = 10_000.0
    /// Between these years projects arrive.
    public static let years = 1990...2199
}
