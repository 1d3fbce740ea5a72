import Orchestrator
import StoreConformance
import Testing

@Suite("Commits in groups")
struct StoreGroupCommitterTests {
    /// Sends a request on a task of its own and returns when it has its place in the queue.
    private func send(
        _ request: AppendRequest, to committer: GroupCommitter
    ) async -> Task<Result<AppendOutcome, StoreError>, Never> {
        let before = committer.waitingCount
        let task = Task { () async -> Result<AppendOutcome, StoreError> in
            do throws(StoreError) {
                return .success(try await committer.append(request))
            } catch {
                return .failure(error)
            }
        }
        while committer.waitingCount == before { await Task.yield() }
        return task
    }

    /// Holds the first commit, sends the requests behind it, and lets go.
    private func outcomes(
        of requests: [AppendRequest], through store: ScriptedStore, limits: GroupCommitter.Limits = .init()
    ) async -> [Result<AppendOutcome, StoreError>] {
        let committer = GroupCommitter(store: store, limits: limits)
        await store.hold()
        let first = Task { try await committer.append(.opening("first")) }
        await store.waitUntilHeld()
        var tasks: [Task<Result<AppendOutcome, StoreError>, Never>] = []
        for request in requests { tasks.append(await send(request, to: committer)) }
        await store.release()
        _ = try? await first.value
        var outcomes: [Result<AppendOutcome, StoreError>] = []
        for task in tasks { outcomes.append(await task.value) }
        return outcomes
    }

    @Test("What arrives during a commit is committed together by the next one")
    func gathers() async throws {
        let store = ScriptedStore()
        let outcomes = await outcomes(of: (0..<20).map { .opening("c-\($0)") }, through: store)
        #expect(outcomes.allSatisfy { (try? $0.get())?.head?.version == 1 })
        #expect(await store.batches == [1, 20])
    }

    @Test("Requests of a case keep their order in the queue")
    func order() async throws {
        let store = ScriptedStore()
        let requests = (0..<10).map { AppendRequest.opening("c-1", at: $0, key: "k\($0)") }
        let outcomes = await outcomes(of: requests, through: store, limits: .init(requests: 4))
        #expect(outcomes.map { (try? $0.get())?.head?.version } == Array(1...10))
        #expect(await store.batches == [1, 4, 4, 2])
    }

    @Test("A batch is bounded by its bytes as well")
    func bytes() async throws {
        let store = ScriptedStore()
        let requests = (0..<6).map { AppendRequest.opening("c-\($0)", payload: 10_000) }
        _ = await outcomes(of: requests, through: store, limits: .init(bytes: 20_000))
        #expect(await store.batches == [1, 2, 2, 2])
    }

    @Test("One request that the store refuses fails alone", arguments: [0, 3, 6])
    func poison(place: Int) async throws {
        let store = ScriptedStore()
        var requests = (0..<7).map { AppendRequest.opening("c-\($0)") }
        requests[place] = .opening("poison")
        let outcomes = await outcomes(of: requests, through: store)
        for (index, outcome) in outcomes.enumerated() {
            switch outcome {
            case .success(let outcome): #expect(outcome.head?.version == 1 && index != place)
            case .failure(let error): #expect(error.code == .rejected && index == place)
            }
        }
    }

    @Test("A passing failure of the store is everybody's, and is not tried again by itself")
    func transientFailure() async throws {
        let store = ScriptedStore()
        let outcomes = await outcomes(of: (0..<5).map { .opening("busy-\($0)") }, through: store)
        #expect(outcomes.allSatisfy { $0.code == .unavailable })
        #expect(await store.batches == [1, 5])
    }

    @Test("A failed disk is everybody's, and is not written to again")
    func failedDisk() async throws {
        let store = ScriptedStore()
        let outcomes = await outcomes(of: (0..<5).map { .opening("disk-\($0)") }, through: store)
        #expect(outcomes.allSatisfy { $0.code == .diskFailed })
        #expect(await store.batches == [1, 5])
    }

    @Test("A request that no store may keep is refused before it waits")
    func defect() async throws {
        let store = ScriptedStore()
        let committer = GroupCommitter(store: store)
        let error = await #expect(throws: StoreError.self) {
            var request = AppendRequest.opening("c-1")
            request.events[0].actor = ""
            _ = try await committer.append(request)
        }
        #expect(error?.code == .rejected)
        #expect(await store.batches.isEmpty)
    }

    @Test("No more requests wait than the bound; the next is refused at once")
    func bound() async throws {
        let store = ScriptedStore()
        let committer = GroupCommitter(store: store, limits: .init(waiting: 3))
        await store.hold()
        let first = Task { try await committer.append(.opening("first")) }
        await store.waitUntilHeld()
        var tasks: [Task<Result<AppendOutcome, StoreError>, Never>] = []
        for number in 0..<3 { tasks.append(await send(.opening("c-\(number)"), to: committer)) }
        let error = await #expect(throws: StoreError.self) { try await committer.append(.opening("c-3")) }
        #expect(error?.code == .overloaded)
        #expect(error?.isTransient == true)
        await store.release()
        _ = try await first.value
        for task in tasks { #expect(try await task.value.get().head?.version == 1) }
        #expect(try await committer.append(.opening("c-3")).head?.version == 1)
    }

    @Test("A cancelled caller still learns what became of its request")
    func cancellation() async throws {
        let store = ScriptedStore()
        let committer = GroupCommitter(store: store)
        await store.hold()
        let first = Task { try await committer.append(.opening("first")) }
        await store.waitUntilHeld()
        let task = await send(.opening("c-1"), to: committer)
        first.cancel()
        task.cancel()
        await store.release()
        #expect(try await first.value.head?.version == 1)
        #expect(try await task.value.get().head?.version == 1)
    }

    @Test("An actor may send a request that builds on another before that one is answered")
    func pipelining() async throws {
        let store = InMemoryStore()
        let sender = Sender(committer: GroupCommitter(store: store))
        try await withThrowingTaskGroup(of: AppendOutcome.self) { group in
            for _ in 0..<200 { group.addTask { try await sender.sendNext() } }
            for try await outcome in group { #expect(outcome.head != nil) }
        }
        let caseID = try #require(CaseID("c-1"))
        #expect(try await store.head(of: caseID)?.version == 200)
    }

    @Test("A store of several transactions at a time never has two of one case, and each case keeps its order")
    func severalAtATime() async throws {
        let store = ParallelStore(transactionsAtATime: 3)
        let committer = GroupCommitter(store: store, limits: .init(requests: 5))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                // Half of them send their next request before the one before is answered.
                let sender = Sender(committer: committer, caseID: "c-\(number)")
                let atOnce = number.isMultiple(of: 2) ? 4 : 1
                group.addTask {
                    for _ in 0..<(24 / atOnce) {
                        try await withThrowingTaskGroup(of: AppendOutcome.self) { requests in
                            for _ in 0..<atOnce { requests.addTask { try await sender.sendNext() } }
                            for try await outcome in requests { #expect(outcome.head != nil) }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(await store.twiceUnderWay.isEmpty)
        #expect(await store.mostAtATime == 3)
        #expect(await store.largest <= 5)
        for number in 0..<40 {
            #expect(try await store.head(of: #require(CaseID("c-\(number)")))?.version == 24)
        }
    }

    @Test("A case that is being committed holds up nobody else")
    func others() async throws {
        let store = ParallelStore(transactionsAtATime: 2)
        let committer = GroupCommitter(store: store)
        await store.hold("slow")
        let slow = Task { try await committer.append(.opening("slow")) }
        while await store.underWay.isEmpty { await Task.yield() }
        // Behind the first request of its case, and passed over by everybody else's.
        let behind = await send(.opening("slow", at: 1, key: "k1"), to: committer)
        for number in 0..<3 { #expect(try await committer.append(.opening("c-\(number)")).head?.version == 1) }
        #expect(committer.waitingCount == 1)
        await store.release()
        #expect(try await slow.value.head?.version == 1)
        #expect(try await behind.value.get().head?.version == 2)
    }

    /// Decides the next request on the version that the last one will lead to.
    private actor Sender {
        private let committer: GroupCommitter
        private let caseID: String
        private var version = 0

        init(committer: GroupCommitter, caseID: String = "c-1") {
            self.committer = committer
            self.caseID = caseID
        }

        func sendNext() async throws -> AppendOutcome {
            let request = AppendRequest.opening(caseID, at: version, key: "k\(version)")
            version += 1
            return try await committer.append(request)
        }
    }
}

extension AppendOutcome {
    fileprivate var head: Head? {
        if case .appended(let head) = self { head } else { nil }
    }
}

extension Result<AppendOutcome, StoreError> {
    fileprivate var code: StoreError.Code? {
        if case .failure(let error) = self { error.code } else { nil }
    }
}
