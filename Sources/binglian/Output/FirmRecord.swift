import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// What anybody may know of an intermediary (信用公示): its promises, its qualifications, and everything that was entered
/// about it, with dates.
struct FirmRecord {
    let firm: Firm
    let report: RegistryReport
    /// About this firm and up to the date of the report, in order.
    let events: [RegistryEvent]

    init(firm: Firm, report: RegistryReport, log: [RegistryEvent]) {
        self.firm = firm
        self.report = report
        var contracts: Set<String> = []
        var breaches: Set<String> = []
        events = log.filter { event in
            guard event.on <= report.on else { return false }
            switch event.what {
            case .contractSigned(let contract):
                if contract.firm == firm.code { contracts.insert(contract.number) }
                return contract.firm == firm.code
            case .contractPerformed(let number, _), .contractEnded(let number, _): return contracts.contains(number)
            case .firmSelected(let selection): return selection.firm == firm.code
            case .tenderAwarded(_, _, let outcome): return outcome?.firm == firm.code
            case .rated(let rating): return rating.firm == firm.code && rating.rated == .firm
            case .listed(let subject, _), .unlisted(let subject, _, _): return subject == .firm(firm.code)
            case .breachRecorded(let breach):
                let isIts = breach.kind == .lateService && breach.owner == firm.code
                if isIts { breaches.insert(breach.id) }
                return isIts
            case .breachCleared(let id, _): return breaches.contains(id)
            default: return false
            }
        }
    }

    private var on: LocalDate { report.on }
    private var registry: Registry { report.registry }

    private var contracts: [ContractRecord] {
        registry.contracts.values.filter { $0.contract.firm == firm.code && $0.contract.signedOn <= on }
            .sorted { ($0.contract.signedOn, $0.contract.number) < ($1.contract.signedOn, $1.contract.number) }
    }

    private var isBlacklisted: Bool { registry.listing(.firm(firm.code), on: .black, date: on) != nil }

    // MARK: Text

    func text(_ terminal: Terminal) -> String {
        let language = terminal.language
        let ratings = report.ratings(of: firm.code, .firm)
        var lines = [
            terminal.styled("\(firm.name) (\(firm.code))", .bold),
            terminal.say("信用等级 ", "grade ") + (report.grade(of: firm)?.rawValue ?? "—")
                + terminal.say("；评价 ", "; rating ")
                + (ratings.mean.map { "\(Double(Int(($0 * 10).rounded())) / 10) (\(ratings.count))" } ?? "—")
                + terminal.say("；逾期 ", "; late ") + "\(registry.lateServices(of: firm.code, on: on).count)"
                + terminal.say("；黑名单 ", "; black list ")
                + (isBlacklisted ? terminal.say("在列", "yes") : terminal.say("不在列", "no")),
        ]
        for service in firm.services {
            lines.append(
                terminal.say("服务 ", "service ")
                    + "\(service.service): \(service.time), \(service.fee), \(service.standard)")
        }
        for qualification in firm.qualifications {
            let holds = qualification.from <= on && on <= qualification.until
            lines.append(
                terminal.say("资质 ", "qualification ")
                    + "\(qualification.name), \(qualification.from) – \(qualification.until)"
                    + (holds ? "" : terminal.say("（当日不在有效期内）", " (does not hold)")))
        }
        for record in contracts { lines.append(terminal.say("合同 ", "contract ") + words(record)[language]) }
        if !events.isEmpty { lines.append(terminal.say("记录", "record")) }
        for event in events { lines.append("  " + RegistryLine(event, terminal).text) }
        return lines.joined(separator: "\n")
    }

    private func words(_ record: ContractRecord) -> LocalizedText {
        let contract = record.contract
        let state = report.standing(of: record)
        return LocalizedText(
            zh:
                "\(contract.number)，\(contract.project) \(contract.item)，\(contract.price) 元，\(contract.days) 个工作日，\(state.zh)",
            en:
                "\(contract.number), \(contract.item) of \(contract.project), \(contract.price) yuan, \(contract.days) working days, \(state.en)"
        )
    }

    // MARK: JSON

    /// As documented in `docs/json.md#registry`.
    var json: JSONText {
        .members([
            "asOf": .string(on.description), "firm": report.json(firm),
            "contracts": .array(contracts.map { report.json($0) }),
            "record": .array(
                events.map {
                    .members([
                        "on": .string($0.on.description), "kind": .string($0.kind.rawValue), "words": $0.words.json,
                    ])
                }),
        ])
    }
}

extension FirmRating.Side {
    var title: LocalizedText {
        switch self {
        case .firm: LocalizedText(zh: "中介机构", en: "the firm")
        case .owner: LocalizedText(zh: "建设单位", en: "the owner")
        }
    }
}
