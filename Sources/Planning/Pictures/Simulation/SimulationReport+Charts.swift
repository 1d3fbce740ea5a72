import Scheduling
import WorkCalendar
import WorkflowModel

extension SimulationReport {
    /// How often a target came out as how long, or the project finished when.
    ///
    /// - Parameter target: its index in `targets`; `nil` for the finish.
    public func histogram(ofTarget target: Int?, language: Language) -> Histogram {
        target.map { targets[$0].histogram(language) } ?? finish.histogram(language)
    }

    /// What moves a target or the finish, an activity a bar.
    ///
    /// - Parameter target: its index in `targets`; `nil` for the finish.
    public func tornado(ofTarget target: Int?, language: Language) -> Tornado {
        target.map { targets[$0].tornado(language) } ?? finish.tornado(from: start, language)
    }
}

extension SimulationReport.TargetChance {
    func name(_ language: Language) -> String { target.title?[language] ?? target.id }

    fileprivate func histogram(_ language: Language) -> Histogram {
        Histogram(
            title: "\(name(language)) · \(measured.measure.title[language])", language: language,
            axis: axis(language),
            counts: bins.map(\.count), origin: Self.days(bins.first?.from ?? 0),
            binWidth: Self.days(bins.first.map { $0.to - $0.from } ?? DayAmount.minutesPerDay),
            marks: measured.percentiles.map { .init(name: $0.name, value: Self.days($0.value)) },
            target: target.limit.flatMap { limit in
                measured.chance.map {
                    .init(name: language.say("时限", "limit"), value: Self.days(limit.minutes), chance: $0.value)
                }
            })
    }

    fileprivate func tornado(_ language: Language) -> Tornado {
        Tornado(
            title: language.say("影响最大的环节：\(name(language))", "What moves it most: \(name(language))"),
            language: language,
            axis: axis(language), base: Self.days(measured.mean),
            bars: drivers.compactMap { $0.bar(language) { $0 / Double(DayAmount.minutesPerDay) } },
            label: { (($0 * 10).rounded() / 10).px })
    }

    /// `审批用时并集（工作日）`, `union (working days)`.
    private func axis(_ language: Language) -> String {
        let unit = target.limit?.unit ?? .working
        let measure = measured.measure.title
        return language.say(
            "\(measure.zh)（\(unit == .working ? "工作日" : "自然日")）",
            "\(measure.en) (\(unit == .working ? "working" : "calendar") days)")
    }

    private static func days(_ minutes: some BinaryInteger) -> Double { days(Double(minutes)) }
    private static func days(_ minutes: Double) -> Double { minutes / Double(DayAmount.minutesPerDay) }
}

extension SimulationReport.Finish {
    fileprivate func histogram(_ language: Language) -> Histogram {
        let first = bins.first.map { (from: $0.from.dayNumber, width: $0.to.days(since: $0.from)) }
        var histogram = Histogram(
            title: language.say("完成日期", "Finish"), language: language, axis: language.say("完成日期", "date of the finish"),
            counts: bins.map(\.count), origin: Double(first?.from ?? planned.dayNumber),
            binWidth: Double(max(1, first?.width ?? 1)),
            marks: [.init(name: language.say("计划", "planned"), value: Double(planned.dayNumber))]
                + percentiles.map { .init(name: $0.name, value: Double($0.value.dayNumber)) },
            label: { LocalDate(dayNumber: Int($0.rounded())).description })
        histogram.ticks = NiceScale.dates
        return histogram
    }

    /// Low and high are calendar days after the start.
    fileprivate func tornado(from start: LocalDate, _ language: Language) -> Tornado {
        Tornado(
            title: language.say("什么最影响完成日期", "What moves the finish most"), language: language,
            axis: language.say("完成日期的均值", "mean date of the finish"), base: Double(mean.dayNumber),
            bars: drivers.compactMap { driver in
                driver.bar(language) { Double(start.dayNumber) + $0 / Double(DayAmount.minutesPerDay) }
            },
            label: { LocalDate(dayNumber: Int($0.rounded())).description })
    }
}

extension SimulationReport.Activity {
    /// Critical here is what sets the date in at least half of the runs.
    fileprivate func bar(_ language: Language, _ read: (Double) -> Double) -> Tornado.Bar? {
        guard let low, let high else { return nil }
        return Tornado.Bar(
            title: title[language], low: read(low), high: read(high), isCritical: criticality.value >= 0.5)
    }
}

extension SimulationReport.Percentile {
    /// `P80`.
    var name: String { "P\(Int((p * 100).rounded()))" }
}

extension WindowMeasure {
    /// As people call it, in a table's cell.
    public var title: LocalizedText {
        switch self {
        case .union: LocalizedText(zh: "并集", en: "union")
        case .span: LocalizedText(zh: "跨度", en: "span")
        case .sum: LocalizedText(zh: "累计", en: "sum")
        case .path: LocalizedText(zh: "计时关键路径", en: "counted path")
        }
    }
}

extension DurationShape {
    public var title: LocalizedText {
        switch self {
        case .triangular: LocalizedText(zh: "三角分布", en: "triangular")
        case .pert: LocalizedText(zh: "PERT 分布", en: "PERT")
        case .uniform: LocalizedText(zh: "均匀分布", en: "uniform")
        case .fixed: LocalizedText(zh: "固定取值", en: "fixed")
        }
    }
}
