import WorkCalendar
import WorkflowModel

/// Where a project's code was asked for, and when (项目代码来源): the national platform's register, which gives the codes out.
///
/// - Source: 衡阳方案 五(五)1: 投资项目在线审批监管平台; 发改投资〔2020〕1439号: one code for the whole life of a project.
public struct ProjectCodeSource: Hashable, Sendable, Codable {
    /// The name of the register.
    public let register: String
    public let asked: LocalDate
    /// The code that it has for the project.
    public let code: String
    /// What it says besides, such as the number of the filing.
    public let answer: String

    public init(register: String, asked: LocalDate, code: String, answer: String) {
        self.register = register
        self.asked = asked
        self.code = code
        self.answer = answer
    }

    /// The name under which registers are asked for codes.
    public static let material = "project-code"

    public var words: LocalizedText {
        LocalizedText(
            zh: "项目代码取自 \(register)，\(asked) 查询" + (answer.isEmpty ? "" : "：\(answer)"),
            en: "project code from \(register), asked on \(asked)" + (answer.isEmpty ? "" : ": \(answer)"))
    }
}

extension ProjectCodeSource: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("answer", answer)
            $0.member("asked", asked)
            $0.member("code", code)
            $0.member("register", register)
        }
    }
}

extension Deciding {
    /// A case is opened under the code that the platform has for the project, where it was asked, and one of the right form.
    func requireCode(of opening: CaseOpening) throws(CaseRejection) {
        guard let source = opening.codeSource else { return }
        guard source.code == opening.project, ProjectCode.problem(in: source.code) == nil else {
            throw .otherProjectCode(given: opening.project, registered: source.code, register: source.register)
        }
    }
}
