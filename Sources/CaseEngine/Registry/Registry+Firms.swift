import WorkCalendar

/// What an intermediary's late services do to its credit (中介信用).
///
/// - Source: 重庆方案 二(九), 黑名单和退出; one grade a breach, and how many bar, are assumed.
extension Registry {
    /// The breaches of a firm that count on a date, in order.
    public func lateServices(of firm: String, on date: LocalDate) -> [Breach] {
        (breachesOf[firm] ?? []).compactMap { breaches[$0] }
            .filter { $0.kind == .lateService && $0.on <= date && date <= lastDay(of: $0) }
            .sorted { ($0.on, $0.id) < ($1.on, $1.id) }
    }

    /// The firm's grade on a date: as registered, a step lower for each late service that counts; `nil` without one.
    public func grade(ofFirm code: String, on date: LocalDate) -> CreditGrade? {
        firms[code]?.grade.map { grade in
            let grades = CreditGrade.allCases
            let position = (grades.firstIndex(of: grade) ?? 0) + lateServices(of: code, on: date).count
            return grades[min(position, grades.count - 1)]
        }
    }

    /// The last day on which a firm is not selected, for so many late services; `nil` when it may be.
    public func lastDayBarred(ofFirm code: String, on date: LocalDate) -> LocalDate? {
        let counting = lateServices(of: code, on: date)
        guard counting.count >= policy.firmBreaches else { return nil }
        return lastDay(of: counting[counting.count - policy.firmBreaches])
    }
}
