import CaseEngine
import WorkCalendar
import WorkflowModel

extension CaseMachine {
    /// What a list shows of a case, kept beside its log so that lists need not load cases (办件摘要).
    ///
    /// The body is read by ``CaseSummary/waitingFor`` and ``CaseSummary/titles``.
    func summary(of state: CaseState) -> CaseSummary {
        guard let opening = state.opening, let opened = state.openedOn else {
            preconditionFailure("a case that was never opened has no summary")
        }
        return CaseSummary(
            workflow: opening.workflow, workflowVersion: state.amendedVersion ?? opening.version,
            projectCode: opening.project,
            title: opening.title.zh.plain(limit: 4096),
            owner: (opening.ownerCode ?? opening.owner?.zh).map { $0.plain(limit: 256) }.flatMap {
                $0.isEmpty ? nil : $0
            },
            status: state.status.rawValue, openedOn: opened,
            updatedOn: state.asOf ?? opened, body: body(of: state))
    }

    /// Brings a case's row up to its state: what changes while a case goes on, and nothing else.
    func update(_ summary: inout CaseSummary, to state: CaseState, partiesChanged: Bool) {
        // A case that was given up asks nothing of anybody, though none of its items moved.
        let isOther = summary.status != state.status.rawValue
        summary.status = state.status.rawValue
        summary.updatedOn = state.asOf ?? summary.updatedOn
        if let version = state.amendedVersion { summary.workflowVersion = version }
        if partiesChanged || isOther { summary.body = body(of: state) }
    }

    /// The title in English on a line of its own, then the names of the parties whose turn it is, sorted, one a line.
    private func body(of state: CaseState) -> [UInt8] {
        var parties: [String] = []
        for party in requests(in: state).map(\.party) + oversightRequests(in: state).map(\.party)
        where !parties.contains(party.name) {
            parties.append(party.name)
        }
        var body = [UInt8](CaseSummary.titlePrefix.utf8)
        body += (state.opening?.title.en ?? "").plain(limit: 4096).utf8
        for party in parties.sorted() {
            body.append(UInt8(ascii: "\n"))
            body += party.utf8
        }
        return body
    }
}

extension CaseSummary {
    /// No party's name has a colon.
    fileprivate static let titlePrefix = "en:"

    private var lines: [Substring] { String(decoding: body, as: UTF8.self).split(separator: "\n") }

    /// Whose turn it is: ``Party/name``, sorted.
    public var waitingFor: [String] { lines.filter { !$0.hasPrefix(Self.titlePrefix) }.map(String.init) }

    /// The project's title in both languages.
    public var titles: LocalizedText {
        let english = lines.first { $0.hasPrefix(Self.titlePrefix) }?.dropFirst(Self.titlePrefix.count)
        return LocalizedText(zh: title, en: english.map(String.init) ?? title)
    }
}

extension Party {
    /// `applicant`, `window`, `supervisor` or the department's id: the name used in to-do lists.
    public var name: String {
        switch self {
        case .applicant: "applicant"
        case .window: "window"
        case .supervisor: "supervisor"
        case .department(let id): id
        }
    }
}
