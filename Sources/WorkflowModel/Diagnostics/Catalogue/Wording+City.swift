import WorkCalendar

// Cities.
extension Wording {
    static let noArrivals = Wording(
        .noArrivals,
        message: .init(zh: "没有项目到来", en: "no project arrives"),
        label: .init(zh: "空列表", en: "an empty list"),
        hint: .init(
            zh: "写上至少一类项目：{workflow: …, project: …, count: 20, every: 2 wd}",
            en: "list at least one kind: {workflow: …, project: …, count: 20, every: 2 wd}"))

    static func notARelativePath(_ text: String) -> Wording {
        Wording(
            .notARelativePath,
            message: .init(zh: "“\(short(text))”不是相对路径", en: "“\(short(text))” is no relative path"),
            label: .init(zh: "应为 .yaml 文件的相对路径", en: "should lead to a .yaml file"),
            hint: .init(zh: "相对于城市文件，不以 / 开头", en: "relative to the city's file, without a leading /"))
    }

    static let rhythmUnclear = Wording(
        .rhythmUnclear,
        message: .init(
            zh: "every、perWeek 和 on 必须写且只写一个", en: "exactly one of every, perWeek and on is needed"),
        label: .init(zh: "何时到来不明确", en: "when they arrive is not clear"),
        hint: .init(
            zh: "每隔几天一个（every: 2 wd），平均每周几个（perWeek: 3），或写明日期（on: [2024-03-01]）",
            en: "one every few days (every: 2 wd), so many a week at random (perWeek: 3), or dates (on: [2024-03-01])"))

    static let countOutOfRange = Wording(
        .countOutOfRange,
        message: .init(
            zh: "项目数须为 1 至 \(City.maximumProjects)", en: "the count is 1 to \(City.maximumProjects)"),
        label: .init(zh: "超出范围", en: "out of range"),
        hint: .init(zh: "写一个范围内的整数", en: "write a whole number in that range"))

    static func tooManyProjects(_ count: Int) -> Wording {
        Wording(
            .tooManyProjects,
            message: .init(
                zh: "共 \(count) 个项目，至多 \(City.maximumProjects) 个",
                en: "\(count) projects in all, and \(City.maximumProjects) is the most"),
            label: .init(zh: "合计过多", en: "too many together"),
            hint: .init(zh: "减小 count，或缩短时段", en: "lower the counts, or play a shorter time"))
    }

    static let arrivalOutOfRange = Wording(
        .arrivalOutOfRange,
        message: .init(
            zh: "项目到来的年份须在 \(City.years.lowerBound) 至 \(City.years.upperBound) 之间",
            en: "projects arrive in the years \(City.years.lowerBound) to \(City.years.upperBound)"),
        label: .init(zh: "年份超出范围", en: "reaches beyond these years"),
        hint: .init(zh: "改日期，减小 count，或加快节奏", en: "change the date, lower the count, or quicken the rhythm"))

    static let rateOutOfRange = Wording(
        .rateOutOfRange,
        message: .init(
            zh: "perWeek 须大于 0，至多 \(Int(City.maximumPerWeek))",
            en: "perWeek is above 0 and at most \(Int(City.maximumPerWeek))"),
        label: .init(zh: "超出范围", en: "out of range"),
        hint: .init(zh: "平均每周的项目数，可以有小数：0.5 是两周一个", en: "projects a week on average; 0.5 is one in two weeks"))

    static func cityTeamsOutOfRange(_ department: String) -> Wording {
        Wording(
            .cityTeamsOutOfRange,
            message: .init(
                zh: "“\(short(department))”的组数须为 1 至 \(City.maximumTeams)",
                en: "“\(short(department))” has 1 to \(City.maximumTeams) teams"),
            label: .init(zh: "超出范围", en: "out of range"),
            hint: .init(zh: "不限组数就不写这个部门", en: "leave a department out that has as many as it needs"))
    }

    static func departmentOfNoWorkflow(_ id: String, nearest: String?) -> Wording {
        Wording(
            .departmentOfNoWorkflow,
            message: .init(
                zh: "所列流程都没有部门“\(short(id))”", en: "none of the city's workflows has a department “\(short(id))”"),
            label: .init(zh: "不起作用", en: "would have no effect"),
            hint: .init(zh: "写流程 departments: 里的标识", en: "write an id from a workflow's departments:"),
            nearest: nearest)
    }

    static func datesAreCounted(_ key: String) -> Wording {
        Wording(
            .datesAreCounted,
            message: .init(zh: "写了 on 就不写 \(key)", en: "with on there is no \(key)"),
            label: .init(zh: "日期已经说明", en: "the dates say it"),
            hint: .init(zh: "删去 \(key)，一个日期到来一个项目", en: "delete \(key); one project arrives on each date"))
    }
}
