/// One kind of date or float of all activities, by the activity's index in the input: reads like an array.
///
/// Dates of networks on one calendar are kept as counts of working minutes and become instants when they are read.
/// - Complexity: O(1) a value; `Schedule.ready` O(relations into the activity).
public struct ScheduleColumn: RandomAccessCollection, Sendable {
    enum Field: Sendable { case ready, earlyStart, earlyFinish, lateStart, lateFinish, totalFloat, freeFloat }

    let solution: Schedule.Solution
    let field: Field

    public var startIndex: Int { 0 }
    public var endIndex: Int { solution.network.position.count }

    public subscript(activity: Int) -> Int {
        solution.dates.value(field, at: Int(solution.network.position[activity]), in: solution.network)
    }
}

extension ScheduleColumn: Equatable {
    public static func == (a: Self, b: Self) -> Bool { a.elementsEqual(b) }
    public static func == (a: Self, b: [Int]) -> Bool { a.elementsEqual(b) }
    public static func == (a: [Int], b: Self) -> Bool { a.elementsEqual(b) }
}

extension ScheduleColumn: CustomStringConvertible {
    public var description: String { Array(self).description }
}
