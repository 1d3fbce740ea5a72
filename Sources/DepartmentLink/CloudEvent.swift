import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Orchestrator
import WorkflowModel

/// A message as a CloudEvent 1.0 (云事件): its id is the message's, the same however often it is sent.
///
/// Source: CloudEvents specification 1.0.2, and its HTTP protocol binding.
struct CloudEvent {
    let id: String
    let source: String
    let type: String
    let subject: String
    /// JSON, as the message carries it.
    let data: [UInt8]

    init(_ message: OutboxMessage) {
        id = message.message.dedupKey
        source = "/binglian/cases/\(message.caseID)"
        type = "cn.binglian.\(message.message.kind).v1"
        subject = message.caseID.text
        data = message.message.payload
    }

    func request(to connector: Connector, token: Int64, at now: Instant) throws -> HTTPClientRequest {
        var request = HTTPClientRequest(url: connector.url)
        request.method = .POST
        let body: [UInt8]
        switch connector.format {
        case .structured:
            request.headers.add(name: "content-type", value: "application/cloudevents+json; charset=utf-8")
            body = Array(
                JSONText.members([
                    "specversion": .string("1.0"), "id": .string(id), "source": .string(source), "type": .string(type),
                    "subject": .string(subject), "datacontenttype": .string("application/json"),
                    "data": .raw(String(decoding: data, as: UTF8.self)),
                ]).compact.utf8)
        case .binary:
            request.headers.add(name: "content-type", value: "application/json; charset=utf-8")
            for (name, value) in [
                ("specversion", "1.0"), ("id", id), ("source", source), ("type", type), ("subject", subject),
            ] { request.headers.add(name: "ce-\(name)", value: value) }
            body = data
        }
        for (name, value) in WebhookSigner(connector.secrets).headers(id: id, body: body, at: now) {
            request.headers.add(name: name, value: value)
        }
        request.headers.add(name: "binglian-fencing-token", value: String(token))
        request.headers.add(name: "user-agent", value: "binglian")
        request.body = .bytes(ByteBuffer(bytes: body))
        return request
    }
}
