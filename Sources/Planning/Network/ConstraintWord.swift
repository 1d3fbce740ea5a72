import Scheduling

/// The types of constraint as a file names them, by Microsoft Project's abbreviations.
enum ConstraintWord: String, CaseIterable {
    case asSoonAsPossible = "ASAP"
    case asLateAsPossible = "ALAP"
    case startNoEarlier = "SNET"
    case startNoLater = "SNLT"
    case finishNoEarlier = "FNET"
    case finishNoLater = "FNLT"
    case mustStart = "MSO"
    case mustFinish = "MFO"

    var kind: DateConstraints.Kind {
        switch self {
        case .asSoonAsPossible, .asLateAsPossible: .asLateAsPossible
        case .startNoEarlier: .startNoEarlier
        case .startNoLater: .startNoLater
        case .finishNoEarlier: .finishNoEarlier
        case .finishNoLater: .finishNoLater
        case .mustStart: .mustStart
        case .mustFinish: .mustFinish
        }
    }
}

extension DateConstraints.Kind {
    /// The kind as files and reports abbreviate it.
    public var abbreviation: String {
        ConstraintWord.allCases.last { $0.kind == self }?.rawValue ?? rawValue
    }
}
