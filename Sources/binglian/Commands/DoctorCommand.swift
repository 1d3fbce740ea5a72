import ArgumentParser
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel
import Planning

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look an office over: store, logs, timers, messages, nodes, calendars, disk. 巡检。",
        discussion: "Exit status 0: all is well; 1: something should be mended, and what is said.")

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.terminal.run { terminal in
            try await store.withOffice(terminal) { office in
                let points = try await Checkup(store: office.store).points()
                switch store.format {
                case .json:
                    printOut(
                        JSONText.array(
                            points.map { point in
                                .members([
                                    "point": .string(point.name), "well": .bool(point.isWell), "text": point.text.json,
                                ])
                            }
                        ).pretty)
                case .text:
                    for point in points {
                        let mark = point.isWell ? terminal.styled("ok", .green) : terminal.styled("!!", .red)
                        printOut("\(mark)  \(point.name)  \(point.text[terminal.language])")
                    }
                }
                if points.contains(where: { !$0.isWell }) { throw ExitCode(1) }
            }
        }
    }
}
