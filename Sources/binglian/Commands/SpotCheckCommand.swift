import ArgumentParser
import CaseEngine
import Orchestrator
import WorkCalendar
import WorkflowModel

struct SpotCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spot-check", abstract: "Later checks of promises, drawn at random. 双随机抽查。",
        subcommands: [Draw.self])

    struct Draw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draw what is checked and by whom; the same seed draws the same again.")

        @Option(help: "The seed, any text: it is recorded, and draws the same again.")
        var seed: String

        @Option(help: "The share that is drawn, in per cent; at least one item is.")
        var share: Int = 20

        @Option(
            name: .customLong("item"), parsing: .singleValue,
            help: "Only items with that id; default: all on a promise.")
        var items: [String] = []

        @Option(name: .customLong("inspector"), parsing: .singleValue, help: "An inspector to draw from; two at least.")
        var inspectors: [String]

        @Option(help: "The time for the checks, such as 20wd.")
        var within: DayAmount = .working(20)

        @Flag(help: "Enter the draw into the cases, as the supervisor.")
        var record = false

        @Option(help: "Who enters it.")
        var name: String = "监察"

        @Option(help: "The office's date; default: today in Beijing time.")
        var on: LocalDate?

        @OptionGroup var store: StoreOptions

        func validate() throws {
            if !(1...100).contains(share) { throw ValidationError("--share is 1 to 100 per cent") }
            if Set(inspectors).count < 2 { throw ValidationError("give two different --inspector at least") }
            if within.minutes <= 0 { throw ValidationError("--within is more than nothing") }
        }

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    let objects = try await objects(of: office)
                    guard
                        let draw = SpotCheck(
                            seed: seed, share: share, objects: objects.keys.sorted(), inspectors: inspectors)
                    else { return }
                    if record { try await enter(draw, objects, office) }
                    switch store.format {
                    case .json: printOut(draw.json(objects).pretty)
                    case .text: printOut(text(of: draw, objects, terminal))
                    }
                }
            }
        }

        /// What was granted on a promise and has been neither checked nor drawn, by `case/item`.
        private func objects(of office: CaseOffice) async throws -> [String: (caseID: CaseID, item: String)] {
            var objects: [String: (caseID: CaseID, item: String)] = [:]
            for row in try await office.summaries(SummaryFilter()) {
                let snapshot = try await office.snapshot(of: row.caseID.text)
                for (planned, state) in zip(snapshot.machine.plan.items, snapshot.state.items)
                where (items.isEmpty || items.contains(planned.id)) && state.awaitsDraw(planned.item) {
                    objects["\(row.caseID)/\(planned.id)"] = (row.caseID, planned.id)
                }
                await office.orchestrator.release(row.caseID)
            }
            return objects
        }

        private func enter(
            _ draw: SpotCheck, _ objects: [String: (caseID: CaseID, item: String)], _ office: CaseOffice
        ) async throws {
            for assignment in draw.drawn {
                guard let object = objects[assignment.object] else { continue }
                let command = ItemCommand.drawCheck(
                    seed: seed, population: draw.population, inspectors: assignment.inspectors, within: within)
                let date = on ?? OfficeDate.today
                _ = try await office.passTime(on: object.caseID.text, through: date.adding(days: -1))
                // Drawn again by the same seed, nothing is entered twice.
                guard
                    let key = CommandKey(
                        "spot-check.\(seed.utf8.reduce(5381) { ($0 &* 33) ^ UInt64($1) }).\(object.item)")
                else { continue }
                _ = try await office.orchestrator.perform(
                    .item(object.item, command), on: object.caseID, key: key,
                    by: Actor(role: .supervisor, name: name), on: date, at: OfficeDate.now)
            }
        }

        private func text(
            of draw: SpotCheck, _ objects: [String: (caseID: CaseID, item: String)], _ terminal: Terminal
        ) -> String {
            var table = TextTable([
                .init(terminal.say("办件", "case"), limit: 64), .init(terminal.say("事项", "item"), limit: 40),
                .init(terminal.say("检查人员", "inspectors"), limit: 200),
            ])
            for assignment in draw.drawn {
                guard let object = objects[assignment.object] else { continue }
                table.add([
                    object.caseID.text, object.item, assignment.inspectors.joined(separator: terminal.say("、", ", ")),
                ])
            }
            let count = draw.drawn.count
            let sum = terminal.say(
                "种子 \(seed)：\(draw.population) 件中抽取 \(count) 件。", "seed \(seed): \(count) of \(draw.population) drawn.")
            return count == 0 ? sum : "\(table.text)\n\(sum)"
        }
    }
}

extension ItemState {
    /// Whether it may be drawn for a later check: granted on a promise, and neither checked nor drawn.
    fileprivate func awaitsDraw(_ item: Item) -> Bool {
        guard item.handling == .commitment, status == .granted || status == .issued, aftermath?.isOrdinary != true
        else {
            return false
        }
        return aftermath?.check?.inspectors.isEmpty ?? true
    }
}

extension SpotCheck {
    /// As documented in `docs/json.md#spot-check`.
    fileprivate func json(_ objects: [String: (caseID: CaseID, item: String)]) -> JSONText {
        .members([
            "seed": .string(seed), "population": .integer(population),
            "drawn": .array(
                drawn.compactMap { assignment in
                    objects[assignment.object].map { object in
                        JSONText.members([
                            "case": .string(object.caseID.text), "item": .string(object.item),
                            "inspectors": .array(assignment.inspectors.map(JSONText.string)),
                        ])
                    }
                }),
        ])
    }
}
