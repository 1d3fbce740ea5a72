import Foundation
import WorkCalendar
import WorkflowModel

/// Values from JSON that came from outside, without anything that they do not know (严格解码).
///
/// What was read is written again, and whatever was sent and is not in it was not understood: a misspelt or smuggled member
/// is refused rather than dropped.
enum StrictDecoding {
    static func value<Value: Codable>(_ type: Value.Type, from json: JSONText) throws -> Value {
        let value: Value
        do {
            value = try JSONDecoder().decode(type, from: Data(json.compact.utf8))
        } catch let error as DecodingError {
            throw problem(error)
        }
        let written = try JSONReading.read([UInt8](JSONEncoder().encode(value)))
        if let path = surplus(of: json, over: written, at: "") {
            throw Problem.unprocessable(
                "unknownMember", "不认识 \(path) 这个字段。请核对拼写，或去掉它。",
                "The member \(path) is unknown. Check its spelling, or leave it out.")
        }
        return value
    }

    /// The first member that was sent and not understood.
    private static func surplus(of sent: JSONText, over known: JSONText, at path: String) -> String? {
        switch (sent, known) {
        case (.object(let sent), .object(let known)):
            for member in sent {
                let place = "\(path)/\(member.key)"
                guard let its = known.first(where: { $0.key == member.key }) else {
                    if member.value == .null { continue }
                    return place
                }
                if let found = surplus(of: member.value, over: its.value, at: place) { return found }
            }
            return nil
        case (.array(let sent), .array(let known)):
            guard sent.count == known.count else { return path }
            for (position, pair) in zip(sent, known).enumerated() {
                if let found = surplus(of: pair.0, over: pair.1, at: "\(path)/\(position)") { return found }
            }
            return nil
        default: return nil
        }
    }

    private static func problem(_ error: DecodingError) -> Problem {
        func place(_ path: [any CodingKey]) -> String {
            "/" + path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: "/")
        }
        switch error {
        case .keyNotFound(let key, let context):
            let place = place(context.codingPath + [key])
            return .unprocessable("memberMissing", "缺少 \(place)。", "\(place) is missing.")
        case .valueNotFound(_, let context):
            let place = place(context.codingPath)
            return .unprocessable("memberMissing", "\(place) 没有值。", "\(place) has no value.")
        case .typeMismatch(_, let context), .dataCorrupted(let context):
            let place = place(context.codingPath)
            return .unprocessable(
                "memberUnreadable", "\(place) 的值读不懂。请对照接口说明改正。",
                "The value of \(place) cannot be read. Compare it with the description of the interface.")
        @unknown default:
            return .unprocessable("memberUnreadable", "内容读不懂。", "The content cannot be read.")
        }
    }
}
