import CaseEngine
import DepartmentLink
import HTTPTypes
import HummingbirdCore
import NIOCore
import Orchestrator
import WorkCalendar
import WorkflowModel

extension API {
    /// For departments' own systems, and for whoever draws the service's figures.
    static let departments: [Endpoint] = [
        .post(
            "/v1/callbacks/{receiver}", .callBack, "部门系统的答复", "What a department's system answers",
            [
                .header("webhook-id", "答复的编号，即幂等键", "The answer's id, its idempotency key"),
                .header("webhook-timestamp", "签名时间，秒", "When it was signed, in seconds"),
                .header("webhook-signature", "签名（Standard Webhooks）", "The signature (Standard Webhooks)"),
            ],
            body: .json(
                .object([
                    "case": .text(longest: 64), "request": .text(longest: 128), "item": .text(longest: 128),
                    "officer": .text(longest: 128), "command": .object([:]),
                ])), .json(.named("Performed"))
        ) { call in
            let receiver = call.parameter("receiver")
            guard let connector = call.service.configuration.connectors.of(receiver: receiver) else {
                throw Problem.notFound("没有这个接收方", "There is no such receiver")
            }
            let callback: Callback
            do {
                callback = try Callback(
                    from: connector, header: { name in HTTPField.Name(name).flatMap { call.request.headers[$0] } },
                    body: call.body, at: .now)
            } catch let error as CallbackFlaw {
                throw Problem(
                    HTTPResponse.Status(code: error.status), error.code,
                    LocalizedText(zh: "没有接受这次答复", en: "This answer was not taken"), error.text)
            }
            try await requireOpen(callback, call)
            let done = try await call.office.perform(
                callback.command, on: callback.caseID, key: callback.key, by: callback.actor)
            return .json(done.json)
        },
        .get(
            "/metrics", .readPublic, "运行指标（Prometheus）", "Figures of the service, for Prometheus", [],
            .document(type: metricsType)
        ) { call in
            // Figures tell how busy an office is: they are for the machine itself and for those who run it.
            guard call.isFromThisMachine || call.may(.readSystem) else { throw Problem.noSuchPage }
            return Answer(
                content: .bytes(ByteBuffer(string: call.service.configuration.meters.text), type: metricsType))
        },
    ]

    /// A receipt is for the result that it names: one for an earlier result says nothing of a later one.
    private static func requireOpen(_ callback: Callback, _ call: Call) async throws {
        guard case .item(_, .acknowledge) = callback.command,
            try await call.office.store.answer(of: callback.caseID, to: callback.key) == nil
        else { return }
        let snapshot = try await call.office.orchestrator.snapshot(of: callback.caseID)
        guard !snapshot.machine.requests(in: snapshot.state).contains(where: { $0.id == callback.request }) else {
            return
        }
        throw Problem(
            .conflict, "requestOver", LocalizedText(zh: "没有接受这次答复", en: "This answer was not taken"),
            LocalizedText(
                zh: "所答复的请求 \(callback.request) 已经答复，或者已有新的结果。按最近一次推送答复。",
                en:
                    "The request \(callback.request) is answered, or there is a later result. Answer the one pushed last."
            ))
    }

    private static let metricsType = "text/plain; version=0.0.4; charset=utf-8"
}

extension Call {
    fileprivate var isFromThisMachine: Bool { ["127.0.0.1", "::1", "local"].contains(address) }
}

extension Endpoint.Parameter {
    fileprivate static func header(_ name: String, _ zh: String, _ en: String) -> Endpoint.Parameter {
        Endpoint.Parameter(
            name: name, place: .header, summary: LocalizedText(zh: zh, en: en), schema: .text(longest: 512))
    }
}
