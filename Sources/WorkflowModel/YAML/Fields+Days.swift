import WorkCalendar

extension Fields {
    /// What an amount of days is for, which decides the values that make sense.
    enum AmountRole {
        /// More than zero.
        case limit
        /// Of any sign.
        case lag
    }

    /// An amount of days such as `5 wd`.
    func amount(_ key: String, as role: AmountRole = .limit) -> DayAmount? {
        guard let text = text(key) else { return nil }
        return report.amount(text, at: span(key), as: role)
    }

    /// A duration such as `3 wd` or `1/3/5 wd`.
    func duration(_ key: String) -> DurationEstimate? {
        guard let text = text(key) else { return nil }
        return report.duration(text, at: span(key))
    }

    /// A legal limit: `20 wd`, or `{limit, extension, basis}`.
    func statutory(_ key: String) -> StatutoryLimit? {
        guard let node = node(key) else { return nil }
        if let text = node.text {
            return report.amount(text, at: node.span, as: .limit).map {
                StatutoryLimit(limit: $0, extension: nil, basis: nil)
            }
        }
        guard let fields = Fields(node, keys: ["limit", "extension", "basis"], report: report) else { return nil }
        fields.require("limit")
        let longest = fields.amount("extension")
        let basis = fields.text("basis")
        return fields.amount("limit").map { StatutoryLimit(limit: $0, extension: longest, basis: basis) }
    }
}

extension Report {
    func amount(_ text: String, at span: TextSpan, as role: Fields.AmountRole) -> DayAmount? {
        guard let (number, unit) = split(text) else {
            add(.unreadableAmount(text), at: span)
            return nil
        }
        guard let minutes = DayAmount.minutes(from: number) else {
            add(isTooLarge(number) ? .amountTooLarge(text) : .unreadableAmount(text), at: span)
            return nil
        }
        if role == .limit, minutes <= 0 {
            add(minutes < 0 ? .negativeAmount(text) : .zeroLimit(text), at: span)
            return nil
        }
        return DayAmount(minutes: minutes, unit: unit)
    }

    func duration(_ text: String, at span: TextSpan) -> DurationEstimate? {
        guard let (numbers, unit) = split(text) else {
            add(.unreadableDuration(text), at: span)
            return nil
        }
        let parts = numbers.split(separator: "/", omittingEmptySubsequences: false)
        guard [1, 3].contains(parts.count) else {
            add(.unreadableDuration(text), at: span)
            return nil
        }
        var amounts: [DayAmount] = []
        for part in parts {
            guard let minutes = DayAmount.minutes(from: part) else {
                add(isTooLarge(part) ? .amountTooLarge(text) : .unreadableDuration(text), at: span)
                return nil
            }
            guard minutes >= 0 else {
                add(.negativeAmount(text), at: span)
                return nil
            }
            amounts.append(DayAmount(minutes: minutes, unit: unit))
        }
        let (min, likely, max) = (amounts[0], amounts[amounts.count / 2], amounts[amounts.count - 1])
        guard min.minutes <= likely.minutes, likely.minutes <= max.minutes else {
            add(.estimateOutOfOrder(text), at: span)
            return nil
        }
        return DurationEstimate(min: min, likely: likely, max: max)
    }

    /// The number and the unit of an amount, spaces left out.
    private func split(_ text: String) -> (number: Substring, unit: DayUnit)? {
        guard text.utf8.count <= 64 else { return nil }
        let trimmed = text.filter { $0 != " " }
        guard let unit = DayUnit.allCases.first(where: { trimmed.hasSuffix($0.rawValue) }) else { return nil }
        return (trimmed.dropLast(unit.rawValue.count), unit)
    }

    private func isTooLarge(_ number: Substring) -> Bool {
        guard let value = Double(plainDecimal: String(number)) else { return false }
        return abs(value) > Double(DayAmount.maximumDays)
    }
}
