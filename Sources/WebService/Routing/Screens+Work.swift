import CaseEngine
import HTTPTypes
import HummingbirdCore
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

extension Screens {
    /// What people do with cases, and what they read of them.
    static let work: [Endpoint] = [
        .get(
            Links.work, .listCases, "我的待办", "My work", [.query("after", "上一页的末行", "The last row of the page before")],
            .page
        ) { call in
            .page(try await Inbox.page(call))
        },
        .get(
            Links.cases, .listCases, "办件列表", "List of cases",
            [
                .query("q", "项目代码或名称的一部分", "Part of the project code or name"), .query("status", "状态", "Status"),
                .query("light", "预警灯", "Light"), .query("sort", "排序", "Order"), .query("page", "页码", "Page"),
                .query("after", "上一页的末行", "The last row of the page before"),
            ], .page
        ) { call in
            .page(try await CaseTable.page(call))
        },
        .get("/cases/{case}", .readCase, "办件", "A case", [], .page) { call in
            let (snapshot, forecasts, tenant) = (try call.caseFile(), call.service.forecasts, call.office.id)
            let view = CaseView(snapshot, on: call.today) {
                try forecasts.forecast(of: snapshot, in: tenant, on: $0, runs: CaseView.runs)
            }
            return .page(CasePage(view: view, acts: Desk.acts(call, view)))
        },
        .get(
            "/cases/{case}/history", .readHistory, "全过程记录", "History",
            [.query("item", "事项", "Item"), .query("q", "内容或姓名", "Words or name")], .page
        ) { call in
            let view = CaseView(try call.caseFile(), on: call.today)
            // What is appended meanwhile belongs to the next reading.
            let head = try await call.office.store.head(of: view.snapshot.id)
            let all = try await call.office.orchestrator.log(of: view.snapshot.id)
            let records = Array(all.prefix(head?.version ?? 0))
            let isWhole = (try? HashChain.verify(records, of: view.snapshot.id, expecting: head)) != nil
            return .page(
                HistoryPage(
                    view: view, entries: try Desk.entries(records, call), item: call.query.text("item"),
                    search: call.query.text("q") ?? "", isVerified: isWhole))
        },
        .get("/cases/{case}/items/{item}", .readCase, "事项", "An item", [], .page) { call in
            let (view, index) = try Desk.item(call)
            let id = view.plan.items[index].id
            let records = try await call.office.orchestrator.log(of: view.snapshot.id)
            let entries = try Desk.entries(records, call).filter { $0.event.item == id }
            return .page(TaskPage(view: view, index: index, actor: try call.reader().actor, events: entries))
        },
        .get(
            "/cases/{case}/items/{item}/days", .readCase, "逐日台账", "Day by day",
            [.query("limit", "statutory 为法定时限", "statutory for the statutory limit")], .page
        ) { call in
            let (view, index) = try Desk.item(call)
            return .page(ClockPage(view: view, index: index, isStatutory: call.query["limit"] == "statutory"))
        },
        .get("/cases/{case}/items/{item}/{verb}", .readCase, "办理表单", "The form of an action", [], .page) { call in
            let (view, site, form) = try Desk.form(call)
            return .page(ActPage(view: view, form: form, site: site))
        },
        .post("/cases/{case}/items/{item}/{verb}", .command, "办理", "Act") { call in
            try await Desk.act(call)
        },
        .get("/cases/{case}/acts/{verb}", .readCase, "办件操作表单", "The form of an action on a case", [], .page) { call in
            let (view, site, form) = try Desk.form(call)
            return .page(ActPage(view: view, form: form, site: site))
        },
        .post("/cases/{case}/acts/{verb}", .command, "办件操作", "Act on a case") { call in
            try await Desk.act(call)
        },
        .get("/cases/{case}/stages/{stage}/form", .readCase, "阶段表单", "One form for a stage", [], .page) { call in
            .page(try Desk.stage(call))
        },
        .post("/cases/{case}/stages/{stage}/form", .command, "提交阶段表单", "Hand a stage's form in") { call in
            try await Desk.fileStage(call)
        },
        .get(
            Links.newProject, .listCases, "新建项目", "Start a project", [.query("workflow", "流程", "Workflow")], .page
        ) { call in
            .page(
                try await Desk.newProject(call, FormAnswers(), workflow: call.query["workflow"], isPlanned: false).page)
        },
        .post(Links.newProject, .listCases, "查看适用事项或立案", "See what applies, or open the case") { call in
            try await Desk.startProject(call)
        },
        .get("/progress/{code}", .readPublic, "公开进度", "Public progress", [], .page) { call in
            try await Desk.progress(call)
        },
        .get(Links.help, .readPublic, "帮助", "Help", [], .page) { _ in .page(HelpPage()) },
    ]
}

/// What the screens of work read and do (办理台).
enum Desk {
    static func entries(_ records: [EventRecord], _ call: Call) throws -> [HistoryPage.Entry] {
        let entries = try records.map { HistoryPage.Entry(number: $0.sequence, event: try CaseEvent(record: $0)) }
        guard !call.may(.readInternal) else { return entries }
        return entries.filter { !$0.event.isInternal }
    }

    /// What the reader may do with the whole case, by verb.
    static func acts(_ call: Call, _ view: CaseView) -> [String] {
        guard let actor = try? call.reader().actor else { return [] }
        let possible = view.machine.possibilities(in: view.state, on: view.today).filter {
            $0.rejection == nil && actor.isLike($0.by)
        }
        return possible.compactMap { $0.command.verb }.filter { verb in
            possible.first { $0.command.verb == verb }.map { call.may($0.command.action) } ?? false
        }
    }

    // MARK: Items and forms

    static func item(_ call: Call) throws -> (view: CaseView, index: Int) {
        let snapshot = try call.caseFile()
        guard let index = snapshot.machine.plan.index(of: call.parameter("item")) else {
            throw Problem.notFound("这个办件没有该事项", "This case has no such item")
        }
        return (CaseView(snapshot, on: call.today), index)
    }

    static func form(_ call: Call) throws -> (view: CaseView, site: FormSite, form: CommandForm) {
        let actor = try call.reader().actor
        let verb = call.parameter("verb")
        if call.endpoint.names.contains("item") {
            let (view, index) = try item(call)
            guard let form = CommandForm.ofItem(verb) else {
                throw Problem.notFound("没有这种操作", "There is no such action")
            }
            return (view, FormSite(snapshot: view.snapshot, index: index, actor: actor, today: view.today), form)
        }
        let view = CaseView(try call.caseFile(), on: call.today)
        guard let form = CommandForm.ofCase(verb) else { throw Problem.notFound("没有这种操作", "There is no such action") }
        return (view, FormSite(snapshot: view.snapshot, index: nil, actor: actor, today: view.today), form)
    }

    static func act(_ call: Call) async throws -> Answer {
        let (view, site, form) = try form(call)
        let answers = FormAnswers(call.fields)
        var page = ActPage(view: view, form: form, site: site, answers: answers)
        let command: CaseCommand
        switch form.command(from: answers, at: site, call.language) {
        case .failure(let mistakes):
            return .page(page, status: .unprocessableContent, mistakes: mistakes.all)
        case .success(let made): command = made
        }
        if answers["confirmed"] == "edit" { return .page(page) }
        // What somebody else did to the same item since the form was opened is shown before anything is overwritten.
        if let seen = Int(answers["version"]), seen < view.state.version {
            let records = try await call.office.orchestrator.log(of: view.snapshot.id)
            page.meanwhile = try entries(records.filter { $0.sequence > seen }, call).filter {
                $0.event.item == site.item?.id && $0.event.by.name != site.actor.name && $0.event.item != nil
                    && $0.event.by.role != .system
            }
            if !page.meanwhile.isEmpty {
                let words = call.say(
                    "别人刚刚办理了此件，核对后再提交", "Somebody else has just acted on this; check it and send it again")
                return .page(page, status: .conflict, mistakes: [.init(field: "", text: words)])
            }
        }
        try call.require(command.action)
        if form.isWeighty, answers["confirmed"] != "yes" {
            page.isReview = true
            return .page(page)
        }
        do {
            _ = try await call.office.perform(command, on: view.snapshot.id, key: try call.commandKey(), by: site.actor)
        } catch let rejection as CaseRejection {
            let problem = Problem(rejection)
            return .page(
                page, status: problem.status, mistakes: [.init(field: "", text: rejection.text[call.language])])
        }
        let title = site.definition?.title ?? view.title
        let notice = PageContext.Notice(
            text: call.say("已办：\(form.title.zh) · \(title.zh)。", "Done: \(form.title.en) · \(title.en)."),
            link: Crumb(title: call.say("回到待办", "Back to my work"), link: Links.work))
        return .seeOther(site.item.map { Links.task(view.id, $0.id) } ?? Links.caseFile(view.id), notice: notice)
    }

    // MARK: Stages

    static func stage(_ call: Call, answers: FormAnswers? = nil) throws -> StagePage {
        let view = CaseView(try call.caseFile(), on: call.today)
        guard let stage = view.workflow.stages.first(where: { $0.id == call.parameter("stage") }) else {
            throw Problem.notFound("这个流程没有该阶段", "The workflow has no such stage")
        }
        return StagePage(view: view, stage: stage, actor: try call.reader().actor, answers: answers)
    }

    static func fileStage(_ call: Call) async throws -> Answer {
        let answers = FormAnswers(call.fields)
        let page = try stage(call, answers: answers)
        switch page.command(from: answers, call.language) {
        case .failure(let mistakes): return .page(page, status: .unprocessableContent, mistakes: mistakes.all)
        case .success(let command):
            try call.require(command.action)
            do {
                _ = try await call.office.perform(
                    command, on: page.view.snapshot.id, key: try call.commandKey(), by: page.actor)
            } catch let rejection as CaseRejection {
                let problem = Problem(rejection)
                return .page(
                    page, status: problem.status, mistakes: [.init(field: "", text: rejection.text[call.language])])
            }
            return .seeOther(
                Links.stageForm(page.view.id, page.stage.id),
                notice: .init(text: call.say("表单已收，回执见下。", "The form is in; its receipt is below.")))
        }
    }

    // MARK: Projects

    static func newProject(
        _ call: Call, _ answers: FormAnswers, workflow: String?, isPlanned: Bool
    ) async throws -> (
        page: NewProjectPage, mistakes: [PageContext.Mistake], project: Project?, facts: [String: FactValue]
    ) {
        let all = try await call.office.workflowsInForce()
        let chosen = all.first { $0.id == workflow }
        var mistakes: [PageContext.Mistake] = []
        var facts: [String: FactValue] = [:]
        var project: Project?
        var report: PlanReport?
        if let chosen, isPlanned {
            var reading = FormReading(answers, of: NewProjectPage.inputs(of: chosen), call.language)
            let (code, title, owner) = (reading.text("code"), reading.text("title"), reading.text("owner"))
            for fact in chosen.facts {
                let text = answers["fact-\(fact.id)"]
                if text.isEmpty {
                    if fact.defaultValue == nil, fact.type != .boolean { _ = reading.text("fact-\(fact.id)") }
                    continue
                }
                switch fact.type {
                case .boolean: facts[fact.id] = .boolean(text == "true")
                case .number:
                    if let number = Double(text), number.isFinite {
                        facts[fact.id] = .number(number)
                    } else {
                        let name = fact.title ?? LocalizedText(zh: fact.id, en: fact.id)
                        reading.note(
                            "fact-\(fact.id)",
                            LocalizedText(
                                zh: "“\(name.zh)”填写数字，例如 32000", en: "Enter “\(name.en)” as a number, for example 32000"
                            ))
                    }
                case .text, .oneOf: facts[fact.id] = .text(text)
                }
            }
            let ownerCode = CreditCode(answers["ownerCode"])
            if ownerCode == nil, !answers["ownerCode"].isEmpty,
                let input = reading.inputs.first(where: { $0.name == "ownerCode" })
            {
                reading.note("ownerCode", input.missing)
            }
            mistakes = reading.mistakes
            facts = chosen.resolvedFacts(facts)
            if mistakes.isEmpty {
                project = Project(
                    code: code, title: LocalizedText(zh: title, en: title), owner: LocalizedText(zh: owner, en: owner),
                    ownerCode: ownerCode, facts: facts)
                let plan = Plan.resolve(chosen, facts: facts)
                let calendar = try call.office.calendar(chosen.calendar).calendar
                report = try? Planner(plan: plan, calendar: calendar).report(
                    start: calendar.workingDay(onOrAfter: call.today))
            }
        }
        let page = NewProjectPage(
            workflows: all, answers: answers, chosen: chosen, report: report, mayOpen: call.may(.openCase))
        return (page, mistakes, project, facts)
    }

    static func startProject(_ call: Call) async throws -> Answer {
        let answers = FormAnswers(call.fields)
        let (page, mistakes, project, facts) = try await newProject(
            call, answers, workflow: answers["workflow"], isPlanned: true)
        guard mistakes.isEmpty, let project, let workflow = page.chosen else {
            return .page(page, status: .unprocessableContent, mistakes: mistakes)
        }
        guard answers["do"] == "open" else { return .page(page) }
        try call.require(.openCase)
        let person = try call.reader()
        if ServiceRole.ofOwners.contains(person.role) {
            let names = [project.ownerCode?.description, project.owner?.zh, project.code].compactMap(\.self)
            guard person.post.owners.contains(where: { names.contains($0) }) else {
                let words = call.say(
                    "只能为自己或所代办的建设单位立案；填写本单位的名称或信用代码",
                    "A case can be opened for oneself or for an owner one acts for; enter its name or credit code")
                return .page(
                    page, status: .unprocessableContent, mistakes: [.init(field: "ownerCode", text: words)])
            }
        }
        guard let id = CaseID(project.code), !id.isOffice else {
            return .page(
                page, status: .unprocessableContent,
                mistakes: [
                    .init(
                        field: "code",
                        text: call.say(
                            "项目代码只用数字、字母和连字符，例如 2403-500112-04-01-230517",
                            "A project code has digits, letters and hyphens, for example 2403-500112-04-01-230517"))
                ])
        }
        do {
            try await call.office.open(id, workflow.id, project: project, facts: facts, by: try call.reader().actor)
        } catch let rejection as CaseRejection {
            return .page(page, status: .conflict, mistakes: [.init(field: "code", text: rejection.text[call.language])])
        }
        return .seeOther(Links.caseFile(id.text), notice: .init(text: call.say("已立案。", "The case is open.")))
    }

    static func progress(_ call: Call) async throws -> Answer {
        let code = call.parameter("code")
        let rows = try await call.office.summaries(SummaryFilter(projectCode: code), limit: 1)
        guard let row = rows.first else {
            throw Problem.notFound("没有项目代码为 \(code) 的项目", "There is no project with the code \(code)")
        }
        let view = CaseView(try await call.office.orchestrator.snapshot(of: row.caseID), on: call.today)
        let host = call.request.head.authority ?? "localhost"
        let scheme = call.service.configuration.isSecure ? "https" : "http"
        return .page(ProgressPage(view: view, address: "\(scheme)://\(host)\(Links.publicProgress(code))"))
    }
}

extension FormAnswers {
    init(_ fields: FormFields) {
        var values: [String: [String]] = [:]
        for (name, value) in fields.all { values[name, default: []].append(value) }
        self.init(values)
    }
}

extension CaseEvent {
    /// What the applicant reads only in the one notice that comes of it: opinions as they come in, signatures, and the
    /// legal review of a refusal.
    var isInternal: Bool {
        switch what {
        case .opinionGiven, .signed, .legalityReviewed, .conflictMarked, .conflictResolved: true
        default: false
        }
    }
}
