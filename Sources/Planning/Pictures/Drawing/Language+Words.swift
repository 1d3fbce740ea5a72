import WorkCalendar

extension Language {
    /// The tag of BCP 47 that documents carry.
    public var tag: String { self == .zh ? "zh-CN" : "en" }

    public func say(_ zh: String, _ en: String) -> String { self == .zh ? zh : en }

    /// `2024年3月1日（周五）`, `Fri 1 Mar 2024`.
    public func long(_ date: LocalDate) -> String {
        let (year, month, day) = date.components
        let weekday = date.weekday.rawValue - 1
        return say(
            "\(year)年\(month)月\(day)日（周\(Array("一二三四五六日")[weekday])）",
            "\(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekday]) \(day) \(Self.months[month - 1]) \(year)")
    }

    /// `3月`, `Mar`.
    public func month(_ number: Int) -> String { say("\(number)月", Self.months[number - 1]) }

    /// `2024年3月`, `Mar 2024`.
    public func month(_ number: Int, of year: Int) -> String {
        say("\(year)年\(number)月", "\(Self.months[number - 1]) \(year)")
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `5 个工作日`, `1 working day`, from minutes of the unit.
    public func days(_ minutes: Int, _ unit: DayUnit = .working) -> String {
        let number = DayAmount.number(minutes: minutes)
        let plural = number == "1" || number == "-1" ? "" : "s"
        switch unit {
        case .working: return say("\(number) 个工作日", "\(number) working day\(plural)")
        case .calendar: return say("\(number) 个自然日", "\(number) calendar day\(plural)")
        }
    }
}
