import ArgumentParser

@main
struct Binglian: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "binglian",
        abstract: "Plans, runs and proves the parallel approval of construction projects. 并联审批编排。",
        version: "0.1.0",
        groupedSubcommands: [
            CommandGroup(
                name: "Files",
                subcommands: [
                    CheckCommand.self, IdentifyCommand.self, PickCommand.self, PlanCommand.self, SimulateCommand.self,
                    AdviseCommand.self, LevelCommand.self, CompareCommand.self, WorkflowCommand.self,
                    CityCommand.self, FitCommand.self, CalendarCommand.self, CatalogueCommand.self, GuideCommand.self,
                    NoticeCommand.self, FormCommand.self, ExportCommand.self, ImportCommand.self,
                ]),
            CommandGroup(
                name: "Cases",
                subcommands: [
                    RunCommand.self, CaseCommandGroup.self, TaskCommand.self, RegistryCommand.self, TodoCommand.self,
                    WatchCommand.self,
                    LogCommand.self, AuditCommand.self, ScenarioCommand.self, SpotCheckCommand.self,
                ]),
            CommandGroup(
                name: "Supervision",
                subcommands: [
                    CardCommand.self, RateCommand.self, MatterCommand.self, FindingsCommand.self, ReportCommand.self,
                ]),
            CommandGroup(
                name: "Operations",
                subcommands: [
                    ServeCommand.self, AccountCommands.self, DoctorCommand.self, StoreCommand.self, OutboxCommand.self,
                ]),
        ])
}
