extension Condition {
    /// Whether the condition holds for a project with these facts.
    ///
    /// Total: a fact that is not given, or is of another type than its declaration says, makes its comparison false,
    /// whichever comparison it is, `!=` too, and so does a boolean fact on its own. `not()` of such a comparison is
    /// therefore true, where FEEL, whose comparison is `null`, would leave the answer open.
    ///
    /// - Complexity: O(n), n = size of the expression; facts are looked up by hash.
    public func evaluate(with facts: [String: FactValue]) -> Bool {
        expression.holds(with: facts)
    }
}

extension Condition.Expression {
    // Recursion is bounded: what was read is at most `Condition.maximumDepth` deep.
    fileprivate func holds(with facts: [String: FactValue]) -> Bool {
        switch self {
        case .constant(let value): value
        case .fact(let id): facts[id] == .boolean(true)
        case .compare(let left, let comparison, let right):
            if let left = left.value(with: facts), let right = right.value(with: facts) {
                comparison.holds(left, right)
            } else {
                false
            }
        case .isIn(let operand, let tests):
            operand.value(with: facts).map { value in tests.contains { $0.holds(for: value) } } ?? false
        case .and(let parts): parts.allSatisfy { $0.holds(with: facts) }
        case .or(let parts): parts.contains { $0.holds(with: facts) }
        case .not(let negated): !negated.holds(with: facts)
        }
    }
}

extension Condition.Operand {
    fileprivate func value(with facts: [String: FactValue]) -> FactValue? {
        switch self {
        case .constant(let value): value
        case .fact(let id): facts[id]
        }
    }
}

extension Condition.Comparison {
    /// False for values of different types, and for an order of anything but numbers.
    fileprivate func holds(_ left: FactValue, _ right: FactValue) -> Bool {
        switch (left, right) {
        case (.number(let a), .number(let b)): holds(a, b)
        case (.boolean, .boolean), (.text, .text): self == .equal && left == right || self == .notEqual && left != right
        default: false
        }
    }

    fileprivate func holds(_ a: Double, _ b: Double) -> Bool {
        switch self {
        case .equal: a == b
        case .notEqual: a != b
        case .less: a < b
        case .lessOrEqual: a <= b
        case .greater: a > b
        case .greaterOrEqual: a >= b
        }
    }
}

extension Condition.Test {
    fileprivate func holds(for value: FactValue) -> Bool {
        switch (self, value) {
        case (.equals(let wanted), _): Condition.Comparison.equal.holds(value, wanted)
        case (.compares(let comparison, let bound), .number(let number)): comparison.holds(number, bound)
        case (.range(let low, let lowIsClosed, let high, let highIsClosed), .number(let number)):
            (lowIsClosed ? low <= number : low < number) && (highIsClosed ? number <= high : number < high)
        default: false
        }
    }
}
