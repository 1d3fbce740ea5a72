import WorkCalendar

extension WorkflowReader {
    /// `correction: {chance: 0.2, applicant: 1/3/5 wd}`.
    func correction(_ fields: Fields) -> CorrectionChance? {
        guard let node = fields.node("correction"),
            let fields = Fields(node, keys: ["chance", "applicant"], report: report)
        else { return nil }
        fields.require("chance", "applicant")
        return CorrectionChance(chance: chance(fields), applicant: fields.duration("applicant") ?? .zero)
    }

    /// `special: {procedure: hearing, chance: 0.05, takes: 10/20/30 wd}`.
    func special(_ fields: Fields) -> SpecialChance? {
        guard let node = fields.node("special"),
            let fields = Fields(node, keys: ["procedure", "chance", "takes"], report: report)
        else { return nil }
        fields.require("procedure", "chance", "takes")
        let procedure = fields.word("procedure", except: SpecialChance.others)
        return SpecialChance(
            procedure: procedure ?? .hearing, chance: chance(fields), takes: fields.duration("takes") ?? .zero)
    }

    /// A chance of 0 to 1; 0 where there is none.
    func chance(_ fields: Fields) -> Double {
        guard let chance = fields.number("chance") else { return 0 }
        if !(0...1).contains(chance) {
            report.add(.chanceOutOfRange(fields.text("chance") ?? ""), at: fields.span("chance"))
        }
        return chance
    }

    /// `simulation: {distribution: pert, departmentCorrelation: 0.3}`.
    func simulation(_ fields: Fields) -> SimulationDefaults {
        guard let node = fields.node("simulation"),
            let fields = Fields(node, keys: ["distribution", "departmentCorrelation"], report: report)
        else { return SimulationDefaults() }
        let shape: DurationShape? = fields.word("distribution")
        let correlation = fields.number("departmentCorrelation")
        if let correlation, !(0..<1).contains(correlation) {
            report.add(
                .correlationOutOfRange(fields.text("departmentCorrelation") ?? ""),
                at: fields.span("departmentCorrelation"))
        }
        return SimulationDefaults(distribution: shape ?? .triangular, departmentCorrelation: correlation ?? 0)
    }
}
