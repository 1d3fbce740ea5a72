import CaseEngine
import WorkCalendar
import WorkflowModel

/// How an item is handled, for whoever applies for it (办事指南).
///
/// Made of the workflow and the item catalogue, and of nothing else: a guide that is printed, shown on a site or read out
/// at the window cannot differ.
///
/// - Source: 行政许可法 (2019) art. 30: items, bases, conditions, number, procedure, limits and materials are made public;
///   重庆“全渝通办”工作方案 (2019) 二(二).
public struct ServiceGuide: Sendable {
    public let workflow: WorkflowDefinition
    public let catalogue: ItemCatalogue?
    public let entries: [Entry]

    /// The guide of one item.
    public struct Entry: Sendable {
        public let item: Item
        public let stage: LocalizedText
        /// What the catalogue says; `nil` when it does not have the item.
        public let listed: CatalogueItem?
        public let code: String?
        public let department: LocalizedText
        public let office: Office?
        public let materials: [AskedMaterial]
        public let steps: [Step]
        /// What the limits do not count.
        public let notCounted: [LocalizedText]
        public let results: [LocalizedText]
        /// What can be done against a decision; empty where there is none.
        public let appeals: [LocalizedText]
    }

    /// A step of the procedure (办理流程).
    public struct Step: Sendable, Hashable {
        public let title: LocalizedText
        public let who: LocalizedText
        /// Within how long; `nil` where nothing says so.
        public let within: DayAmount?
    }

    /// - Parameters:
    ///   - workflow: as it is for all projects, or with the items of one (`Plan.asWorkflow`).
    ///   - item: only this item; a plain id stands for that of every work.
    public init(_ workflow: WorkflowDefinition, catalogue: ItemCatalogue?, item: String? = nil) {
        self.workflow = workflow
        self.catalogue = catalogue
        let sources = DocumentSources(workflow, catalogue)
        entries = sources.stages.flatMap { stage, items in
            items.filter { item == nil || $0.id == item || $0.plainID == item }.map {
                Entry($0, stage: stage.title, sources)
            }
        }
    }
}

extension ServiceGuide.Entry {
    init(_ item: Item, stage: LocalizedText, _ sources: DocumentSources) {
        let listed = sources.listed(item)
        self.item = item
        self.stage = stage
        self.listed = listed
        code = listed.flatMap { sources.catalogue?.implementingCode(of: $0) ?? $0.code } ?? item.code
        department = item.department.map(sources.title(ofDepartment:)) ?? LocalizedText(zh: "", en: "")
        office = (item.department ?? listed?.department).flatMap { sources.catalogue?.office($0) }
        materials = item.materials.map { sources.asked($0, by: item) }
        steps = Self.steps(of: item, sources)
        notCounted = Self.notCounted(of: item)
        results = item.outputs.map(sources.title(ofMaterial:))
        appeals = Self.appeals(against: item)
    }

    // MARK: Procedure

    private static func steps(of item: Item, _ sources: DocumentSources) -> [ServiceGuide.Step] {
        typealias Step = ServiceGuide.Step
        let policy = sources.workflow.supervision
        let owner = item.department.map(sources.title(ofDepartment:)) ?? LocalizedText(zh: "", en: "")
        let applicant = LocalizedText(zh: "申请人", en: "the applicant")
        func step(_ step: ProcedureStep, _ who: LocalizedText, _ within: DayAmount? = nil) -> Step {
            Step(title: step.title, who: who, within: within)
        }
        let admits = item.joint?.admittedBy.map(sources.title(ofDepartment:)) ?? owner
        var steps = [step(.application, applicant)]
        steps.append(
            step(.admission, admits, item.kind == .utility ? nil : item.joint?.admission?.max ?? policy.admissionLimit))
        for rule in item.provisions.procedures {
            steps.append(Step(title: rule.kind.title, who: owner, within: rule.limit))
        }
        if let joint = item.joint {
            for participant in joint.participants {
                steps.append(
                    Step(
                        title: participant.title, who: sources.title(ofDepartment: participant.department),
                        within: participant.limit ?? item.limit ?? participant.takes?.max ?? item.takes?.max))
            }
            if joint.merge != nil {
                steps.append(
                    Step(
                        title: LocalizedText(zh: "合并意见、一次性告知", en: "one notice of all opinions"), who: owner,
                        within: joint.merge?.max))
            }
            if joint.rectification != nil {
                steps.append(
                    Step(title: LocalizedText(zh: "整改（如有）", en: "rectification, if any"), who: applicant, within: nil))
            }
            if let recheck = joint.rectification?.recheck {
                steps.append(Step(title: LocalizedText(zh: "复验", en: "recheck"), who: owner, within: recheck.max))
            }
            steps.append(step(.decision, owner, joint.conclusion?.max))
        } else {
            for link in item.chain.dropLast() where item.chain.count > 1 {
                steps.append(Step(title: Self.link(link), who: owner, within: nil))
            }
            if item.chain.isEmpty { steps.append(step(.review, owner)) }
            steps.append(step(.decision, owner, item.limit))
        }
        if !item.outputs.isEmpty {
            steps.append(step(.delivery, owner, item.provisions.delivery ?? policy.deliveryLimit))
        }
        return steps
    }

    private static func link(_ role: String) -> LocalizedText {
        switch role {
        case "handler": LocalizedText(zh: "承办", en: "review by the handler")
        case "reviewer": LocalizedText(zh: "审查", en: "review by the reviewer")
        case "approver": LocalizedText(zh: "审批", en: "the approver")
        default: LocalizedText(zh: role, en: role)
        }
    }

    // MARK: Limits and appeals

    private static func notCounted(of item: Item) -> [LocalizedText] {
        guard item.limit != nil || item.statutory != nil || item.joint != nil, item.kind != .utility else { return [] }
        var lines = [
            LocalizedText(
                zh: "受理以前补正材料的时间（行政许可法 art.32）",
                en: "time for correcting the application before it is admitted (行政许可法 art.32)")
        ]
        let kinds = item.provisions.procedures.filter { $0.stopsClock ?? $0.kind.stopsTheLimit }.map(\.kind)
        if kinds.isEmpty {
            lines.append(
                LocalizedText(
                    zh: "听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审的时间，所需时间书面告知（行政许可法 art.45）",
                    en:
                        "time for hearings, tenders, auctions, inspections, tests, quarantine, appraisals and expert reviews, whose length is told in writing (行政许可法 art.45)"
                ))
        } else {
            lines.append(
                LocalizedText(
                    zh: kinds.map(\.title.zh).joined(separator: "、") + "的时间，所需时间书面告知（行政许可法 art.45）",
                    en: "time for: " + kinds.map(\.title.en).joined(separator: ", ")
                        + "; its length is told in writing (行政许可法 art.45)"))
        }
        if item.joint?.rectification != nil {
            lines.append(LocalizedText(zh: "申请人整改的时间", en: "time in which the applicant rectifies"))
        }
        return lines
    }

    private static func appeals(against item: Item) -> [LocalizedText] {
        guard [.approval, .filing].contains(item.kind) || (item.kind == .joint && item.clock == .gov) else { return [] }
        return [
            LocalizedText(
                zh: "行政复议：知道决定之日起六十日内（行政复议法 art.20）",
                en: "administrative reconsideration within sixty days of learning of the decision (行政复议法 art.20)"),
            LocalizedText(
                zh: "行政诉讼：知道决定之日起六个月内（行政诉讼法 art.46）",
                en: "the court within six months of learning of the decision (行政诉讼法 art.46)"),
        ]
    }
}

extension StopReason {
    /// Whether it stops the legal limit unless the item says otherwise: all do but visits and discussions.
    fileprivate var stopsTheLimit: Bool { self != .siteVisit && self != .collectiveDiscussion }
}
