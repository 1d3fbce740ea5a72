import WorkCalendar

extension ProjectFile {
    /// Reads a schedule of Microsoft Project (MSPDI).
    ///
    /// What a workflow cannot say is counted in the losses, never dropped silently.
    /// - Throws: ``ForeignFileError`` with the place: not well-formed, a DTD, too large, too deep, too many tasks.
    /// - Complexity: O(bytes).
    public static func read(_ bytes: [UInt8]) throws(ForeignFileError) -> ForeignPlan {
        var reader = ProjectReader()
        try reader.read(try XMLGuard.checked(bytes, largest: ForeignPlan.largestFile))
        return reader.plan
    }
}

/// Walks the elements of an MSPDI document.
private struct ProjectReader: XMLElementReader {
    private var path: [String] = []
    private var value = ""
    private var title = ""
    private var tasks: [Task] = []
    private var task = Task()
    private var link = Task.Link()
    private var resources = 0
    private var assignments = 0
    private var exceptions = 0
    private var unknown: [String: Int] = [:]

    private struct Task {
        var uid = ""
        var name = ""
        var level = 1
        var minutes: Int?
        var isElapsed = false
        var isMilestone = false
        var isSummary = false
        var isNull = false
        var contact = ""
        var constraint = 0
        var deadline = false
        var percent = 0
        var isManual = false
        var links: [Link] = []

        struct Link {
            var uid = ""
            var type = 1
            var tenths = 0
            var isElapsed = false
        }
    }

    mutating func begin(_ name: String, attributes: [String: String]) throws(ForeignFileError) {
        if path.isEmpty, name != "Project" {
            throw ForeignFileError(
                LocalizedText(
                    zh: "根元素是 <\(name)>，不是 Microsoft Project 的 <Project>",
                    en: "the root is <\(name)>, not Microsoft Project's <Project>"),
                advice: LocalizedText(zh: "在 Project 中另存为“XML 格式”", en: "save it from Project as XML"))
        }
        if name == "include" {
            throw ForeignFileError(
                LocalizedText(
                    zh: "文件要求引入别的文件（XInclude），不予读取",
                    en: "the file wants another file included (XInclude), which is refused"),
                advice: LocalizedText(zh: "请删去 include 元素", en: "remove the include element"))
        }
        path.append(name)
        value = ""
        switch name {
        case "Task" where path.dropLast().last == "Tasks": task = Task()
        case "PredecessorLink": link = Task.Link()
        case "Resource" where path.dropLast().last == "Resources": resources += 1
        case "Assignment" where path.dropLast().last == "Assignments": assignments += 1
        case "TimePeriod": exceptions += 1
        default: break
        }
    }

    mutating func text(_ piece: String) {
        // No field of ours is longer than a name.
        if value.utf8.count < 4096 { value += piece }
    }

    mutating func end(_ name: String) throws(ForeignFileError) {
        defer { path.removeLast() }
        let parent = path.dropLast().last
        switch parent {
        case "Task": readTask(name)
        case "PredecessorLink": readLink(name)
        case "Project" where name == "Title" || (name == "Name" && title.isEmpty): title = trimmed
        default: break
        }
        if name == "Task", parent == "Tasks" {
            if !task.isNull, task.uid != "0" { tasks.append(task) }
            guard tasks.count <= ForeignPlan.mostItems else {
                throw ForeignFileError(
                    LocalizedText(
                        zh: "任务超过 \(ForeignPlan.mostItems) 个", en: "there are more than \(ForeignPlan.mostItems) tasks"),
                    advice: LocalizedText(zh: "请按阶段拆分后再导入", en: "split the plan by stage"))
            }
        }
    }

    private var trimmed: String {
        var text = value[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }

    private mutating func readTask(_ name: String) {
        switch name {
        case "UID": task.uid = trimmed
        case "Name": task.name = trimmed
        case "OutlineLevel": task.level = Int(trimmed) ?? 1
        case "Duration": task.minutes = Self.minutes(trimmed)
        // 4, 6, 8 …: elapsed.
        case "DurationFormat": task.isElapsed = [4, 6, 8, 10, 12].contains(Int(trimmed) ?? 0)
        case "Milestone": task.isMilestone = trimmed == "1"
        case "Summary": task.isSummary = trimmed == "1"
        case "IsNull": task.isNull = trimmed == "1"
        case "Contact": task.contact = trimmed
        case "ConstraintType": task.constraint = Int(trimmed) ?? 0
        case "Deadline": task.deadline = true
        case "PercentComplete": task.percent = Int(trimmed) ?? 0
        case "Manual": task.isManual = trimmed == "1"
        case "PredecessorLink": task.links.append(link)
        case "ExtendedAttribute", "FixedCost", "Notes", "Hyperlink", "Split": unknown[name, default: 0] += 1
        default: break
        }
    }

    private mutating func readLink(_ name: String) {
        switch name {
        case "PredecessorUID": link.uid = trimmed
        case "Type": link.type = Int(trimmed) ?? 1
        case "LinkLag": link.tenths = Int(trimmed) ?? 0
        case "LagFormat": link.isElapsed = [4, 6, 8, 10, 12].contains(Int(trimmed) ?? 0)
        default: break
        }
    }

    /// The minutes of `PT24H30M0S`; `nil` when it is none.
    static func minutes(_ text: String) -> Int? {
        guard text.hasPrefix("PT") else { return nil }
        var (sum, number) = (0, 0)
        for character in text.dropFirst(2) {
            if let digit = character.wholeNumberValue, character.isASCII {
                guard number < 1_000_000 else { return nil }
                number = number * 10 + digit
            } else {
                switch character {
                case "H": sum += number * 60
                case "M": sum += number
                default: break
                }
                number = 0
            }
        }
        return sum
    }

    // MARK: The plan

    var plan: ForeignPlan {
        var ids = PlainIDs()
        var offices = PlainIDs()
        var plan = ForeignPlan(
            id: "imported-plan", title: title.isEmpty ? "导入的计划" : title)
        let leaves = tasks.filter { !$0.isSummary }
        var byUID: [String: String] = [:]
        for task in leaves { byUID[task.uid] = ids.id(like: task.name, prefix: "task") }
        var departments: [(id: String, title: String)] = []
        for contact in leaves.map(\.contact) where !contact.isEmpty {
            if !departments.contains(where: { $0.title == contact }) {
                departments.append((offices.id(like: contact, prefix: "office"), contact))
            }
        }
        plan.departments = departments
        var toSummaries = 0
        var leads = 0
        plan.items = leaves.map { task in
            var links: [ForeignPlan.Link] = []
            for link in task.links {
                guard let before = byUID[link.uid] else {
                    toSummaries += 1
                    continue
                }
                if link.tenths < 0 { leads += 1 }
                let minutes = max(0, link.tenths) / 10
                links.append(
                    .init(
                        item: before, type: ["FF", "FS", "SF", "SS"][(0...3).contains(link.type) ? link.type : 1],
                        lag: minutes == 0 ? "" : Self.amount(minutes, isElapsed: link.isElapsed)))
            }
            let isMoment = task.isMilestone || (task.minutes ?? 0) == 0
            return ForeignPlan.ForeignItem(
                id: byUID[task.uid] ?? task.uid, title: task.name.isEmpty ? task.uid : task.name,
                department: departments.first { $0.title == task.contact }?.id, isMilestone: isMoment,
                takes: isMoment ? "" : Self.amount(task.minutes ?? 0, isElapsed: task.isElapsed), after: links)
        }
        plan.losses = losses(leaves, toSummaries: toSummaries, leads: leads)
        return plan
    }

    /// Working days are 480 minutes, elapsed ones 1,440.
    private static func amount(_ minutes: Int, isElapsed: Bool) -> String {
        let day = isElapsed ? 1440 : DayAmount.minutesPerDay
        let days = max(1, (minutes + day / 2) / day)
        return "\(days) \(isElapsed ? "cd" : "wd")"
    }

    private func losses(_ leaves: [Task], toSummaries: Int, leads: Int) -> [LocalizedText] {
        func loss(_ count: Int, _ zh: String, _ en: String) -> LocalizedText? {
            count == 0 ? nil : LocalizedText(zh: "\(zh)：\(count) 处", en: "\(en): \(count)")
        }
        let day = DayAmount.minutesPerDay
        return [
            loss(
                tasks.count - leaves.count, "摘要任务不成为事项，只保留其下的任务",
                "summary tasks do not become items; what is under them does"),
            loss(
                leaves.count { !$0.isMilestone && $0.contact.isEmpty }, "任务没有写明承办部门，暂记为“部门”",
                "tasks name no department, so one is made up"),
            loss(leaves.count, "事项类别和法定依据须补写，暂记为审批", "kinds and legal bases have to be added; approval is assumed"),
            loss(
                leaves.count { ($0.minutes ?? 0) % ($0.isElapsed ? 1440 : day) != 0 }, "不是整日的工期，取整到日",
                "durations that are no whole days are rounded"),
            loss(toSummaries, "以摘要任务为前置的关系，未导入", "links to summary tasks are left out"),
            loss(leads, "提前量（负的延隔），按 0 导入", "leads (negative lags) are taken as none"),
            loss(
                leaves.count { $0.constraint > 0 }, "日期约束，未导入；日期由排程推算",
                "date constraints are left out; dates are computed"),
            loss(leaves.count(where: \.deadline), "截止日期，未导入", "deadlines are left out"),
            loss(
                leaves.count { $0.percent > 0 }, "完成百分比，未导入；进展由办件记录",
                "per cent complete is left out; cases record progress"),
            loss(
                leaves.count(where: \.isManual), "手动排程的任务，改为自动排程", "tasks scheduled by hand are scheduled by relations"),
            loss(resources, "资源，未导入", "resources are left out"),
            loss(assignments, "资源分配，未导入", "assignments are left out"),
            loss(exceptions, "日历例外，未导入；使用 cn 日历", "exceptions of calendars are left out; the calendar cn is used"),
        ].compactMap(\.self)
            + unknown.sorted { $0.key < $1.key }.compactMap {
                loss($0.value, "字段 \($0.key)，未导入", "fields \($0.key) are left out")
            }
    }
}
