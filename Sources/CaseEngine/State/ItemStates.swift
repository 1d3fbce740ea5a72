import WorkCalendar

/// The items of a case by their places in the plan (各事项状态).
///
/// Each one lies in storage of its own, which copies of the case share until it changes: copying a case costs a
/// reference an item, and a change to an item copies that one only.
public struct ItemStates: RandomAccessCollection, Hashable, Sendable {
    /// Of one element each: an array is shared and copied on write, and safe to send.
    private var cells: [[ItemState]]
    /// What is read of items most often, side by side.
    private(set) var marks: [Marks]

    /// How far an item has come.
    struct Marks: Hashable, Sendable {
        let status: ItemStatus
        let readyFrom: LocalDate?
        let startedOn: LocalDate?
        let finishedOn: LocalDate?

        init(_ item: ItemState) {
            status = item.status
            readyFrom = item.readyFrom
            startedOn = item.startedOn
            finishedOn = item.finishedOn
        }
    }

    init() {
        cells = []
        marks = []
    }

    init(_ items: some Sequence<ItemState>) {
        cells = items.map { [$0] }
        marks = cells.map { Marks($0[0]) }
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { cells.count }

    public internal(set) subscript(position: Int) -> ItemState {
        _read { yield cells[position][0] }
        _modify {
            yield &cells[position][0]
            marks[position] = Marks(cells[position][0])
        }
    }
}
