import WorkCalendar

extension WorkflowReader {
    static let provisionKeys = [
        "toleranceBasis", "commitment", "autoDecide", "clockStarts", "procedures", "legalReview", "delivery",
        "supervisedBy", "lapses", "visit",
    ]

    func provisions(_ fields: Fields) -> Provisions {
        guard Self.provisionKeys.contains(where: fields.has) else { return .none }
        var provisions = Provisions()
        provisions.toleranceBasis = fields.text("toleranceBasis")
        provisions.commitment = commitment(fields)
        provisions.autoDecide = condition(fields, "autoDecide")
        provisions.clockStarts = fields.word("clockStarts") ?? .admission
        provisions.procedures = (fields.list("procedures") ?? []).compactMap(procedure)
        provisions.legalReview = fields.boolean("legalReview") ?? false
        provisions.delivery = fields.amount("delivery")
        provisions.supervisedBy = fields.text("supervisedBy")
        provisions.lapses = lapse(fields)
        provisions.visit = fields.boolean("visit") ?? false
        return provisions
    }

    /// `commitment: {checkWithin: 60 wd, sample: 20, rectifyWithin: 10 wd}`.
    private func commitment(_ fields: Fields) -> CommitmentRule? {
        guard let node = fields.node("commitment"),
            let fields = Fields(node, keys: ["checkWithin", "sample", "rectifyWithin"], report: report)
        else { return nil }
        return CommitmentRule(
            checkWithin: fields.amount("checkWithin"), sample: figure(fields, "sample", 1...100),
            rectifyWithin: fields.amount("rectifyWithin"))
    }

    /// `{kind: site-visit, stopsClock: true, limit: 5 wd, respondWithin: 1 wd, basis: …}`.
    private func procedure(_ node: YAMLNode) -> ProcedureRule? {
        let keys = ["kind", "stopsClock", "limit", "respondWithin", "basis"]
        guard let fields = Fields(node, keys: keys, named: "kind", report: report) else { return nil }
        fields.require("kind")
        let rule = (
            stopsClock: fields.boolean("stopsClock"), limit: fields.amount("limit"),
            respondWithin: fields.amount("respondWithin"), basis: fields.text("basis")
        )
        guard let kind = fields.word("kind", except: SpecialChance.others) else { return nil }
        return ProcedureRule(
            kind: kind, stopsClock: rule.stopsClock, limit: rule.limit, respondWithin: rule.respondWithin,
            basis: rule.basis)
    }

    /// `lapses: {months: 3, unless: construction-start, extensions: 2, extensionMonths: 3, basis: 建筑法 art.9}`.
    private func lapse(_ fields: Fields) -> LapseRule? {
        guard let node = fields.node("lapses"),
            let fields = Fields(
                node, keys: ["months", "unless", "extensions", "extensionMonths", "basis"], report: report)
        else { return nil }
        fields.require("months", "unless")
        let months = figure(fields, "months", 1...120) ?? 3
        let extensions = figure(fields, "extensions", 0...9) ?? 0
        return LapseRule(
            months: months, unless: fields.text("unless") ?? "", extensions: extensions,
            extensionMonths: figure(fields, "extensionMonths", 1...120) ?? months, basis: fields.text("basis"))
    }

    /// A whole number within a range; one outside is reported.
    private func figure(_ fields: Fields, _ key: String, _ range: ClosedRange<Int>) -> Int? {
        guard let figure = fields.integer(key) else { return nil }
        guard range.contains(figure) else {
            report.add(.figureOutOfRange(key, figure, range), at: fields.span(key))
            return nil
        }
        return figure
    }
}
