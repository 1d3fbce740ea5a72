import CaseEngine
import Orchestrator
import Planning
import Testing
import WorkCalendar
import WorkflowModel

@testable import WebService

@Suite("Forms of everything that people can do")
struct CommandFormTests {
    /// A case, and an item of it for which every list of choices has something.
    private func site(_ form: CommandForm) async throws -> FormSite {
        let (view, _) = try await SampleOffice.reference()
        let joint = try #require(
            view.plan.items.firstIndex { $0.item.joint?.participants.isEmpty == false && !$0.item.materials.isEmpty })
        let department = view.plan.items[joint].item.joint?.participants.first?.department
        return FormSite(
            snapshot: view.snapshot, index: CommandForm.ofItem(form.verb) == nil ? nil : joint,
            actor: Actor(role: .department, department: department, name: "李维民"), today: view.today)
    }

    /// Something sensible in every field.
    private func filled(_ inputs: [Input]) -> FormAnswers {
        var values: [String: [String]] = [:]
        for input in inputs {
            switch input.kind {
            case .line, .text: values[input.name] = ["内容"]
            case .date: values[input.name] = ["2026-05-11"]
            case .time: values[input.name] = ["10:30"]
            case .dates: values[input.name] = ["2026-05-11\n2026-05-12"]
            case .days: (values[input.name], values["\(input.name)-unit"]) = (["5"], ["wd"])
            case .number: values[input.name] = ["12"]
            case .check: values[input.name] = ["yes"]
            case .choice(let options), .select(let options): values[input.name] = options.first.map { [$0.value] } ?? []
            case .points(let options):
                if let first = options.first { values["\(input.name)-\(first.value)"] = ["缺第 3 页"] }
                values["\(input.name)-other"] = ["消防车道不足\n\n  日照不足 "]
            case .materials(let options): values[input.name] = options.map(\.value)
            case .votes(let options, _):
                for (number, option) in options.enumerated() {
                    values["\(input.name)-\(option.value)"] = [number == 0 ? "fail" : "pass"]
                    values["\(input.name)-\(option.value)-points"] = number == 0 ? ["栏杆过低"] : []
                    values["\(input.name)-\(option.value)-signers"] = ["张三、李四"]
                }
            }
        }
        return FormAnswers(values)
    }

    @Test(
        "Every form reads what it asks into its own command",
        arguments: (CommandForm.ofItems + CommandForm.ofCases).map(\.verb))
    func reads(verb: String) async throws {
        let form = try #require(CommandForm.ofItem(verb) ?? CommandForm.ofCase(verb))
        let site = try await site(form)
        let inputs = form.inputs(site)
        // Where nothing can be chosen, as of cards in a case that has none, there is nothing to send.
        let isChoosable = inputs.allSatisfy { input in
            if case .choice(let options) = input.kind { !options.isEmpty } else { true }
        }
        switch form.command(from: filled(inputs), at: site, .zh) {
        case .success(.item(let item, let command)):
            #expect(command.verb == verb)
            #expect(item == site.item?.id)
        case .success(let command): #expect(command.verb == verb)
        case .failure(let mistakes): #expect(!isChoosable, "\(mistakes.all)")
        }
    }

    @Test(
        "What is required and empty is said in words, at its field, in both languages",
        arguments: (CommandForm.ofItems + CommandForm.ofCases).map(\.verb))
    func misses(verb: String) async throws {
        let form = try #require(CommandForm.ofItem(verb) ?? CommandForm.ofCase(verb))
        let site = try await site(form)
        let inputs = form.inputs(site)
        for language in Language.allCases {
            let required = inputs.filter { input in
                if case .votes = input.kind { return false }
                if case .materials(let options) = input.kind { return input.isRequired && !options.isEmpty }
                return input.isRequired
            }
            guard case .failure(let mistakes) = form.command(from: FormAnswers(), at: site, language) else {
                #expect(required.isEmpty, "\(verb) is sent empty")
                continue
            }
            #expect(!mistakes.all.isEmpty)
            for input in required {
                let found = mistakes.all.filter { $0.field == input.name || $0.field.hasPrefix(input.name + "-") }
                #expect(found.count == 1, "\(verb).\(input.name): \(mistakes.all)")
                #expect(found.first?.text == input.missing[language])
            }
            for mistake in mistakes.all {
                #expect(!mistake.text.isEmpty)
                #expect(inputs.contains { mistake.field == $0.name || mistake.field.hasPrefix($0.name + "-") })
            }
        }
    }

    @Test("Every verb that answers a request has a form", arguments: SampleRequests.asks)
    func answers(ask: WorkRequest.Ask) {
        #expect(CommandForm.ofItem(ask.verb) != nil, "\(ask.verb)")
    }

    @Test("A list of points comes from the rows of materials and from lines")
    func points() async throws {
        let form = try #require(CommandForm.ofItem("request-correction"))
        let site = try await site(form)
        let material = try #require(site.materials.first)
        let answers = FormAnswers([
            "points-\(material.value)": [" 缺盖章 "], "points-other": ["第一条\r\n\r\n第二条\n"],
        ])
        let command = try form.command(from: answers, at: site, .zh).get()
        let item = try #require(site.item).id
        let points = [Point("缺盖章", material: material.value), Point("第一条"), Point("第二条")]
        #expect(command == .item(item, .requestCorrection(points: points)))
    }

    @Test("A refusal needs its reasons and the ways to appeal; a grant does not")
    func refusal() async throws {
        let form = try #require(CommandForm.ofItem("decide"))
        let site = try await site(form)
        let item = try #require(site.item).id
        let granted = try form.command(from: FormAnswers(["decision": ["granted"]]), at: site, .zh).get()
        #expect(granted == .item(item, .decide(.granted)))
        let refused = FormAnswers(["decision": ["refused"], "appeal": [""]])
        guard case .failure(let mistakes) = form.command(from: refused, at: site, .zh) else {
            Issue.record("a refusal without reasons")
            return
        }
        #expect(mistakes.all.map(\.field) == ["reasons", "appeal"])
    }

    @Test("What was not offered cannot be chosen")
    func offered() async throws {
        let form = try #require(CommandForm.ofItem("pause"))
        let site = try await site(form)
        let asked = FormAnswers([
            "kind": ["coffee"], "basis": ["第四十五条"], "length": ["10"], "length-unit": ["wd"],
        ])
        guard case .failure(let mistakes) = form.command(from: asked, at: site, .en) else {
            Issue.record("coffee is no procedure")
            return
        }
        #expect(mistakes.all.map(\.field) == ["kind"])
    }

    @Test("Texts are bounded")
    func long() async throws {
        let form = try #require(CommandForm.ofItem("withdraw"))
        let site = try await site(form)
        let text = String(repeating: "长", count: FormReading.longest + 1)
        guard case .failure(let mistakes) = form.command(from: FormAnswers(["reason": [text]]), at: site, .zh) else {
            Issue.record("no bound")
            return
        }
        #expect(mistakes.all.map(\.field) == ["reason"])
    }
}

/// One of every question that is put to somebody.
enum SampleRequests {
    static let asks: [WorkRequest.Ask] = [
        .file(needed: []), .finishPreReview, .admit, .supplyCorrection(points: []), .sign(link: 0, role: "handler"),
        .decide,
        .supplySupplement(points: []), .endSpecialProcedure(.hearing), .resume, .supplyGaps([]), .issue, .check, .begin,
        .complete, .opine, .holdSession([]), .merge, .rectify(points: []), .recheck, .conclude(passed: true), .goThere,
        .proposeVisit(SampleOffice.opened), .answerVisit(proposed: SampleOffice.opened), .recordVisit([]),
        .resolveConflict(number: 1), .commit, .beginReview, .reviewLegality, .scheduleProcedure(.testing), .deliver,
        .handOut(.correction),
        .acknowledge, .rectifyBreach(finding: ""), .revoke(.allCases[0]),
    ]
}
