extension OrchestratorError {
    /// The kind of error, for logs and for programs.
    public var code: String {
        switch self {
        case .unknownCase: "unknownCase"
        case .unknownDefinition: "unknownDefinition"
        case .unreadableDefinition: "unreadableDefinition"
        case .otherTextPublished: "otherTextPublished"
        case .definitionChanged: "definitionChanged"
        case .unreadableLog: "unreadableLog"
        case .officeName: "officeName"
        case .contended: "contended"
        case .keyReused: "keyReused"
        }
    }
}
