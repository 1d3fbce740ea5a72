/// One of the two moments of an item that a relation can tie.
public enum ItemEnd: Sendable, Hashable {
    case start, finish
}

extension RelationType {
    /// The moment of the predecessor that is waited for: the first letter.
    public var predecessorEnd: ItemEnd {
        switch self {
        case .finishToStart, .finishToFinish: .finish
        case .startToStart, .startToFinish: .start
        }
    }

    /// The moment of the successor that waits: the second letter.
    public var successorEnd: ItemEnd {
        switch self {
        case .finishToStart, .startToStart: .start
        case .finishToFinish, .startToFinish: .finish
        }
    }

    /// The relation that ties these two moments.
    public init(from predecessorEnd: ItemEnd, to successorEnd: ItemEnd) {
        self =
            switch (predecessorEnd, successorEnd) {
            case (.finish, .start): .finishToStart
            case (.start, .start): .startToStart
            case (.finish, .finish): .finishToFinish
            case (.start, .finish): .startToFinish
            }
    }
}
