import CaseEngine
import WorkCalendar
import WorkflowModel

extension RegistryReport {
    /// The parts that have entries, each under its name.
    func text(_ parts: [RegistryPart], _ terminal: Terminal) -> String {
        let texts = parts.compactMap { text(of: $0, terminal) }
        return texts.isEmpty ? terminal.say("没有登记。", "Nothing is registered.") : texts.joined(separator: "\n\n")
    }

    private func text(of part: RegistryPart, _ terminal: Terminal) -> String? {
        let tables =
            switch part {
            case .people: [people(terminal), authorities(terminal)]
            case .agents: [agents(terminal), keyProjects(terminal)]
            case .credit: [owners(terminal), listings(terminal), breaches(terminal)]
            case .firms: [firms(terminal), selections(terminal)]
            case .market: [tenders(terminal), bids(terminal), contracts(terminal)]
            case .areas: [areas(terminal), placed(terminal)]
            case .policy: [policy(terminal)]
            case .hours: [hours(terminal)]
            }
        let shown = tables.compactMap(\.self)
        return shown.isEmpty ? nil : shown.joined(separator: "\n\n")
    }

    private func table(
        _ terminal: Terminal, _ title: (String, String), _ columns: [(String, String)], _ rows: [[String]]
    )
        -> String?
    {
        guard !rows.isEmpty else { return nil }
        var table = TextTable(columns.map { .init(terminal.say($0.0, $0.1), limit: 64) })
        for row in rows { table.add(row) }
        return terminal.styled(terminal.say(title.0, title.1), .bold) + "\n" + table.text
    }

    private func range(_ from: LocalDate?, _ until: LocalDate?) -> String {
        from == nil && until == nil ? "—" : "\(from?.description ?? "…") – \(until?.description ?? "…")"
    }

    private func people(_ terminal: Terminal) -> String? {
        table(
            terminal, ("人员", "Officers"),
            [
                ("部门", "department"), ("姓名", "name"), ("岗位", "roles"), ("B 岗", "deputy"), ("联系", "contact"),
                ("当日", "today"),
            ],
            officers.map { officer in
                let today: String
                if !officer.isInOffice(on: on) {
                    today = terminal.say("不在任", "not in office")
                } else if let (absence, deputy) = absence(of: officer) {
                    today = terminal.say(
                        "请假至 \(absence.through)，\(deputy.map { "由\($0)代" } ?? "无人代")",
                        "away until \(absence.through), \(deputy.map { "\($0) acts" } ?? "nobody acts")")
                } else {
                    today = "—"
                }
                return [
                    officer.department, officer.name,
                    officer.roles.sorted().map { $0.title[terminal.language] }.joined(
                        separator: terminal.say("、", ", ")),
                    officer.deputy ?? "—", officer.contact ?? "—", today,
                ]
            })
    }

    private func hours(_ terminal: Terminal) -> String? {
        guard let service = registry.service else { return nil }
        return terminal.styled(terminal.say("服务时间", "Hours of service"), .bold) + "\n"
            + service.words[terminal.language]
    }

    private func authorities(_ terminal: Terminal) -> String? {
        table(
            terminal, ("窗口授权", "Window authority"),
            [("事项", "item"), ("部门", "department"), ("可以", "may"), ("窗口人员", "officer"), ("期限", "dates")],
            authorities.map {
                [
                    $0.item, $0.department, $0.level.title[terminal.language], $0.officer ?? terminal.say("全部", "all"),
                    range($0.from, $0.until),
                ]
            })
    }

    private func agents(_ terminal: Terminal) -> String? {
        let free = agents.filter { agent in !assignments.contains { $0.agent == agent.name } }
        return table(
            terminal, ("代办", "Agents"),
            [("代办员", "agent"), ("项目或单位", "project or owner"), ("权限", "scope"), ("期限", "dates"), ("编号", "id")],
            assignments.map { assignment in
                let scope = assignment.actions.map { $0.title[terminal.language] } + assignment.stages
                return [
                    assignment.agent, assignment.project ?? assignment.owner ?? "",
                    scope.isEmpty ? terminal.say("全部", "all") : scope.joined(separator: terminal.say("、", ", ")),
                    range(assignment.from, assignment.until)
                        + (assignment.isInForce(on: on) ? "" : terminal.say("（不在期内）", " (not in force)")),
                    assignment.id,
                ]
            } + free.map { [$0.name, "—", "—", "—", "—"] })
    }

    private func keyProjects(_ terminal: Terminal) -> String? {
        table(
            terminal, ("重点项目", "Key projects"), [("项目代码", "project"), ("依据", "reason")],
            keyProjects.map { [$0, registry.keyProjects[$0] ?? ""] })
    }

    private func owners(_ terminal: Terminal) -> String? {
        table(
            terminal, ("建设单位", "Owners"),
            [("代码", "code"), ("名称", "name"), ("信用", "grade"), ("关联人", "persons"), ("限制", "bar")],
            owners.map { owner in
                [
                    owner.code, owner.name + (owner.isDeveloper ? terminal.say("（房地产）", " (developer)") : ""),
                    registry.grades[owner.code]?.rawValue ?? "—",
                    owner.persons.isEmpty
                        ? "—" : owner.persons.map(\.name).joined(separator: terminal.say("、", ", ")),
                    registry.bar(of: owner.code, on: on)?.words[terminal.language] ?? "—",
                ]
            })
    }

    private func listings(_ terminal: Terminal) -> String? {
        table(
            terminal, ("红黑名单", "Lists"), [("对象", "subject"), ("名单", "list"), ("理由", "reason"), ("至", "until")],
            listings.map {
                [
                    "\($0.subject.kind):\($0.subject.id)", $0.listing.list.title[terminal.language], $0.listing.reason,
                    $0.listing.until?.description ?? "—",
                ]
            })
    }

    private func breaches(_ terminal: Terminal) -> String? {
        table(
            terminal, ("失信记录", "Breaches"),
            [("编号", "breach"), ("建设单位", "owner"), ("行为", "kind"), ("事项", "item"), ("日期", "on")],
            breaches.map { [$0.id, $0.owner, $0.kind.title[terminal.language], $0.item, $0.on.description] })
    }

    private func firms(_ terminal: Terminal) -> String? {
        table(
            terminal, ("中介机构", "Intermediaries"),
            [
                ("代码", "code"), ("名称", "name"), ("信用", "grade"), ("服务与三承诺", "services"), ("评价", "rating"),
                ("逾期", "late"), ("名单", "list"),
            ],
            firms.map { firm in
                let ratings = ratings(of: firm.code, .firm)
                return [
                    firm.code, firm.name, grade(of: firm)?.rawValue ?? "—",
                    firm.services.map { "\($0.service) \($0.time) \($0.fee) \($0.standard)" }.joined(separator: "; "),
                    ratings.mean.map { "\(Double(Int(($0 * 10).rounded())) / 10) (\(ratings.count))" } ?? "—",
                    late(firm, terminal),
                    registry.listing(.firm(firm.code), on: .black, date: on) == nil
                        ? "—" : CreditList.black.title[terminal.language],
                ]
            })
    }

    private func late(_ firm: Firm, _ terminal: Terminal) -> String {
        let count = registry.lateServices(of: firm.code, on: on).count
        guard count > 0 else { return "—" }
        let bar = registry.lastDayBarred(ofFirm: firm.code, on: on).map {
            terminal.say("，至 \($0) 不得选取", ", not selected until after \($0)")
        }
        return terminal.say("\(count) 次", "\(count)") + (bar ?? "")
    }

    private func selections(_ terminal: Terminal) -> String? {
        table(
            terminal, ("选取记录", "Selections"),
            [
                ("日期", "on"), ("项目", "project"), ("事项", "item"), ("中介", "firm"), ("方式", "method"), ("付费", "payer"),
                ("选取人", "by"), ("提示", "note"),
            ],
            registry.selections.suffix(50).map { logged in
                [
                    logged.on.description, logged.selection.project, logged.selection.item, logged.selection.firm,
                    logged.selection.method.title[terminal.language], logged.selection.payer.title[terminal.language],
                    logged.by.name,
                    logged.flags.isEmpty
                        ? "—"
                        : logged.flags.map { $0.title[terminal.language] }.joined(separator: terminal.say("；", "; ")),
                ]
            })
    }

    private func tenders(_ terminal: Terminal) -> String? {
        table(
            terminal, ("比选竞价", "Tenders"),
            [
                ("编号", "id"), ("服务", "service"), ("项目", "project"), ("事项", "item"), ("收报价至", "bids until"),
                ("限价", "at most"), ("定标", "award"), ("结果", "outcome"),
            ],
            tenders.map { record in
                let tender = record.tender
                return [
                    tender.id, tender.service, tender.project, tender.item, tender.closes.description,
                    tender.ceiling?.description ?? "—", tender.method.title[terminal.language],
                    standing(of: record)[terminal.language],
                ]
            })
    }

    private func bids(_ terminal: Terminal) -> String? {
        table(
            terminal, ("报价", "Bids"),
            [("比选", "tender"), ("中介", "firm"), ("元", "yuan"), ("工作日", "days"), ("说明", "note")],
            tenders.flatMap { bids(of: $0) }.map {
                [$0.tender, $0.firm, $0.price.description, String($0.days), $0.note ?? "—"]
            })
    }

    private func contracts(_ terminal: Terminal) -> String? {
        table(
            terminal, ("合同", "Contracts"),
            [
                ("编号", "number"), ("中介", "firm"), ("项目", "project"), ("事项", "item"), ("签订", "signed"),
                ("元", "yuan"), ("工作日", "days"), ("状态", "standing"),
            ],
            contracts.map { record in
                let contract = record.contract
                return [
                    contract.number, contract.firm, contract.project, contract.item, contract.signedOn.description,
                    contract.price.description, String(contract.days), standing(of: record)[terminal.language],
                ]
            })
    }

    private func areas(_ terminal: Terminal) -> String? {
        table(
            terminal, ("区域评估", "Regional assessments"),
            [
                ("编号", "id"), ("内容", "topic"), ("属性", "facts"), ("区域", "zones"), ("指标", "standards"), ("期限", "dates"),
                ("文件", "document"),
            ],
            assessments.map {
                [
                    $0.id, $0.topic, $0.facts.joined(separator: ", "),
                    $0.zones.joined(separator: terminal.say("、", ", ")),
                    $0.standards.map { $0.map(\.words).joined(separator: "; ") } ?? "—",
                    range($0.from, $0.until), $0.document,
                ]
            })
    }

    private func placed(_ terminal: Terminal) -> String? {
        table(
            terminal, ("项目所在区域", "Zones of projects"),
            [("项目代码", "project"), ("区域", "zone"), ("可主张的属性", "facts it may claim")],
            placed.map { project in
                let zone = registry.zones[project] ?? ""
                let facts = facts(in: zone)
                return [project, zone, facts.isEmpty ? "—" : facts.joined(separator: ", ")]
            })
    }

    private func policy(_ terminal: Terminal) -> String? {
        guard registry.version > 0 else { return nil }
        let policy = registry.policy
        return terminal.styled(terminal.say("规则", "Policy"), .bold) + "\n"
            + terminal.say(
                "失信限制 \(policy.barMonths) 个月；每名代办员 \(policy.keyProjectsPerAgent) 个重点项目；\(policy.greenGrade.rawValue) 级及以上进绿色通道；中介逾期 \(policy.firmBreaches) 次不得选取",
                "a breach bars for \(policy.barMonths) months; \(policy.keyProjectsPerAgent) key project(s) an agent; green channel from \(policy.greenGrade.rawValue); \(policy.firmBreaches) late services bar a firm"
            )
    }
}
