/// What a lever costs, and which others it goes with or without.
public struct LeverOption: Sendable, Hashable {
    /// In hundredths of the bureau's own unit, 0...`LeverProblem.greatestCost`.
    public let cost: Int
    /// Levers that must be pulled with it. Two may require each other: then they are pulled together.
    public let requires: LeverSet
    /// Levers that cannot be pulled with it. Said by one of the two, it binds both.
    public let excludes: LeverSet

    public init(cost: Int, requires: LeverSet = .none, excludes: LeverSet = .none) {
        self.cost = cost
        self.requires = requires
        self.excludes = excludes
    }
}

/// Levers, a limit to meet, and an evaluator that says what a set of levers achieves.
///
/// The evaluator is asked from one thread, and must give the same answer each time it is asked the same.
public struct LeverProblem: Sendable {
    /// At most `LeverSet.capacity`.
    public let options: [LeverOption]
    /// The target is met when the value is at most this.
    public let limit: Double
    /// The exact value with exactly these levers pulled: days, or one minus a probability. Never NaN. Asked only of
    /// admissible sets: none lacks what it requires, none holds what it excludes.
    public let value: @Sendable (LeverSet) -> Double
    /// At most the value of every admissible S with pulled ⊆ S ⊆ pulled ∪ open. Asked of any two disjoint sets.
    ///
    /// It must not fall when `open` shrinks or when a lever goes from open to pulled or dropped; where it does, the
    /// answer is still exact, only slower.
    public let lowerBound: @Sendable (_ pulled: LeverSet, _ open: LeverSet) -> Double
    /// Of a set that misses the limit: a straight line below the value of every admissible set, best one that touches the
    /// value of this set. `nil` when nothing of the kind is known.
    ///
    /// This is what keeps levers tractable whose effects add up along one path: without it a search can learn no more from
    /// a missed set than that something else is needed.
    public let floor: (@Sendable (_ missed: LeverSet) -> LeverFloor?)?
    /// Whether pulling one more lever never raises the value, so that the value of everything still open is the bound.
    let isNeverWorse: Bool

    /// So that no sum of costs overflows.
    public static let greatestCost = 1 << 40

    /// - Throws: `LeverError` when options contradict themselves or name levers that are not there.
    public init(
        options: [LeverOption], limit: Double, value: @escaping @Sendable (LeverSet) -> Double,
        lowerBound: @escaping @Sendable (_ pulled: LeverSet, _ open: LeverSet) -> Double,
        floor: (@Sendable (_ missed: LeverSet) -> LeverFloor?)? = nil
    ) throws(LeverError) {
        try self.init(
            options: options, limit: limit, value: value, lowerBound: lowerBound, floor: floor, isNeverWorse: false)
    }

    private init(
        options: [LeverOption], limit: Double, value: @escaping @Sendable (LeverSet) -> Double,
        lowerBound: @escaping @Sendable (_ pulled: LeverSet, _ open: LeverSet) -> Double,
        floor: (@Sendable (_ missed: LeverSet) -> LeverFloor?)?, isNeverWorse: Bool
    ) throws(LeverError) {
        guard options.count <= LeverSet.capacity else { throw .tooManyLevers(options.count) }
        guard !limit.isNaN else { throw .limitIsNotANumber }
        let all = LeverSet(first: options.count)
        for (lever, option) in options.enumerated() {
            guard (0...Self.greatestCost).contains(option.cost) else {
                throw .costOutOfRange(option.cost, lever: lever)
            }
            if let unknown = option.requires.union(option.excludes).first(where: { !all.contains($0) }) {
                throw .unknownLever(unknown, lever: lever)
            }
            guard !option.excludes.contains(lever) else { throw .excludesItself(lever: lever) }
        }
        self.options = options
        self.limit = limit
        self.value = value
        self.lowerBound = lowerBound
        self.floor = floor
        self.isNeverWorse = isNeverWorse
    }

    /// Levers of which none makes anything worse: pulling one more never raises the value. The evaluator is then asked of
    /// any set, also of one that is not admissible.
    public init(
        options: [LeverOption], limit: Double, neverWorse value: @escaping @Sendable (LeverSet) -> Double,
        floor: (@Sendable (_ missed: LeverSet) -> LeverFloor?)? = nil
    ) throws(LeverError) {
        try self.init(
            options: options, limit: limit, value: value, lowerBound: { value($0.union($1)) }, floor: floor,
            isNeverWorse: true)
    }

    /// All levers.
    public var levers: LeverSet { LeverSet(first: options.count) }

    /// Whether the set holds what its levers require and nothing that they exclude.
    public func isAdmissible(_ set: LeverSet) -> Bool {
        set.isSubset(of: levers)
            && set.allSatisfy {
                options[$0].requires.isSubset(of: set) && options[$0].excludes.isDisjoint(with: set)
            }
    }

    /// The cost of a set of its levers.
    public func cost(of set: LeverSet) -> Int { set.reduce(0) { $0 + options[$1].cost } }

    /// The set with everything that its levers require, directly or by way of others.
    public func closure(of set: LeverSet) -> LeverSet {
        var closed = set
        while true {
            let wider = closed.reduce(closed) { $0.union(options[$1].requires) }
            if wider == closed { return closed }
            closed = wider
        }
    }
}

/// A straight line below the value: every admissible set S has value(S) ≥ `base` − the sum of `saved` over S.
///
/// For dates it is one path of the network. It touches the value of the missed set M when `base` is the length of that path
/// with M pulled plus what `saved` says of M, and `saved` is for a lever outside M what it saves on the path alone, for
/// one of M what it saves there as the last of all levers (0 when others would do the same), less what it adds. That is
/// below every value as long as what levers save on one activity together grows ever less.
///
/// - Source: G. L. Nemhauser, L. A. Wolsey, *Best algorithms for approximating the maximum of a submodular set function*,
///   Mathematics of Operations Research 3 (1978), doi:10.1287/moor.3.3.177.
public struct LeverFloor: Sendable, Hashable {
    public let base: Double
    /// By lever; negative for one that makes it worse.
    public let saved: [Double]

    public init(base: Double, saved: [Double]) {
        self.base = base
        self.saved = saved
    }
}

/// What is wrong with the levers given.
public enum LeverError: Error, Sendable, Hashable {
    /// More than `LeverSet.capacity`.
    case tooManyLevers(Int)
    /// A cost is negative or above `LeverProblem.greatestCost`.
    case costOutOfRange(Int, lever: Int)
    /// A lever requires or excludes one that is not there.
    case unknownLever(Int, lever: Int)
    /// A lever excludes itself.
    case excludesItself(lever: Int)
    /// The limit is not a number.
    case limitIsNotANumber
}
