import ArgumentParser
import CaseEngine
import Orchestrator
import WorkCalendar
import WorkflowModel

extension RegistryCommand {
    struct FirmCredit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "credit",
            abstract: "A firm's public record 信用公示: promises, qualifications, contracts, ratings, late work, lists.")

        @Argument(help: "The firm's code.")
        var firm: String

        @Option(help: "As of that date; default: today in Beijing time.")
        var on: LocalDate?

        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    let date = on ?? OfficeDate.today
                    let registry = try await office.orchestrator.registry()
                    guard let firm = registry.firms[firm] else {
                        throw RegistryRejection.unknown(.firm, firm)
                    }
                    let record = FirmRecord(
                        firm: firm, report: RegistryReport(registry: registry, on: date),
                        log: try await office.orchestrator.log(of: .registry).map { try RegistryEvent(record: $0) })
                    switch store.format {
                    case .json: printOut(record.json.pretty)
                    case .text: printOut(record.text(terminal))
                    }
                }
            }
        }
    }
}
