/// What is to happen when, in virtual time; what happens at the same minute goes by a number drawn from the seed.
struct EventQueue<Event> {
    private struct Entry {
        let time: Int
        let tie: UInt64
        let event: Event
    }

    private var heap: [Entry] = []

    var isEmpty: Bool { heap.isEmpty }
    var nextTime: Int? { heap.first?.time }

    private func isBefore(_ a: Int, _ b: Int) -> Bool {
        heap[a].time != heap[b].time ? heap[a].time < heap[b].time : heap[a].tie < heap[b].tie
    }

    mutating func push(_ event: Event, at time: Int, tie: UInt64) {
        heap.append(Entry(time: time, tie: tie, event: event))
        var child = heap.count - 1
        while child > 0, isBefore(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> (time: Int, event: Event)? {
        guard let first = heap.first else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && isBefore(child, least) {
                least = child
            }
            if least == parent { break }
            heap.swapAt(parent, least)
            parent = least
        }
        return (first.time, first.event)
    }
}
