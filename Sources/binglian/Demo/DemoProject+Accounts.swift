import WorkflowModel
import WorkCalendar

extension DemoProject {
    /// Who owns the projects that people work on.
    static var owners: [String] {
        var owners: [String] = []
        for project in all where project.isLeftToPeople && !owners.contains(project.owner.code) {
            owners.append(project.owner.code)
        }
        return owners
    }

    /// The departments that have an account each, of those in the workflow that most of the projects go through.
    static let departments: [(id: String, title: LocalizedText)] = [
        ("natural-resources", LocalizedText(zh: "规划和自然资源", en: "Planning and natural resources")),
        ("housing", LocalizedText(zh: "住房和城乡建设", en: "Housing and construction")),
        ("development-reform", LocalizedText(zh: "发展改革", en: "Development and reform")),
        ("ecology", LocalizedText(zh: "生态环境", en: "Ecology and environment")),
        ("water", LocalizedText(zh: "水利", en: "Water resources")),
        ("civil-defence", LocalizedText(zh: "人民防空", en: "Civil defence")),
        ("landscape", LocalizedText(zh: "园林绿化", en: "Landscape and greening")),
        ("traffic", LocalizedText(zh: "交通和公安交管", en: "Transport and traffic police")),
        ("public-security", LocalizedText(zh: "公安", en: "Public security")),
        ("review-agency", LocalizedText(zh: "施工图审查机构", en: "Drawing review agency")),
        ("review-platform", LocalizedText(zh: "联合审图平台", en: "Joint drawing review platform")),
        ("design-firm", LocalizedText(zh: "设计单位", en: "Design firm")),
        ("water-company", LocalizedText(zh: "供水企业", en: "Water company")),
        ("meteorology", LocalizedText(zh: "气象", en: "Meteorology")),
        ("heritage", LocalizedText(zh: "文物", en: "Cultural heritage")),
        ("archive", LocalizedText(zh: "城建档案", en: "Urban construction archive")),
        ("survey-firm", LocalizedText(zh: "测绘机构", en: "Survey firm")),
        ("utility-companies", LocalizedText(zh: "市政公用企业", en: "Utility companies")),
    ]
}
