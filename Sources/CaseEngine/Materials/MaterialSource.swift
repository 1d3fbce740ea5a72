import WorkCalendar
import WorkflowModel

/// Where a document comes from that the applicant did not hand in for the item (材料来源).
///
/// - Source: 重庆方案 二(五), collected once and used by all; 乳山市“十四五”行政审批发展规划 四章四节二.
public enum MaterialSource: Hashable, Sendable, Codable {
    /// 跨项目复用: document `number` of another case of the same project or owner, `holder`.
    case anotherCase(id: String, number: Int, holder: String)
    /// 共享数据: what a department's register answered, and when it was asked.
    case sharedData(register: String, asked: String, answer: String)
    /// 区域评估、整体联合审批: what was approved for the whole zone.
    case regionalAssessment(id: String, document: String)
}

/// A document that was taken over instead of being asked for (调取的材料).
public struct ServedMaterial: Hashable, Sendable, Codable {
    public let document: SuppliedMaterial
    public let source: MaterialSource

    public init(_ document: SuppliedMaterial, from source: MaterialSource) {
        self.document = document
        self.source = source
    }
}

/// A look-up that gave nothing, so that the applicant is asked after all (查询未果).
public struct FailedLookup: Hashable, Sendable, Codable {
    public let material: String
    /// The register that was asked.
    public let register: String
    public let reason: String

    public init(material: String, register: String, reason: String) {
        self.material = material
        self.register = register
        self.reason = reason
    }
}

/// What is at hand outside the case when something is decided in it (可调取的材料), by those who looked.
///
/// Of several documents of one material the first valid one is taken.
public struct MaterialsAtHand: Hashable, Sendable, Codable {
    public var offers: [ServedMaterial]
    public var failures: [FailedLookup]

    public static let none = MaterialsAtHand()

    public init(offers: [ServedMaterial] = [], failures: [FailedLookup] = []) {
        self.offers = offers
        self.failures = failures
    }

    public var isEmpty: Bool { offers.isEmpty && failures.isEmpty }

    private enum CodingKeys: String, CodingKey { case offers, failures }

    /// A list that is left out is empty.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            offers: try container.decodeIfPresent([ServedMaterial].self, forKey: .offers) ?? [],
            failures: try container.decodeIfPresent([FailedLookup].self, forKey: .failures) ?? [])
    }
}

/// Something noted about materials of a case (材料台账).
public struct MaterialNote: Hashable, Sendable {
    public let on: LocalDate
    public let by: Actor
    public internal(set) var item: String
    public let material: String
    public let what: What

    public enum What: Hashable, Sendable {
        /// 避免重复索要: it was asked for by this command, though document `number` of the store serves.
        case repeatAvoided(number: Int, request: String)
        /// 查询未果: it could not be looked up, so the applicant handed it in.
        case lookupFailed(register: String, reason: String)
    }
}
