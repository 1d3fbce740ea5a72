import ArgumentParser
import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "What all cases of a store tell: overdue items, departments, ratings, ledger, bottlenecks. 监察报表。",
        subcommands: [
            Overdue.self, Departments.self, Channels.self, Ratings.self, LedgerReport.self, BottleneckReport.self,
        ])

    struct Overdue: StoreReport {
        static let configuration = CommandConfiguration(
            abstract: "The list of what is late, as it is made public: no names, reasons where stated 超时公告.")
        @Flag(help: "Only what is not decided yet.") var open = false
        @OptionGroup var options: ReportOptions

        func run() async throws {
            var list = OverdueList(openOnly: open)
            try await show { _, parts in
                list.add(parts)
            } text: {
                OverdueText(list: list, terminal: $0).text
            } json: {
                list.json
            }
        }
    }

    struct Departments: StoreReport {
        static let configuration = CommandConfiguration(
            abstract: "How the departments did: in time, used of promised, cards, ratings, matters 部门效能.")
        @OptionGroup var options: ReportOptions

        func run() async throws {
            var table = DepartmentTable()
            try await show {
                table.add($1, $0.state)
            } text: {
                DepartmentText(table: table, terminal: $0).text
            } json: {
                table.json
            }
        }
    }

    struct Channels: StoreReport {
        static let configuration = CommandConfiguration(
            abstract: "Where applications came in, how results went out, and the visits it took 网办率、跑动次数.")
        @OptionGroup var options: ReportOptions

        func run() async throws {
            var table = ChannelTable()
            try await show { snapshot, _ in
                table.add(snapshot.state)
            } text: {
                ChannelText(table: table, terminal: $0).text
            } json: {
                table.json
            }
        }
    }

    struct Ratings: StoreReport {
        static let configuration = CommandConfiguration(
            abstract: "Ratings by quarter and year and what became of the bad ones 好差评汇总.")
        @OptionGroup var options: ReportOptions

        func run() async throws {
            var table = RatingTable()
            try await show { snapshot, _ in
                table.add(snapshot.machine, snapshot.state)
            } text: {
                RatingText(table: table, terminal: $0).text
            } json: {
                table.json
            }
        }
    }

    struct LedgerReport: StoreReport {
        static let configuration = CommandConfiguration(
            commandName: "ledger", abstract: "Every part handled, as comma-separated values 办件台账.")
        @OptionGroup var options: ReportOptions

        func run() async throws {
            var ledger = Ledger()
            // The last line has its own end.
            try await show { _, parts in
                ledger.add(parts)
            } text: { _ in
                String(ledger.csv.dropLast(1))
            } json: {
                ledger.json
            }
        }
    }

    struct BottleneckReport: StoreReport {
        static let configuration = CommandConfiguration(
            commandName: "bottlenecks", abstract: "Where the time goes, item by item, and what went round again 堵点.")
        @OptionGroup var options: ReportOptions

        func run() async throws {
            var found = Bottlenecks()
            try await show { _, parts in
                found.add(parts)
            } text: {
                BottleneckText(found: found, terminal: $0).text
            } json: {
                found.json
            }
        }
    }
}

struct ReportOptions: ParsableArguments {
    @Option(help: "As of that date; default: today in Beijing time.")
    var on: LocalDate?

    @OptionGroup var store: StoreOptions
}

/// A report over all cases of a store.
protocol StoreReport: AsyncParsableCommand {
    var options: ReportOptions { get }
}

extension StoreReport {
    /// Goes through all cases, each loaded and let go, and prints what came of it.
    fileprivate func show(
        _ add: (CaseSnapshot, [HandledPart]) -> Void, text: (Terminal) -> String, json: () -> JSONText
    ) async throws {
        try await options.store.terminal.run { terminal in
            try await options.store.withOffice(terminal) { office in
                let asOf = options.on ?? OfficeDate.today
                try await office.forEachCase(nil) { snapshot in
                    let known = max(asOf, snapshot.state.asOf ?? asOf)
                    add(
                        snapshot,
                        HandledPart.all(of: snapshot.id.text, snapshot.machine, snapshot.state, asOf: known))
                }
                printOut(options.store.format == .json ? json().pretty : text(terminal))
            }
        }
    }
}
