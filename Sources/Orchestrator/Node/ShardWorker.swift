import Logging

/// Does the parts of one kind of job (计算分片).
public protocol ShardWorker: Sendable {
    var kind: String { get }
    /// What a part comes to: the same bytes on every node, whatever was done before.
    ///
    /// Must look at cancellation now and then: that is how a cancelled job and the deadline end it.
    func result(of job: JobRecord, shard: Int) async throws -> [UInt8]
}

/// Claims parts of jobs and does them, so many at a time (计算任务办理).
struct ShardWork: Sendable {
    let store: any OfficeStore
    let workers: [String: any ShardWorker]
    let node: String
    let timeToLive: Duration
    /// After which a part is given up.
    let deadline: Duration
    let meters: NodeMeters
    let logger: Logger

    /// Does what one claim brings.
    ///
    /// - Returns: how many parts were finished.
    func work(limit: Int) async throws -> Int {
        let (kinds, store, node, timeToLive) = (workers.keys.sorted(), store, node, timeToLive)
        let shards = try await StoreDeadline.within("claimShards") { () async throws(StoreError) in
            try await store.claimShards(of: kinds, by: node, limit: limit, for: timeToLive)
        }
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            for shard in shards { group.addTask { try await work(on: shard) } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    private func work(on shard: ClaimedShard) async throws -> Bool {
        guard shard.attempts <= Parking.tries else {
            try await fail(shard, cause: "its worker ended \(Parking.tries) times", parks: true)
            return false
        }
        let known = try await StoreDeadline.within("job") { [store] () async throws(StoreError) in
            try await store.job(shard.job)
        }
        guard let job = known, let worker = workers[job.kind] else { return false }
        do {
            guard let result = try await held(shard, { try await worker.result(of: job, shard: shard.index) }) else {
                return false
            }
            let isMine = try await StoreDeadline.within("finish") { [store] () async throws(StoreError) in
                try await store.finish(shard, result: result)
            }
            if isMine { meters.shards.add(1) }
            return isMine
        } catch let error as StoreError {
            throw error
        } catch {
            if Task.isCancelled {
                try? await fail(shard, cause: "the node stopped", parks: false)
                return false
            }
            let cause = TimerWork.cause(error)
            logger.warning(
                "a part of a job failed",
                metadata: ["job": "\(shard.job)", "shard": "\(shard.index)", "cause": "\(cause)"])
            try await fail(shard, cause: cause, parks: shard.attempts >= Parking.tries)
            return false
        }
    }

    private func fail(_ shard: ClaimedShard, cause: String, parks: Bool) async throws(StoreError) {
        let store = store
        try await StoreDeadline.within("fail") { () async throws(StoreError) in
            _ = try await store.fail(shard, cause: cause, parks: parks)
        }
    }

    /// Does something while the part is kept; `nil` when it was lost meanwhile or its job cancelled.
    private func held(
        _ shard: ClaimedShard, _ body: @escaping @Sendable () async throws -> [UInt8]
    ) async throws -> [UInt8]? {
        try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                let end = ContinuousClock.now + deadline
                while ContinuousClock.now < end {
                    try await Task.sleep(for: timeToLive / 4)
                    let isKept = try await StoreDeadline.within("renew") {
                        [store, timeToLive] () async throws(StoreError) in
                        try await store.renew(shard, for: timeToLive)
                    }
                    guard isKept else { return nil }
                }
                throw ShardTimeout()
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}

/// A part took longer than it may.
struct ShardTimeout: Error {}
