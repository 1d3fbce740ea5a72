import WorkCalendar

/// An element of an item that has to be the same wherever the item is handled (统一要素).
///
/// - Source: 粤府办〔2018〕51号 二(二)6 names ten (十统一); 乳山“十四五”行政审批发展规划 五章二节 lists ten, some of them
///   others; 衡阳“最多跑一次”实施方案 五(四)2 six; 重庆“全渝通办”工作方案 一(二) four. Together they are these.
public enum UnifiedElement: String, Sendable, Hashable, CaseIterable {
    case name, code, codeRule, type, basis, subitems, levels, conditions, serves, materials, form, procedure, limits,
        fees

    /// 名称、编码、依据、类型: no bureau may change them (三级四同).
    public static let fourSame: [UnifiedElement] = [.name, .code, .basis, .type]
    /// 六统一.
    public static let sixUnified: [UnifiedElement] = [.name, .code, .basis, .conditions, .materials, .limits]
    /// 十统一, in the order of its source.
    public static let tenUnified: [UnifiedElement] = [
        .code, .codeRule, .name, .subitems, .type, .basis, .procedure, .limits, .materials, .form,
    ]
    /// 三级七同, which lists ten.
    public static let tenSame: [UnifiedElement] = [
        .name, .code, .type, .basis, .levels, .conditions, .serves, .materials, .limits, .fees,
    ]

    public var title: LocalizedText {
        switch self {
        case .name: .init(zh: "事项名称", en: "name")
        case .code: .init(zh: "基本编码", en: "basic code")
        case .codeRule: .init(zh: "实施编码规则", en: "rule of the implementing code")
        case .type: .init(zh: "事项类型", en: "type")
        case .basis: .init(zh: "设定依据", en: "basis")
        case .subitems: .init(zh: "子项拆分", en: "sub-items")
        case .levels: .init(zh: "行使层级", en: "levels that exercise it")
        case .conditions: .init(zh: "受理条件", en: "conditions of admission")
        case .serves: .init(zh: "服务对象", en: "whom it serves")
        case .materials: .init(zh: "申请材料", en: "materials")
        case .form: .init(zh: "表单内容要素", en: "form fields")
        case .procedure: .init(zh: "办理流程", en: "procedure")
        case .limits: .init(zh: "办理时限", en: "time limits")
        case .fees: .init(zh: "收费", en: "fees")
        }
    }

    /// The key under which an item of a catalogue states it.
    public var key: String {
        switch self {
        case .name: "title"
        case .limits: "promised"
        default: rawValue
        }
    }
}

extension CatalogueItem {
    /// What the item states of an element, in a form that is equal exactly when the statements are; `nil` when it says
    /// nothing. Lists without an order of their own are sorted.
    func statement(of element: UnifiedElement, in catalogue: ItemCatalogue) -> LocalizedText? {
        if let list = list(of: element, in: catalogue) {
            // Only steps and levels have an order.
            let texts = [.procedure, .levels].contains(element) ? list : list.sorted { $0.zh < $1.zh }
            guard !texts.isEmpty else { return LocalizedText(zh: "无", en: "none") }
            return LocalizedText(
                zh: texts.map(\.zh).joined(separator: "；"), en: texts.map(\.en).joined(separator: "; "))
        }
        switch element {
        case .name: return title
        case .code: return code.map(same)
        case .codeRule: return same(catalogue.codeRule)
        case .type: return type?.title
        case .basis: return basis.map(same)
        case .limits:
            guard let promised else { return nil }
            let legal = statutory.map { "\($0.limit)" }
            return LocalizedText(
                zh: "承诺 \(promised)" + (legal.map { "，法定 \($0)" } ?? ""),
                en: "promised \(promised)" + (legal.map { ", statutory \($0)" } ?? ""))
        case .subitems, .levels, .conditions, .serves, .materials, .form, .procedure, .fees: return nil
        }
    }

    /// The same of an element that is a list; `nil` for the others, and for one of which the item says nothing.
    func list(of element: UnifiedElement, in catalogue: ItemCatalogue) -> [LocalizedText]? {
        switch element {
        case .subitems: subitems
        case .levels: levels?.sorted().map(\.title)
        case .conditions: conditions
        case .serves: serves?.map(\.title)
        case .materials: materials?.map { catalogue.material($0.material)?.title ?? same($0.material) }
        case .form: form?.map { catalogue.field($0)?.title ?? same($0) }
        case .procedure: procedure?.map(\.title)
        case .fees: fees?.map(\.words)
        default: nil
        }
    }
}
