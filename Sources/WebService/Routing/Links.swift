/// Where everything is (网址): the only place that spells paths, so that no link can point nowhere.
enum Links {
    static let signIn = "/sign-in"
    static let signOut = "/sign-out"
    static let role = "/role"
    static let work = "/work"
    static let cases = "/cases"
    static let newProject = "/projects/new"
    static let workflows = "/workflows"
    static let simulations = "/simulations"
    static let supervision = "/supervision"
    static let exchange = "/exchange"
    static let system = "/system"
    static let help = "/help"
    static let live = "/live"

    static func caseFile(_ id: String) -> String { "/cases/\(escaped(id))" }
    static func schedule(_ id: String) -> String { caseFile(id) + "/schedule" }
    static func history(_ id: String) -> String { caseFile(id) + "/history" }
    static func clock(_ id: String, _ item: String) -> String { task(id, item) + "/days" }
    static func task(_ id: String, _ item: String) -> String { caseFile(id) + "/items/\(escaped(item))" }
    /// Where the form of one thing to do with an item is, and where it is sent.
    static func act(_ id: String, _ item: String, _ verb: String) -> String { task(id, item) + "/\(escaped(verb))" }
    static func stageForm(_ id: String, _ stage: String) -> String { caseFile(id) + "/stages/\(escaped(stage))/form" }
    static func materials(_ id: String) -> String { caseFile(id) + "/materials" }
    static func file(_ id: String, _ hash: String) -> String { caseFile(id) + "/files/\(escaped(hash))" }
    static func simulation(of id: String) -> String { caseFile(id) + "/simulation" }
    static func simulation(_ job: String) -> String { simulations + "/\(escaped(job))" }
    static func workflow(_ id: String) -> String { workflows + "/\(escaped(id))" }
    static func workflow(_ id: String, _ version: String) -> String { workflow(id) + "/\(escaped(version))" }
    static func editor(_ id: String) -> String { workflow(id) + "/edit" }
    static func calendar(_ id: String, _ year: Int) -> String { "/calendars/\(escaped(id))/\(year)" }
    static func publicProgress(_ code: String) -> String { "/progress/\(escaped(code))" }
    static func feed(_ token: String) -> String { "/feeds/\(escaped(token)).ics" }

    /// A part of a path: what is not a letter, a digit or one of `-._~` is percent-encoded (RFC 3986 §2.1).
    static func escaped(_ part: String) -> String {
        var out = ""
        for byte in part.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                out.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                out += "%" + [byte >> 4, byte & 15].map { String($0, radix: 16, uppercase: true) }.joined()
            }
        }
        return out
    }
}

extension Links {
    static func simulation(ofWorkflow id: String, _ version: String) -> String { workflow(id, version) + "/simulation" }
    static func libraryDifference(_ id: String, _ version: String, with older: String) -> String {
        workflow(id, version) + "/difference?with=\(escaped(older))"
    }
    static func migration(_ id: String, _ version: String) -> String { workflow(id, version) + "/migration" }
    static func release(_ id: String, _ version: String) -> String { workflow(id, version) + "/release" }
    static func withdrawal(_ id: String, _ version: String) -> String { workflow(id, version) + "/withdrawal" }
    /// Where an editor's text is looked through; nothing is kept.
    static func validation(_ id: String) -> String { editor(id) + "/validation" }
    static func submission(_ id: String) -> String { editor(id) + "/submission" }
    static let exchangeImport = exchange + "/import"
    static func exportFile(_ id: String, _ format: String) -> String { caseFile(id) + "/export/\(escaped(format))" }
}
