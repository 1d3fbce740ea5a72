import ArgumentParser
import CaseEngine
import Orchestrator
import WorkCalendar
import WorkflowModel

struct TaskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task",
        abstract: "Do something with an item of a case. 办理事项。",
        discussion: """
            Every command names the case and the item, and says who acts (--as applicant, agent, window, supervisor or a
            department's id), by which name, and on which date of the office; today unless --on says otherwise.
            """,
        groupedSubcommands: [
            CommandGroup(
                name: "Before admission",
                subcommands: [
                    BeginPreReview.self, FinishPreReview.self, LookUp.self, File.self, RequestCorrection.self,
                    SupplyCorrection.self,
                    Admit.self, RefuseAdmission.self, Commit.self, DeclineCommitment.self,
                ]),
            CommandGroup(
                name: "Review",
                subcommands: [
                    BeginReview.self, Sign.self, ScheduleProcedure.self, ReviewLegality.self, RequestSupplement.self,
                    Supply.self, PauseItem.self, ResumeItem.self, Refer.self, RecordAnswer.self, Extend.self,
                    SupplyGaps.self, Decide.self, ReturnApplication.self, Withdraw.self,
                ]),
            CommandGroup(
                name: "After the decision",
                subcommands: [
                    Issue.self, Deliver.self, HandOut.self, Acknowledge.self, DrawCheck.self, Check.self,
                    FindBreach.self,
                    ReportRectified.self, Revoke.self, Appeal.self, DecideAppeal.self, ExtendPermit.self,
                ]),
            CommandGroup(name: "Work that nobody applies for", subcommands: [Begin.self, Complete.self]),
            CommandGroup(
                name: "Joint items",
                subcommands: [
                    ProposeVisit.self, AnswerVisit.self, RecordVisit.self, Session.self, Opine.self, MarkConflict.self,
                    ResolveConflict.self, Merge.self, Rectify.self, Measure.self, Conclude.self, Reopen.self,
                ]),
            CommandGroup(
                name: "Appointments",
                subcommands: [Book.self, Rebook.self, CancelAppointment.self, KeepAppointment.self]),
            CommandGroup(name: "Explain", subcommands: [Why.self, Notices.self]),
        ])
}

/// A command that does one thing with one item.
protocol ItemVerb: AsyncParsableCommand {
    var target: ItemTarget { get }
    /// What the command asks for, given where the item stands.
    func command(for item: ItemState) throws -> ItemCommand
    /// Where materials are looked up; `nil` where the command takes none.
    var lookups: LookupOptions? { get }
}

struct ItemTarget: ParsableArguments {
    @Argument(help: "The case.")
    var caseID: String

    @Argument(help: "The item's id.")
    var item: String

    @OptionGroup var action: ActionOptions
}

extension ItemVerb {
    var lookups: LookupOptions? { nil }

    func run() async throws {
        try await target.action.store.terminal.run { terminal in
            let action = target.action
            let registers = try lookups?.registers(terminal) ?? [:]
            try await action.store.withOffice(terminal, registers: registers) { office in
                let snapshot = try await office.snapshot(of: target.caseID)
                let position = try snapshot.position(of: target.item)
                let command = CaseCommand.item(target.item, try command(for: snapshot.state.items[position]))
                let done = try await office.perform(
                    command, on: target.caseID, action, looksUp: lookups?.noLookUp != true)
                action.store.report(done, terminal)
            }
        }
    }
}

/// `ID` or `ID=HASH`: a document that is handed in; `ID#PART+PART=HASH` when only these parts changed.
struct MaterialArgument: ExpressibleByArgument {
    let material: SuppliedMaterial

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        let name = parts.first?.split(separator: "#", maxSplits: 1).map(String.init) ?? []
        guard let id = name.first, !id.isEmpty else { return nil }
        let sheets = name.count > 1 ? name[1].split(separator: "+").map(String.init) : nil
        material = SuppliedMaterial(material: id, hash: parts.count > 1 ? parts[1] : "paper:\(id)", parts: sheets)
    }
}

/// `TEXT` or `MATERIAL: TEXT`, where the material is an id; `MATERIAL#PART: TEXT` pins it to a sheet.
struct PointArgument: ExpressibleByArgument {
    let point: Point

    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 1).map(String.init)
        let isID = { (text: String) in
            !text.isEmpty && text.utf8.allSatisfy { $0 == 45 || (48...57).contains($0) || (97...122).contains($0) }
        }
        let place = parts.first?.split(separator: "#", maxSplits: 1).map(String.init) ?? []
        if parts.count == 2, let id = place.first, isID(id) {
            let sheet = place.count > 1 ? place[1] : nil
            point = Point(String(parts[1].drop { $0 == " " }), material: id, part: sheet)
        } else {
            point = Point(argument)
        }
    }
}

struct MaterialOptions: ParsableArguments {
    @Option(
        name: .customLong("material"), parsing: .singleValue,
        help: "A document handed in, ID or ID=HASH; may be given several times.")
    var materials: [MaterialArgument] = []

    var supplied: [SuppliedMaterial] { materials.map(\.material) }
}

struct PointOptions: ParsableArguments {
    @Option(
        name: .customLong("point"), parsing: .singleValue,
        help: "What is missing or wrong, TEXT or MATERIAL: TEXT; may be given several times.")
    var points: [PointArgument] = []

    var all: [Point] { points.map(\.point) }
}

extension TaskCommand {
    struct BeginPreReview: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Look at drafts before anything is filed 预审.")
        @OptionGroup var target: ItemTarget
        func command(for item: ItemState) -> ItemCommand { .beginPreReview }
    }

    struct FinishPreReview: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Give advice on the drafts.")
        @OptionGroup var target: ItemTarget
        @Option(help: "The advice.") var advice: String
        @OptionGroup var points: PointOptions
        func command(for item: ItemState) -> ItemCommand {
            .finishPreReview(advice: advice, missing: points.all.isEmpty ? nil : points.all)
        }
    }

    struct File: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "File the application 申报; what is held already is attached by itself.")
        @OptionGroup var target: ItemTarget
        @OptionGroup var materials: MaterialOptions
        @OptionGroup var lookup: LookupOptions
        @OptionGroup var arrival: ArrivalOptions
        var lookups: LookupOptions? { lookup }
        func command(for item: ItemState) -> ItemCommand {
            .file(materials: materials.supplied, arrival: arrival.arrival)
        }
    }

    /// How an application comes in; nothing of it has to be said.
    struct ArrivalOptions: ParsableArguments {
        @Option(help: "Where it comes in: online, window, nearby, mail or home.") var channel: ArrivalChannel?
        @Option(help: "The time of day, such as 18:40, which hours of service may put on the next day.") var at:
            TimeOfDay?
        @Option(help: "The place, where it comes in nearby or at the applicant's.") var place: String?
        @Option(help: "Who saw the applicant first and answers for it 首问责任人.") var firstContact: String?

        var arrival: Arrival? {
            guard channel != nil || at != nil || place != nil || firstContact != nil else { return nil }
            return Arrival(channel: channel, at: at, place: place, firstContact: firstContact)
        }
    }

    struct RequestCorrection: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Say once, within five working days, everything that is missing 补正.")
        @OptionGroup var target: ItemTarget
        @OptionGroup var points: PointOptions
        @OptionGroup var lookup: LookupOptions
        var lookups: LookupOptions? { lookup }
        func command(for item: ItemState) -> ItemCommand { .requestCorrection(points: points.all) }
    }

    struct SupplyCorrection: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Supply what the correction notice asked for.")
        @OptionGroup var target: ItemTarget
        @OptionGroup var materials: MaterialOptions
        func command(for item: ItemState) -> ItemCommand { .supplyCorrection(materials: materials.supplied) }
    }

    struct Admit: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Take the application in 受理; the clock starts.")
        @OptionGroup var target: ItemTarget
        func command(for item: ItemState) -> ItemCommand { .admit }
    }

    struct RefuseAdmission: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Do not take the application in 不予受理.")
        @OptionGroup var target: ItemTarget
        @Option(help: "Why.") var reason: String
        @Option(help: "The body that it belongs to.") var rightBody: String?
        func command(for item: ItemState) -> ItemCommand { .refuseAdmission(reason: reason, rightBody: rightBody) }
    }

    struct Sign: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Sign as the next link of the reviewer chain 签署.")
        @OptionGroup var target: ItemTarget
        @Option(help: "The opinion.") var opinion: String = "同意"
        func command(for item: ItemState) -> ItemCommand { .sign(opinion: opinion) }
    }

    struct RequestSupplement: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Ask for more after admission 过程补件; the clock stops.")
        @OptionGroup var target: ItemTarget
        @OptionGroup var points: PointOptions
        @OptionGroup var lookup: LookupOptions
        var lookups: LookupOptions? { lookup }
        func command(for item: ItemState) -> ItemCommand { .requestSupplement(points: points.all) }
    }

    struct Supply: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Supply what was asked for after admission.")
        @OptionGroup var target: ItemTarget
        @OptionGroup var materials: MaterialOptions
        func command(for item: ItemState) -> ItemCommand { .supplySupplement(materials: materials.supplied) }
    }

    struct PauseItem: ItemVerb {
        static let configuration = CommandConfiguration(
            commandName: "pause",
            abstract: "Stop the clock: a special procedure 特别程序, or a suspension 中止 with --reason and --approver.")
        @OptionGroup var target: ItemTarget
        @Option(
            help: ArgumentHelp(
                stringLiteral: SpecialProcedure.allCases.map(\.rawValue).joined(separator: ", ") + "."))
        var procedure: String?
        @Option(help: "The legal basis of the procedure.") var basis: String = "行政许可法 art.45"
        @Option(help: "The length told to the applicant, such as 10wd.") var length: DayAmount = .working(10)
        @Option(help: "Why the item is suspended.") var reason: String?
        @Option(help: "Who approved the suspension.") var approver: String?

        func validate() throws {
            if let procedure, SpecialProcedure(rawValue: procedure) == nil {
                let known = SpecialProcedure.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("there is no procedure '\(procedure)'; known: \(known)")
            }
            if (procedure == nil) == (reason == nil) {
                throw ValidationError("give --procedure, or --reason and --approver for a suspension")
            }
            if (reason == nil) != (approver == nil) {
                throw ValidationError("a suspension needs --reason and --approver")
            }
        }

        func command(for item: ItemState) -> ItemCommand {
            if let procedure, let kind = SpecialProcedure(rawValue: procedure) {
                return .beginSpecialProcedure(kind: kind, basis: basis, length: length)
            }
            return .suspend(reason: reason ?? "", approver: approver ?? "")
        }
    }

    struct ResumeItem: ItemVerb {
        static let configuration = CommandConfiguration(
            commandName: "resume", abstract: "End the special procedure or the suspension; the clock runs again.")
        @OptionGroup var target: ItemTarget
        @Option(help: "The result of the procedure, or why the item goes on.") var result: String

        func command(for item: ItemState) -> ItemCommand {
            item.pause?.kind == .procedure ? .endSpecialProcedure(result: result) : .resume(reason: result)
        }
    }

    struct Extend: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Extend the statutory limit once 延长.")
        @OptionGroup var target: ItemTarget
        @Option(help: "By how much, such as 10wd.") var by: DayAmount
        @Option(help: "Why.") var reason: String
        @Option(help: "The head who approved it.") var approver: String
        func command(for item: ItemState) -> ItemCommand { .extend(by: by, reason: reason, approver: approver) }
    }

    struct SupplyGaps: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Supply what was promised under tolerance 容缺补齐.")
        @OptionGroup var target: ItemTarget
        @OptionGroup var materials: MaterialOptions
        func command(for item: ItemState) -> ItemCommand { .supplyGaps(materials: materials.supplied) }
    }

    struct Decide: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Decide the application 办结.")
        @OptionGroup var target: ItemTarget
        @OptionGroup var decision: DecisionOptions
        func command(for item: ItemState) throws -> ItemCommand { .decide(decision.decision) }
    }

    struct ReturnApplication: ItemVerb {
        static let configuration = CommandConfiguration(
            commandName: "return", abstract: "Return the application 退件: a correction or a promise never came.")
        @OptionGroup var target: ItemTarget
        @Option(help: "Why.") var reason: String
        func command(for item: ItemState) -> ItemCommand { .returnApplication(reason: reason) }
    }

    struct Withdraw: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Withdraw the application before the decision 撤回.")
        @OptionGroup var target: ItemTarget
        @Option(help: "Why.") var reason: String
        func command(for item: ItemState) -> ItemCommand { .withdraw(reason: reason) }
    }

    struct Issue: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Issue everything that was granted, on one date 发证.")
        @OptionGroup var target: ItemTarget
        @OptionGroup var materials: MaterialOptions
        func command(for item: ItemState) -> ItemCommand { .issue(documents: materials.supplied) }
    }

    struct Check: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Check later what was granted 事后核查.")
        @OptionGroup var target: ItemTarget
        @Option(help: "What was found.") var finding: String
        func command(for item: ItemState) -> ItemCommand { .check(finding: finding) }
    }

    struct Revoke: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Revoke what was granted 撤销.")
        @OptionGroup var target: ItemTarget
        @Option(help: "Why.") var reason: String
        @Option(help: "The legal basis.") var basis: String
        func command(for item: ItemState) -> ItemCommand { .revoke(reason: reason, basis: basis) }
    }

    struct Begin: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Begin work that nobody applies for.")
        @OptionGroup var target: ItemTarget
        func command(for item: ItemState) -> ItemCommand { .begin }
    }

    struct Complete: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Say that the work is done.")
        @OptionGroup var target: ItemTarget
        func command(for item: ItemState) -> ItemCommand { .complete }
    }

    struct Opine: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Give a participant's opinion 意见.")
        @OptionGroup var target: ItemTarget
        @Option(help: "The participant's id.") var participant: String
        @OptionGroup var verdict: VerdictOptions
        func command(for item: ItemState) throws -> ItemCommand {
            .opine(participant: participant, verdict: verdict.verdictValue)
        }
    }

    struct Session: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Record a joint session 联合勘验: everybody signs on one day; those not named pass.")
        @OptionGroup var target: ItemTarget
        @Option(
            name: .customLong("fail"), parsing: .singleValue,
            help: "PARTICIPANT: TEXT, what a participant found; may be given several times.")
        var failures: [PointArgument] = []
        @Option(help: "Who signs for the participants.") var signer: String = "现场人员"

        func command(for item: ItemState) throws -> ItemCommand {
            let participants = item.joint?.participants.map(\.id) ?? []
            let found = Dictionary(grouping: failures.map(\.point)) { $0.material ?? "" }
            for name in found.keys where !participants.contains(name) {
                throw CommandFailure(
                    zh: "联合事项没有参与方“\(name)”，应为 \(participants.joined(separator: "、")) 之一，写作“参与方: 问题”。",
                    en:
                        "there is no participant '\(name)'; write PARTICIPANT: TEXT with one of \(participants.joined(separator: ", "))."
                )
            }
            return .holdSession(
                votes: participants.map { id in
                    let points = found[id]?.map { Point($0.text) } ?? []
                    return SessionVote(
                        participant: id, verdict: points.isEmpty ? .pass : .fail(points: points), signer: signer)
                })
        }
    }

    struct Merge: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Merge the opinions into one notice 汇总, as the lead.")
        @OptionGroup var target: ItemTarget
        @Option(help: "A note.") var note: String = ""
        func command(for item: ItemState) -> ItemCommand { .merge(note: note) }
    }

    struct Rectify: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Say that the points of the notice are put right 整改.")
        @OptionGroup var target: ItemTarget
        @OptionGroup var materials: MaterialOptions
        @Option(help: "A note.") var note: String = ""
        func command(for item: ItemState) -> ItemCommand { .rectify(materials: materials.supplied, note: note) }
    }

    struct Conclude: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Conclude a joint item 联合结论, as the lead.")
        @OptionGroup var target: ItemTarget
        @OptionGroup var decision: DecisionOptions
        func command(for item: ItemState) throws -> ItemCommand { .conclude(decision.decision) }
    }
}

/// How an item ends.
struct DecisionOptions: ParsableArguments {
    @Flag(help: "Refuse 不予许可; needs --reasons.") var refuse = false
    @Flag(help: "Grant although minor materials still follow 容缺.") var withGaps = false
    @Option(help: "The reasons of a refusal.") var reasons: String?
    @Option(help: "The ways to appeal that a refusal names.")
    var appeal: String = "六十日内申请行政复议，或六个月内提起行政诉讼"

    func validate() throws {
        if refuse, reasons == nil { throw ValidationError("a refusal needs --reasons") }
        if refuse, withGaps { throw ValidationError("--refuse and --with-gaps exclude each other") }
    }

    var decision: Decision {
        if refuse { return .refused(reasons: reasons ?? "", appeal: appeal) }
        return withGaps ? .grantedWithGaps : .granted
    }
}

/// What a participant says.
struct VerdictOptions: ParsableArguments {
    enum Word: String, ExpressibleByArgument, CaseIterable {
        case pass
        case passWithConditions = "pass-with-conditions"
        case fail
        case notInvolved = "not-involved"
    }

    @Option(help: "pass, pass-with-conditions, fail or not-involved.") var verdict: Word
    @OptionGroup var points: PointOptions

    var verdictValue: Verdict {
        switch verdict {
        case .pass: .pass
        case .passWithConditions: .passWithConditions(points: points.all)
        case .fail: .fail(points: points.all)
        case .notInvolved: .notInvolved
        }
    }
}

extension ArrivalChannel: ExpressibleByArgument {}
extension TimeOfDay: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
