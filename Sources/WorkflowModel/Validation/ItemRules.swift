import WorkCalendar

/// One item says who handles it, how long that takes, and nothing that its kind forbids.
struct ItemRules {
    private let draft: ItemDraft
    private let report: Report

    init(_ draft: ItemDraft, _ report: Report) {
        self.draft = draft
        self.report = report
    }

    private var item: Item { draft.item }
    private var fields: Fields { draft.fields }

    func check() {
        if draft.kindIsKnown { checkKind() }
        report.checkLimits(
            promised: item.limit, statutory: item.statutory?.limit, likely: item.takes?.likely, fields: fields)
        checkHandling()
        checkChain()
        checkProvisions()
        if item.silence == .deemedAgree {
            report.checkDeemedConsent(
                id: item.id, title: item.title, hasLimit: draft.hasLimit, fields: fields)
        }
    }

    private func checkKind() {
        switch item.kind {
        case .joint:
            for (key, instead) in WorkflowReader.singleKeys where fields.has(key) {
                report.add(.notForJointItems(key, instead: instead), at: fields.keySpan(key))
            }
        case .milestone:
            let work = [
                "department", "takes", "limit", "statutory", "tolerance", "handling", "chain", "silence", "correction",
                "special", "distribution",
            ]
            for key in work where fields.has(key) { report.add(.milestoneWithWork(key), at: fields.keySpan(key)) }
        default:
            if fields.lacks("department") { report.add(.itemWithoutDepartment(item.id), at: draft.span) }
            if fields.lacks("takes") { report.add(.itemWithoutDuration(item.id), at: draft.span) }
        }
        if [.intermediary, .applicant, .check, .guidance, .publicity, .utility].contains(item.kind) {
            for key in ["correction", "special"] where fields.has(key) {
                report.add(.chanceWithoutApplication(key), at: fields.keySpan(key))
            }
        }
        if item.kind != .joint {
            for key in WorkflowReader.jointKeys where fields.has(key) {
                report.add(.onlyForJointItems(key), at: fields.keySpan(key))
            }
        }
        if item.kind != .milestone, fields.lacks("source") { report.add(.figureWithoutSource, at: draft.span) }
    }

    private func checkHandling() {
        if item.handling == .commitment, fields.lacks("basis") {
            report.add(.commitmentWithoutBasis(item.id), at: fields.span("handling"))
        }
        if item.handling == .instant {
            let longest = [("takes", item.takes?.likely), ("limit", item.limit)].first { _, amount in
                (amount?.minutes ?? 0) > DayAmount.minutesPerDay
            }
            if let (key, amount) = longest, let amount {
                report.add(.instantTakesDays(amount), at: fields.span(key))
            }
        }
    }

    private func checkProvisions() {
        let provisions = item.provisions
        if let tolerance = item.tolerance, let limit = item.limit, tolerance.unit == limit.unit,
            tolerance.minutes > limit.minutes, provisions.toleranceBasis == nil
        {
            report.add(.toleranceBeyondLimit(tolerance: tolerance, limit: limit), at: fields.span("tolerance"))
        }
        let isSafety = item.silence == .neverDeemed || report.isAboutSafety(id: item.id, title: item.title)
        if item.handling == .commitment, isSafety {
            report.add(.commitmentOnSafety(item.id), at: fields.span("handling"))
        }
        if provisions.commitment != nil, item.handling != .commitment {
            report.add(.commitmentWithoutHandling(item.id), at: fields.keySpan("commitment"))
        }
        if provisions.autoDecide != nil, isSafety {
            report.add(.autoDecideOnSafety(item.id), at: fields.keySpan("autoDecide"))
        }
        if let lapses = provisions.lapses, lapses.unless == item.id {
            report.add(.lapseOfItself(item.id), at: fields.span("lapses"))
        }
        if ![.approval, .filing, .review, .opinion, .joint].contains(item.kind), draft.kindIsKnown {
            for key in WorkflowReader.provisionKeys where fields.has(key) {
                report.add(.provisionWithoutApplication(key), at: fields.keySpan(key))
            }
        }
    }

    private func checkChain() {
        if draft.chain.count > 3 { report.add(.chainTooLong(draft.chain.count), at: draft.chain[3].span) }
        for (one, next) in zip(draft.chain, draft.chain.dropFirst()) where one.reviewer == next.reviewer {
            report.add(.reviewerTwiceInARow(next.reviewer), at: next.span)
        }
    }
}

extension ItemDraft {
    var hasLimit: Bool { fields.has("limit") || fields.has("statutory") }
}

// What items and participants have in common.
extension Report {
    /// Promised ≤ statutory, and the likely duration within the promise; amounts of different units are not compared.
    func checkLimits(promised: DayAmount?, statutory: DayAmount?, likely: DayAmount?, fields: Fields) {
        guard let promised else { return }
        if let statutory, statutory.unit == promised.unit, promised.minutes > statutory.minutes {
            add(.promisedAboveStatutory(promised: promised, statutory: statutory), at: fields.span("limit"))
        }
        if let likely, likely.unit == promised.unit, likely.minutes > promised.minutes {
            add(.likelyAboveLimit(likely: likely, limit: promised), at: fields.span("takes"))
        }
    }

    /// Silence may count as consent only after a limit, and never where lives depend on the answer.
    ///
    /// - Source: 消防法 (2021) arts. 12, 13; 建筑法 (2019) art. 61; 人民防空法 art. 23: not without a decision.
    func checkDeemedConsent(id: String, title: LocalizedText, hasLimit: Bool, fields: Fields) {
        if isAboutSafety(id: id, title: title) {
            add(.deemedConsentOnSafety(id), at: fields.span("silence"))
        } else if !hasLimit {
            add(.deemedWithoutLimit(id), at: fields.span("silence"))
        }
    }

    func isAboutSafety(id: String, title: LocalizedText) -> Bool {
        let words: Set<Substring> = ["fire", "structure", "structural", "xiaofang", "jiegou", "renfang"]
        let english = title.en.lowercased()
        return ["消防", "结构", "人防", "人民防空"].contains { title.zh.contains($0) }
            || id.split(separator: "-").contains(where: words.contains)
            || english.split { !$0.isLetter }.contains(where: words.contains)
            || id.contains("civil-defence") || id.contains("civil-defense")
            || english.contains("civil defence") || english.contains("civil defense")
    }
}
