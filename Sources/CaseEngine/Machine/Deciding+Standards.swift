import WorkCalendar
import WorkflowModel

/// What a project in an area with control values keeps: at its entry by its facts, at its acceptance as it was built.
extension Deciding {
    /// The project, and each of its works, states every value and keeps it.
    func require(_ standards: [AppliedStandard], of opening: CaseOpening) throws(CaseRejection) {
        for applied in standards {
            try require(applied, in: opening.facts)
            for work in opening.works where work.facts[applied.standard.fact] != nil {
                try require(applied, in: work.facts)
            }
        }
    }

    private func require(_ applied: AppliedStandard, in facts: [String: FactValue]) throws(CaseRejection) {
        guard case .number(let value)? = facts[applied.standard.fact] else {
            throw .standardNotStated(applied)
        }
        guard applied.standard.admits(value) else { throw .standardExceeded(value: value, standard: applied) }
    }

    /// 竣工实测: by the lead of the acceptance. Beyond a control value a second time, the owner has not kept its word.
    mutating func measure(_ values: [MeasuredValue], _ index: Int) throws(CaseRejection) {
        try require(department(of: index))
        guard rules.isMeasured(index), !state.standards.isEmpty else {
            throw .notForThisItem(item: definition(index).id)
        }
        let status = self.status(index)
        guard status.isUnderReview else { throw .notNow(item: definition(index).id, status: status) }
        if values.isEmpty {
            throw .valuesNotMeasured(item: definition(index).id, facts: rules.unmeasured(index, in: state))
        }
        for value in values {
            guard value.value.isFinite else { throw .factNotFinite(value.fact) }
            guard state.standards.contains(where: { $0.standard.fact == value.fact }) else {
                throw .noStandard(fact: value.fact)
            }
        }
        let exceeded = values.filter { value in
            state.standards.contains { $0.standard.fact == value.fact && !$0.standard.admits(value.value) }
        }
        emit(.valuesMeasured(values: values, exceeded: exceeded.map(\.fact)), to: index)
        if !exceeded.isEmpty, state.items[index].aftermath?.measurement?.failures == 2 {
            recordBreach(.commitment, index)
        }
        concludeByItself(index)
    }

    /// Nothing is accepted before it was measured, or while it is beyond a control value.
    func requireMeasured(_ index: Int) throws(CaseRejection) {
        guard rules.isMeasured(index), !state.standards.isEmpty else { return }
        let missing = rules.unmeasured(index, in: state)
        guard missing.isEmpty else { throw .valuesNotMeasured(item: definition(index).id, facts: missing) }
        if let (applied, value) = rules.exceeded(index, in: state) {
            throw .standardExceeded(value: value, standard: applied)
        }
    }
}

extension CaseRules {
    /// Whether what was built is measured with the item: a joint acceptance.
    func isMeasured(_ index: Int) -> Bool { items[index].joint?.kind == .acceptance }

    /// The facts with a control value that nobody has measured yet, each once.
    func unmeasured(_ index: Int, in state: CaseState) -> [String] {
        let measured = state.items[index].rare.first?.measurement?.values.map(\.fact) ?? []
        var facts: [String] = []
        for applied in state.standards where !measured.contains(applied.standard.fact) {
            if !facts.contains(applied.standard.fact) { facts.append(applied.standard.fact) }
        }
        return facts
    }

    /// The first control value that a measured value is beyond.
    func exceeded(_ index: Int, in state: CaseState) -> (AppliedStandard, Double)? {
        for value in state.items[index].rare.first?.measurement?.values ?? [] {
            if let applied = state.standards.first(where: {
                $0.standard.fact == value.fact && !$0.standard.admits(value.value)
            }) {
                return (applied, value.value)
            }
        }
        return nil
    }

    /// Whether an acceptance waits for measured values, or for better ones.
    func lacksMeasurement(_ index: Int, in state: CaseState) -> Bool {
        guard !state.standards.isEmpty, isMeasured(index) else { return false }
        return !unmeasured(index, in: state).isEmpty || exceeded(index, in: state) != nil
    }
}

extension ItemState {
    /// Keeps the newest value of each fact.
    mutating func note(_ values: [MeasuredValue], exceeded: [String], on date: LocalDate) {
        withAftermath { aftermath in
            var measurement = aftermath.measurement ?? Measurement(values: [], on: date)
            for value in values {
                if let position = measurement.values.firstIndex(where: { $0.fact == value.fact }) {
                    measurement.values[position] = value
                } else {
                    measurement.values.append(value)
                }
            }
            measurement.on = date
            if !exceeded.isEmpty { measurement.failures += 1 }
            aftermath.measurement = measurement
        }
    }
}
