import ArgumentParser
import CaseEngine
import Orchestrator
import WorkCalendar
import WorkflowModel

/// One form for a whole stage, at one window.
extension CaseCommandGroup {
    struct FileStage: CaseVerb {
        static let configuration = CommandConfiguration(
            commandName: "file",
            abstract: "File everything of a stage with one form 阶段综合受理; each document once for all items.")
        @OptionGroup var target: CaseTarget
        @Option(help: "The stage's id.") var stage: String
        @Option(
            name: .customLong("item"), parsing: .singleValue,
            help: "Only that item; may be given several times. Default: all that nobody has filed.")
        var items: [String] = []
        @OptionGroup var materials: MaterialOptions
        @OptionGroup var lookup: LookupOptions
        var lookups: LookupOptions? { lookup }
        var command: CaseCommand {
            .intake(.receive(stage: stage, items: items, materials: materials.supplied))
        }
    }

    struct SupplyForm: CaseVerb {
        static let configuration = CommandConfiguration(
            commandName: "supply", abstract: "Hand in what a form lacked, or what its notice asked for 补交.")
        @OptionGroup var target: FormTarget
        @OptionGroup var materials: MaterialOptions
        var command: CaseCommand { .intake(.supply(intake: target.form, materials: materials.supplied)) }
    }

    struct NoticeForm: CaseVerb {
        static let configuration = CommandConfiguration(
            commandName: "notice", abstract: "Tell once what is to be put right, over all items of a form 一口告知.")
        @OptionGroup var target: FormTarget
        @Option(
            name: .customLong("point"), parsing: .singleValue,
            help: "ITEM=TEXT or ITEM=MATERIAL: TEXT; may be given several times.")
        var points: [ItemPointArgument]
        @OptionGroup var lookup: LookupOptions
        var lookups: LookupOptions? { lookup }
        var command: CaseCommand {
            var all: [ItemPoints] = []
            for one in points {
                if let position = all.firstIndex(where: { $0.item == one.item }) {
                    all[position] = ItemPoints(item: one.item, points: all[position].points + [one.point])
                } else {
                    all.append(ItemPoints(item: one.item, points: [one.point]))
                }
            }
            return .intake(.notice(intake: target.form, points: all))
        }
    }

    struct AdmitForm: CaseVerb {
        static let configuration = CommandConfiguration(
            commandName: "admit", abstract: "Admit what was filed with a form 综合受理; each item's clock starts.")
        @OptionGroup var target: FormTarget
        @Option(
            name: .customLong("item"), parsing: .singleValue,
            help: "Only that item; may be given several times. Default: all that wait for it.")
        var items: [String] = []
        var command: CaseCommand { .intake(.admit(intake: target.form, items: items)) }
    }

    struct Receipt: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The receipt of a stage's form: items, clocks, limits, and what is missing 受理凭证.")

        @Argument(help: "The case.")
        var caseID: String

        @Argument(help: "The form's number; default: all forms of the case.")
        var form: String?

        @Option(help: "As of that date; default: the case's last day.")
        var on: LocalDate?

        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    let snapshot = try await office.snapshot(of: caseID)
                    let intakes = snapshot.state.intakes.filter { form == nil || $0.id == form }
                    if let form, intakes.isEmpty { throw CaseRejection.unknownIntake(form) }
                    let receipts = intakes.map {
                        FormReceipt($0, of: snapshot, on: on ?? snapshot.state.asOf ?? OfficeDate.today)
                    }
                    switch store.format {
                    case .json: printOut(JSONText.array(receipts.map(\.json)).pretty)
                    case .text:
                        printOut(
                            receipts.isEmpty
                                ? terminal.say(
                                    "没有阶段表单。用 binglian case file 申报。", "No forms; file one with binglian case file.")
                                : receipts.map { $0.text(terminal) }.joined(separator: "\n\n"))
                    }
                }
            }
        }
    }

    struct Materials: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The documents of a case, where each comes from, and what was not asked for twice 材料台账.")

        @Argument(help: "The case.")
        var caseID: String

        @Option(help: "As of that date; default: the case's last day.")
        var on: LocalDate?

        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    let snapshot = try await office.snapshot(of: caseID)
                    let list = MaterialList(snapshot, on: on ?? snapshot.state.asOf ?? OfficeDate.today)
                    printOut(store.format == .json ? list.json.pretty : list.text(terminal))
                }
            }
        }
    }
}

/// A form of a case.
struct FormTarget: CaseTargeting {
    @Argument(help: "The case.")
    var caseID: String

    @Argument(help: "The form's number.")
    var form: String

    @OptionGroup var action: ActionOptions
}

/// `ITEM=TEXT` or `ITEM=MATERIAL: TEXT`.
struct ItemPointArgument: ExpressibleByArgument {
    let item: String
    let point: Point

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, let point = PointArgument(argument: parts[1]) else { return nil }
        (item, self.point) = (parts[0], point.point)
    }
}

extension TaskCommand {
    struct LookUp: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Take materials over from the zone, other cases or registers 调取、共享数据核验.")
        @OptionGroup var target: ItemTarget
        @Option(
            name: .customLong("material"), parsing: .singleValue,
            help: "A material's id; may be given several times. Default: all that the item asks for.")
        var materials: [String] = []
        @OptionGroup var lookup: LookupOptions
        var lookups: LookupOptions? { lookup }
        func command(for item: ItemState) -> ItemCommand { .lookUp(materials: materials) }
    }
}

extension RegistryCommand {
    struct Documents: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What an owner has handed in, in whatever case, by its credit code 建设单位材料库.")

        @Argument(help: "The owner's unified social credit code.")
        var owner: String

        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    let documents = try await office.orchestrator.documents(of: owner, at: OfficeDate.now)
                    let list = OwnerDocumentList(documents: documents)
                    printOut(store.format == .json ? list.json.pretty : list.text(terminal))
                }
            }
        }
    }
}
