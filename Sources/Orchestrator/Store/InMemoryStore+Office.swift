import WorkCalendar

// Tasks, changes and definitions over all cases, then leases, records that expire, and jobs.
extension InMemoryStore: LeaseStore, TransientStore, JobStore {
    public func count(matching filter: SummaryFilter) async throws(StoreError) -> Int {
        try checkOpen("count")
        return contents.count(matching: filter)
    }

    public func tasks(
        of party: String, _ filter: TaskFilter, after cursor: CaseTask?, limit: Int
    ) async throws(StoreError) -> [CaseTask] {
        try checkOpen("tasks")
        return contents.tasks(of: party, filter, after: cursor, limit: limit)
    }

    public func taskCount(
        of party: String, _ filter: TaskFilter, today: LocalDate, horizon: LocalDate
    ) async throws(StoreError) -> TaskCount {
        try checkOpen("taskCount")
        return contents.taskCount(of: party, filter, today: today, horizon: horizon)
    }

    public func latestPosition() async throws(StoreError) -> Int64 {
        try checkOpen("latestPosition")
        return contents.latestPosition
    }

    public func changedCases(after position: Int64, limit: Int) async throws(StoreError) -> [ChangedCase] {
        try checkOpen("changedCases")
        return contents.changedCases(after: position, limit: limit)
    }

    public func definitions(after cursor: DefinitionEntry?, limit: Int) async throws(StoreError) -> [DefinitionEntry] {
        try checkOpen("definitions")
        return contents.definitions(after: cursor, limit: limit)
    }

    // MARK: Leases

    public func claim(_ names: [String], by holder: String, for duration: Duration)
        async throws(StoreError) -> [Lease]
    {
        try checkOpen("claim")
        let now = clock()
        var claimed: [Lease] = []
        for name in names {
            if let lease = try contents.leases.claim(name, by: holder, for: duration, at: now) { claimed.append(lease) }
        }
        return claimed
    }

    public func release(_ lease: Lease) async throws(StoreError) {
        try checkOpen("release")
        contents.leases.release(lease)
    }

    public func leases() async throws(StoreError) -> [HeldLease] {
        try checkOpen("leases")
        return contents.leases.leases(at: clock())
    }

    // MARK: Records that expire

    @discardableResult
    public func put(_ record: TransientRecord, ifAbsent: Bool, at now: Instant) async throws(StoreError) -> Bool {
        try checkOpen("put")
        return try records.put(record, ifAbsent: ifAbsent, at: now)
    }

    public func put(_ records: [TransientRecord]) async throws(StoreError) {
        try checkOpen("put")
        try self.records.put(records)
    }

    public func transient(_ space: String, _ key: String, at now: Instant) async throws(StoreError)
        -> TransientRecord?
    {
        try checkOpen("transient")
        return records.find(space, key, at: now)
    }

    public func transients(
        _ space: String, prefix: String, after cursor: String?, limit: Int, at now: Instant
    ) async throws(StoreError) -> [TransientRecord] {
        try checkOpen("transients")
        return records.list(space, prefix: prefix, after: cursor, limit: limit, at: now)
    }

    @discardableResult
    public func remove(_ space: String, _ key: String) async throws(StoreError) -> Bool {
        try checkOpen("remove")
        return records.remove(space, key)
    }

    @discardableResult
    public func sweep(at now: Instant) async throws(StoreError) -> Int {
        try checkOpen("sweep")
        return records.sweep(at: now) + jobs.sweep(at: now)
    }

    // MARK: Jobs

    public func submit(_ job: JobRecord) async throws(StoreError) -> Bool {
        try checkOpen("submit")
        return try jobs.submit(job)
    }

    public func job(_ id: String) async throws(StoreError) -> JobRecord? {
        try checkOpen("job")
        return jobs.job(id)
    }

    public func claimShards(
        of kinds: [String], by holder: String, limit: Int, for duration: Duration
    ) async throws(StoreError) -> [ClaimedShard] {
        try checkOpen("claimShards")
        return jobs.claim(of: kinds, limit: limit, for: duration, at: clock())
    }

    public func renew(_ shard: ClaimedShard, for duration: Duration) async throws(StoreError) -> Bool {
        try checkOpen("renew")
        return jobs.renew(shard, for: duration, at: clock())
    }

    public func finish(_ shard: ClaimedShard, result: [UInt8]) async throws(StoreError) -> Bool {
        try checkOpen("finish")
        return try jobs.finish(shard, result: result)
    }

    public func fail(_ shard: ClaimedShard, cause: String, parks: Bool) async throws(StoreError) -> Bool {
        try checkOpen("fail")
        return jobs.fail(shard, cause: cause, parks: parks)
    }

    public func results(of job: String, after index: Int?, limit: Int) async throws(StoreError) -> [ShardResult] {
        try checkOpen("results")
        return jobs.results(of: job, after: index, limit: limit)
    }

    public func progress(of job: String) async throws(StoreError) -> JobProgress? {
        try checkOpen("progress")
        return jobs.progress(of: job)
    }

    public func parkedShards(limit: Int) async throws(StoreError) -> [ParkedShard] {
        try checkOpen("parkedShards")
        return jobs.parked(limit: limit)
    }

    public func replay(_ job: String) async throws(StoreError) -> Int {
        try checkOpen("replay")
        return jobs.replay(job)
    }

    public func cancel(_ job: String) async throws(StoreError) -> Bool {
        try checkOpen("cancel")
        return jobs.cancel(job)
    }
}

// Lists and figures.
extension InMemoryStore: ListStore {
    public func putFigures(_ figures: [CaseFigures]) async throws(StoreError) {
        try checkOpen("putFigures")
        try contents.putFigures(figures)
    }

    public func unlistedCases(after cursor: CaseID?, limit: Int) async throws(StoreError) -> [UnlistedCase] {
        try checkOpen("unlistedCases")
        return contents.unlistedCases(after: cursor, limit: limit)
    }

    public func listedCases(
        matching filter: ListFilter, in order: ListOrder, after cursor: ListPlace?, limit: Int
    ) async throws(StoreError) -> [ListedCase] {
        try checkOpen("listedCases")
        return contents.listedCases(matching: filter, in: order, after: cursor, limit: limit)
    }

    public func countListed(matching filter: ListFilter, upTo bound: Int) async throws(StoreError) -> Int {
        try checkOpen("countListed")
        return contents.countListed(matching: filter, upTo: bound)
    }

    public func tallies(after cursor: CaseID?, limit: Int) async throws(StoreError) -> [StoredTally] {
        try checkOpen("tallies")
        return contents.tallies(after: cursor, limit: limit)
    }

    public func handlings(after cursor: CaseID?, limit: Int) async throws(StoreError) -> [StoredTally] {
        try checkOpen("handlings")
        return contents.handlings(after: cursor, limit: limit)
    }

    public func tasks(
        ofOthersThan party: String, _ filter: TaskFilter, limit: Int
    ) async throws(StoreError) -> [CaseTask] {
        try checkOpen("tasks")
        return contents.tasks(ofOthersThan: party, filter, limit: limit)
    }

    public func recentEvents(by actor: String, depth: Int, limit: Int) async throws(StoreError) -> [EventRecord] {
        try checkOpen("recentEvents")
        return contents.recentEvents(by: actor, depth: depth, limit: limit)
    }
}
