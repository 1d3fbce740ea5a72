/// A computation in equal parts that any node may do (计算任务): a simulation, an advice.
public struct JobRecord: Hashable, Sendable {
    /// Most parts of one job.
    public static let shardLimit = 10_000
    /// Most bytes of a specification, and of the result of one part: 4 MiB.
    public static let byteLimit = 4 << 20
    /// How long a job that is done or cancelled can be looked at: 7 days.
    public static let keptAfterEnd = Duration.seconds(7 * 86_400)
    /// How long after its beginning a job goes that never ended: 30 days.
    public static let keptOpen = Duration.seconds(30 * 86_400)

    /// Two requests for the same computation have the same id and share one job: 1 to 128 characters of
    /// `[A-Za-z0-9._:-]`.
    public var id: String
    /// What is computed: 1 to 64 characters of `[A-Za-z0-9._:-]`.
    public var kind: String
    /// On what, in bytes of the worker's choice.
    public var spec: [UInt8]
    /// In how many parts: 1 to ``shardLimit``.
    public var shards: Int
    public var createdAt: Instant

    public init(id: String, kind: String, spec: [UInt8], shards: Int, createdAt: Instant) {
        self.id = id
        self.kind = kind
        self.spec = spec
        self.shards = shards
        self.createdAt = createdAt
    }

    /// Why no store may take this job, or `nil`.
    public var defect: String? {
        if !Token.isValid(id, limit: 128) { return "'\(id)' is no id of a job" }
        if !Token.isValid(kind, limit: 64) { return "'\(kind)' is no kind of job" }
        if spec.count > Self.byteLimit { return "the specification has more than \(Self.byteLimit) bytes" }
        if !(1...Self.shardLimit).contains(shards) { return "a job has 1 to \(Self.shardLimit) shards" }
        return nil
    }
}

/// A part of a job that a worker has taken on (分片).
public struct ClaimedShard: Hashable, Sendable {
    /// The id of the job.
    public var job: String
    /// From 0.
    public var index: Int
    /// Grows with every claim: only the latest may finish it.
    public var token: Int64
    /// How often it was claimed and neither finished nor given back, this time included.
    public var attempts: Int

    public init(job: String, index: Int, token: Int64, attempts: Int) {
        self.job = job
        self.index = index
        self.token = token
        self.attempts = attempts
    }
}

/// What one part of a job came to.
public struct ShardResult: Hashable, Sendable {
    public var index: Int
    public var result: [UInt8]

    public init(index: Int, result: [UInt8]) {
        self.index = index
        self.result = result
    }
}

/// A part that was given up until somebody has it tried again.
public struct ParkedShard: Hashable, Sendable {
    public var job: String
    public var index: Int
    public var attempts: Int
    public var cause: String

    public init(job: String, index: Int, attempts: Int, cause: String) {
        self.job = job
        self.index = index
        self.attempts = attempts
        self.cause = cause
    }
}

/// How far a job is.
public struct JobProgress: Hashable, Sendable {
    public var done: Int
    /// Given up for now.
    public var parked: Int
    public var total: Int
    public var isCancelled: Bool

    public init(done: Int, parked: Int, total: Int, isCancelled: Bool) {
        self.done = done
        self.parked = parked
        self.total = total
        self.isCancelled = isCancelled
    }
}

/// Jobs whose parts any number of nodes do, each part with one effect.
///
/// A part whose worker died is claimed again when its time is over, in the store's own time; a finished one never.
///
/// ``TransientStore/sweep(at:)`` notes when it finds a job over, and removes those over for
/// ``JobRecord/keptAfterEnd`` or begun ``JobRecord/keptOpen`` ago, with their parts.
public protocol JobStore: Sendable {
    /// Takes a job.
    ///
    /// - Returns: `false` if one with this id is there already, whatever it is; nothing was changed then.
    /// - Throws: `rejected` if the job has a ``JobRecord/defect``.
    func submit(_ job: JobRecord) async throws(StoreError) -> Bool

    func job(_ id: String) async throws(StoreError) -> JobRecord?

    /// Claims open parts of jobs of some kinds, the oldest job's first, in order of index.
    func claimShards(
        of kinds: [String], by holder: String, limit: Int, for duration: Duration
    ) async throws(StoreError) -> [ClaimedShard]

    /// Keeps a claimed part for longer.
    ///
    /// - Returns: `false` if somebody else has it, it is finished or parked, or the job was cancelled.
    func renew(_ shard: ClaimedShard, for duration: Duration) async throws(StoreError) -> Bool

    /// Keeps the result of a part.
    ///
    /// - Returns: `false` if somebody else has claimed it since, or it is finished; the result is thrown away then.
    func finish(_ shard: ClaimedShard, result: [UInt8]) async throws(StoreError) -> Bool

    /// Gives a part back that could not be done.
    ///
    /// - Parameter parks: whether it waits for ``replay(_:)`` instead of being claimed again.
    /// - Returns: `false` if somebody else has claimed it since, or it is finished.
    func fail(_ shard: ClaimedShard, cause: String, parks: Bool) async throws(StoreError) -> Bool

    /// Results by index, those after `index`, at most `limit`; parts that are not done are left out.
    func results(of job: String, after index: Int?, limit: Int) async throws(StoreError) -> [ShardResult]

    /// `nil` if there is no such job.
    func progress(of job: String) async throws(StoreError) -> JobProgress?

    /// Parts that were given up, oldest job first, at most `limit`.
    func parkedShards(limit: Int) async throws(StoreError) -> [ParkedShard]

    /// Has the parked parts of a job tried again, with no attempts counted.
    ///
    /// - Returns: how many those are.
    func replay(_ job: String) async throws(StoreError) -> Int

    /// Lets no part of a job be claimed any more.
    ///
    /// - Returns: `false` if there is no such job or it was cancelled before.
    func cancel(_ job: String) async throws(StoreError) -> Bool
}

/// Jobs in the plainest form: the reference for all stores.
struct JobContents {
    private enum Standing {
        case open
        case done([UInt8])
        case parked
    }

    private struct Shard {
        var standing = Standing.open
        var token: Int64 = 0
        var ends = Instant(milliseconds: .min)
        var attempts = 0
        var cause = ""
    }

    private struct Job {
        let record: JobRecord
        var shards: [Shard]
        var isCancelled = false
        var endedAt: Instant?

        var isOver: Bool {
            isCancelled
                || shards.allSatisfy { shard in if case .done = shard.standing { true } else { false } }
        }
    }

    private var jobs: [Job] = []

    private func place(of id: String) -> Int? { jobs.firstIndex { $0.record.id == id } }

    mutating func submit(_ job: JobRecord) throws(StoreError) -> Bool {
        if let defect = job.defect { throw StoreError(.rejected, operation: "submit", underlying: defect) }
        if place(of: job.id) != nil { return false }
        jobs.append(Job(record: job, shards: Array(repeating: Shard(), count: job.shards)))
        return true
    }

    mutating func sweep(at now: Instant) -> Int {
        for place in jobs.indices where jobs[place].endedAt == nil && jobs[place].isOver { jobs[place].endedAt = now }
        let before = jobs.count
        jobs.removeAll { job in
            (job.endedAt.map { $0 <= now.adding(JobRecord.keptAfterEnd * -1) } ?? false)
                || job.record.createdAt <= now.adding(JobRecord.keptOpen * -1)
        }
        return before - jobs.count
    }

    func job(_ id: String) -> JobRecord? { place(of: id).map { jobs[$0].record } }

    mutating func claim(of kinds: [String], limit: Int, for duration: Duration, at now: Instant) -> [ClaimedShard] {
        var claimed: [ClaimedShard] = []
        for (place, job) in jobs.enumerated() where !job.isCancelled && kinds.contains(job.record.kind) {
            for (index, shard) in job.shards.enumerated() where claimed.count < limit && shard.ends <= now {
                guard case .open = shard.standing else { continue }
                jobs[place].shards[index].token += 1
                jobs[place].shards[index].attempts += 1
                jobs[place].shards[index].ends = now.adding(duration)
                claimed.append(
                    ClaimedShard(
                        job: job.record.id, index: index, token: shard.token + 1, attempts: shard.attempts + 1))
            }
        }
        return claimed
    }

    /// Changes a part that is still its worker's.
    private mutating func change(_ shard: ClaimedShard, _ body: (inout Shard) -> Void) -> Bool {
        guard let place = place(of: shard.job), jobs[place].shards.indices.contains(shard.index),
            case .open = jobs[place].shards[shard.index].standing, jobs[place].shards[shard.index].token == shard.token
        else { return false }
        body(&jobs[place].shards[shard.index])
        return true
    }

    mutating func renew(_ shard: ClaimedShard, for duration: Duration, at now: Instant) -> Bool {
        guard let place = place(of: shard.job), !jobs[place].isCancelled else { return false }
        return change(shard) { $0.ends = now.adding(duration) }
    }

    mutating func finish(_ shard: ClaimedShard, result: [UInt8]) throws(StoreError) -> Bool {
        if result.count > JobRecord.byteLimit {
            throw StoreError(.rejected, operation: "finish", underlying: "the result is too long")
        }
        return change(shard) { $0.standing = .done(result) }
    }

    mutating func fail(_ shard: ClaimedShard, cause: String, parks: Bool) -> Bool {
        change(shard) {
            $0.cause = cause
            $0.ends = Instant(milliseconds: .min)
            if parks { $0.standing = .parked }
        }
    }

    func results(of job: String, after index: Int?, limit: Int) -> [ShardResult] {
        guard let place = place(of: job) else { return [] }
        let done = jobs[place].shards.enumerated().lazy.compactMap { position, shard -> ShardResult? in
            guard position > index ?? -1, case .done(let result) = shard.standing else { return nil }
            return ShardResult(index: position, result: result)
        }
        return Array(done.prefix(max(0, limit)))
    }

    func progress(of id: String) -> JobProgress? {
        guard let place = place(of: id) else { return nil }
        var progress = JobProgress(
            done: 0, parked: 0, total: jobs[place].shards.count, isCancelled: jobs[place].isCancelled)
        for shard in jobs[place].shards {
            switch shard.standing {
            case .open: break
            case .done: progress.done += 1
            case .parked: progress.parked += 1
            }
        }
        return progress
    }

    func parked(limit: Int) -> [ParkedShard] {
        let parked = jobs.lazy.flatMap { job in
            job.shards.enumerated().compactMap { index, shard -> ParkedShard? in
                guard case .parked = shard.standing else { return nil }
                return ParkedShard(job: job.record.id, index: index, attempts: shard.attempts, cause: shard.cause)
            }
        }
        return Array(parked.prefix(max(0, limit)))
    }

    mutating func replay(_ job: String) -> Int {
        guard let place = place(of: job) else { return 0 }
        var count = 0
        for index in jobs[place].shards.indices {
            guard case .parked = jobs[place].shards[index].standing else { continue }
            jobs[place].shards[index].standing = .open
            jobs[place].shards[index].attempts = 0
            count += 1
        }
        return count
    }

    mutating func cancel(_ job: String) -> Bool {
        guard let place = place(of: job), !jobs[place].isCancelled else { return false }
        jobs[place].isCancelled = true
        return true
    }
}
