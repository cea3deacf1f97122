import PersonaRecords
import ShardFiles
package import SimilarityKernels

extension SurfaceDedup {
  /// What becomes of all rows, for rows that fit into memory.
  package func decisions() -> [DuplicateDecision] {
    precondition(!isSpilled, "rows on the disk are decided on by finish()")
    switch settings.method {
    case .exact:
      return rows.decisions(PartKeys(rows.sets, threshold: settings.threshold, withoutSubsets: true), settings)
    case .minhash: return rows.decisions(settings.bandKeys, settings)
    }
  }

  /// The same, unless it takes more memory than there is.
  /// - Parameter settings: of another threshold or method; what the rows were cut into stays.
  func decisionsIfTheyFit(_ settings: Settings) -> [DuplicateDecision]? {
    guard segments == nil else { return nil }
    switch settings.method {
    case .exact:
      let keys = PartKeys(rows.sets, threshold: settings.threshold, withoutSubsets: true)
      guard memory.map({ rows.byteCount(keys) <= $0 }) ?? true else { return nil }
      onForecast?(keys.forecast)
      return rows.decisions(keys, settings)
    case .minhash:
      let keys = settings.bandKeys
      guard memory.map({ rows.byteCount(keys) <= $0 }) ?? true else { return nil }
      if let onForecast { onForecast(keys.forecast(rows.sets)) }
      return rows.decisions(keys, settings)
    }
  }

  /// What becomes of each row, in input order: in memory if all fits, else block by block from the disk.
  ///
  /// - Parameters:
  ///   - notes: numbers that a resumed run wants to know again.
  ///   - checkpoint: called now and then with the share of the work that is done; what it throws ends the work, and a
  ///     spilled run goes on from its last finished block later.
  /// - Throws: `Problem` when the memory cannot hold what has to be held at once, or the disk is full.
  package mutating func finish(
    notes: [Int] = [], checkpoint: (_ share: Double) throws -> Void = { _ in }
  ) throws -> SurfaceDecisions {
    if let decisions = decisionsIfTheyFit(settings) { return SurfaceDecisions(decisions) }
    guard let memory, let work else { preconditionFailure("without a limit everything fits") }
    try spill(work, withRest: true)
    guard var segments else { return SurfaceDecisions([]) }
    if isRanked { segments = try reordered(segments, work, checkpoint) }
    let state = WorkState(
      stamp: work.stamp, keptCount: rows.keptCount, isReordered: segments.isReordered, segments: segments.segments,
      blocks: [], dictionary: segments.codec.dictionary, notes: notes)
    try state.save(to: work.path)
    return try Self.join(settings, memory: memory, work, state, onForecast, checkpoint)
  }

  /// Goes on with a run that was cut off after all its rows were read; nil when there is none with the folder's stamp.
  package static func resume(
    _ settings: Settings, memory: Int, work: WorkFolder, checkpoint: (_ share: Double) throws -> Void = { _ in }
  ) throws -> (notes: [Int], decisions: SurfaceDecisions)? {
    guard let state = WorkState(folder: work.path, stamp: work.stamp) else { return nil }
    return (state.notes, try join(settings, memory: memory, work, state, nil, checkpoint))
  }

  /// Compares rows that are all on the disk, from the first block that is not finished.
  private static func join(
    _ settings: Settings, memory: Int, _ work: WorkFolder, _ known: WorkState,
    _ onForecast: ((JoinForecast) -> Void)?, _ checkpoint: (Double) throws -> Void
  ) throws -> SurfaceDecisions {
    var state = known
    var shared: SharedKeys?
    if state.blocks.isEmpty {
      let plan = try SpilledJoin(settings: settings, memory: memory, work: work, state: state)
        .plan(onForecast, checkpoint)
      state.blocks = plan.blocks
      shared = plan.shared
      try state.save(to: work.path)
    }
    return try SpilledJoin(settings: settings, memory: memory, work: work, state: state).run(shared, checkpoint)
  }

  /// Writes the rows again in another order, and removes the segments they came from.
  private func reordered(
    _ segments: RowSegments, _ work: WorkFolder, _ checkpoint: (Double) throws -> Void
  ) throws -> RowSegments {
    var ordered = RowSegments(folder: segments.folder, isReordered: true)
    ordered.restore([], dictionary: segments.codec.dictionary)
    var fetcher = RowSegments.Fetcher(segments)
    var sets = WordSets()
    var numbers: [UInt32] = []
    try forEachRowInOrder { row in
      let count = try fetcher.fetch(row)
      sets.appendDistinct(fetcher.words[..<count])
      numbers.append(UInt32(row))
      if isSegment(sets.count, words: sets.words.count) {
        try ordered.append(sets, 0..<sets.count, numbers: numbers)
        sets.removeAll()
        numbers.removeAll(keepingCapacity: true)
        try checkpoint(0)
      }
    }
    if sets.count > 0 { try ordered.append(sets, 0..<sets.count, numbers: numbers) }
    for segment in segments.segments.indices {
      work.remove(String(segments.path(segment).dropFirst(segments.folder.count + 1)))
    }
    return ordered
  }
}

/// The blocks of a run whose rows are on the disk.
struct SpilledJoin {
  let settings: SurfaceDedup.Settings
  /// Bytes to stay below.
  let memory: Int
  let work: WorkFolder
  let state: WorkState
  let rows: RowSegments

  init(settings: SurfaceDedup.Settings, memory: Int, work: WorkFolder, state: WorkState) {
    self.settings = settings
    self.memory = memory
    self.work = work
    self.state = state
    var rows = RowSegments(folder: work.path, isReordered: state.isReordered)
    rows.restore(state.segments, dictionary: state.dictionary)
    self.rows = rows
  }

  /// The keys that the rows call for: from their sizes and a sample that is the same whenever it is taken.
  private func partKeys() throws(Problem) -> PartKeys {
    var rowsOfSize: [Int] = [0]
    for segment in state.segments {
      for (size, count) in segment.sizes {
        if size >= rowsOfSize.count { rowsOfSize += [Int](repeating: 0, count: size + 1 - rowsOfSize.count) }
        rowsOfSize[size] += count
      }
    }
    return PartKeys(
      rowsOfSize: rowsOfSize, sample: try sample(PartKeys.sampleCount(of: rows.rowCount)),
      threshold: settings.threshold)
  }

  /// Rows as blocks, and what tells the keys that one row alone has; nil when there is one block.
  struct Plan {
    var blocks: [Range<Int>]
    var shared: SharedKeys?
  }

  /// Cuts the rows into blocks, and makes sure that the disk has room for the keys they leave.
  func plan(
    _ onForecast: ((JoinForecast) -> Void)?, _ checkpoint: (Double) throws -> Void
  ) throws -> Plan {
    switch settings.method {
    case .exact:
      let keys = try partKeys()
      onForecast?(keys.forecast)
      return try plan(keys, checkpoint)
    case .minhash:
      let keys = settings.bandKeys
      if let onForecast { onForecast(try forecast(keys)) }
      return try plan(keys, checkpoint)
    }
  }

  /// What MinHash is going to take, from some of the rows.
  private func forecast(_ keys: BandKeys) throws(Problem) -> JoinForecast {
    let stored = state.segments.reduce(0) { $0 + BlockPlan.keyCount(of: $1, keys) }
    return keys.forecast(
      try sample(min(rows.rowCount, BandKeys.forecastSampleSize)), of: rows.rowCount, keys: stored)
  }

  /// So many rows, evenly spaced.
  private func sample(_ count: Int) throws(Problem) -> WordSets {
    var sample = WordSets()
    var fetcher = RowSegments.Fetcher(rows)
    for number in 0..<count {
      let words = try fetcher.fetch(number * rows.rowCount / count)
      sample.appendDistinct(fetcher.words[..<words])
    }
    return sample
  }

  /// Memory beside a block: buffers, pairs to verify, what the allocator keeps.
  private var overhead: Int { memory / 10 + min(memory / 10, 32 << 20) }

  private func plan(
    _ keys: some RowKeys, _ checkpoint: (Double) throws -> Void
  ) throws -> Plan {
    let order = state.isReordered ? rows.rowCount * 4 : 0
    let left = memory - overhead - order
    let blocks = try BlockPlan.blocks(state.segments, keys, memory: left)
    if blocks.count == 1 { return Plan(blocks: blocks, shared: nil) }
    let shared = try sharedKeys(keys, checkpoint)
    let shares = try shares(keys, shared)
    let keyCount = zip(state.segments, shares).reduce(0.0) {
      $0 + Double(BlockPlan.keyCount(of: $1.0, keys)) * $1.1.keys
    }
    try work.checkRoom(for: Int(keyCount) * MemoryLayout<KeyLogEntry>.stride)
    return Plan(
      blocks: try BlockPlan.blocks(state.segments, keys, shares: shares, memory: left - shared.sealedByteCount),
      shared: shared)
  }

  /// Takes in the keys of all rows, in seven tenths of the memory, as nothing else is there yet; a seventh of it stays.
  private func sharedKeys(
    _ keys: some RowKeys, _ checkpoint: (Double) throws -> Void
  ) throws -> SharedKeys {
    let keyCount = state.segments.reduce(0) { $0 + BlockPlan.keyCount(of: $1, keys) }
    let shared = SharedKeys(keyCount: keyCount, byteLimit: memory / 7, gatheringLimit: memory * 7 / 10)
    var sets = WordSets()
    for segment in state.segments.indices {
      sets.removeAll()
      try rows.load(segment, into: &sets)
      shared.add(sets, keys)
      try checkpoint(0)
    }
    shared.seal()
    return shared
  }

  /// Rows of each segment that are looked at for its shares.
  private static let shareSampleSize = 4096

  /// By segment: what of it is in its block, from some of its rows, and a little more.
  private func shares(_ keys: some RowKeys, _ shared: SharedKeys) throws -> [BlockPlan.Shares] {
    var fetcher = RowSegments.Fetcher(rows)
    var sample = WordSets()
    var sharing = WordSets()
    var made = SharedRowKeys()
    var places: [UInt32] = []
    return try state.segments.map { segment throws(Problem) in
      sample.removeAll()
      sharing.removeAll()
      made.removeAll()
      places.removeAll(keepingCapacity: true)
      var all = 0
      let size = RowSegments.groupSize
      let step = max(1, segment.rows.count / Self.shareSampleSize)
      for row in segment.rows where (row - segment.rows.lowerBound) / size % step == 0 {
        let count = try fetcher.fetch(row)
        if count > 0 { all += 1 + keys.storedKeyCount(ofSize: count) }
        sample.appendDistinct(fetcher.words[..<count])
      }
      made.takeSharing(sample, from: 0, keys, shared, into: &sharing, &places)
      let stored = (0..<sharing.count).reduce(0) { $0 + made.storedKeyCount(of: $1) }
      func share(_ part: Int, of whole: Int) -> Double { min(1, Double(part) / Double(max(whole, 1)) * 1.1 + 0.02) }
      return BlockPlan.Shares(
        keys: share(stored, of: all), rows: share(sharing.count, of: sample.count),
        words: share(sharing.words.count, of: sample.words.count))
    }
  }

  /// - Parameter shared: from the plan, if it was just made.
  func run(_ shared: SharedKeys?, _ checkpoint: (Double) throws -> Void) throws -> SurfaceDecisions {
    switch settings.method {
    case .exact: try run(try partKeys(), shared, checkpoint)
    case .minhash: try run(settings.bandKeys, shared, checkpoint)
    }
    return SurfaceDecisions(
      folder: work.path, blockEnds: state.blocks.map { state.segments[$0].last?.rows.upperBound ?? 0 },
      isReordered: state.isReordered)
  }

  private func run(
    _ keys: some RowKeys, _ planned: SharedKeys?, _ checkpoint: (Double) throws -> Void
  ) throws {
    var shared = planned
    let isFinished = state.blocks.indices.allSatisfy {
      WorkFiles.stamp(of: WorkNames.drops($0, in: work.path)) != nil
    }
    if shared == nil && state.blocks.count > 1 && !isFinished {
      shared = try sharedKeys(keys, checkpoint)
    }
    var numbers: [UInt32] = []
    if state.isReordered {
      numbers.reserveCapacity(rows.rowCount)
      for segment in rows.segments.indices { numbers += try rows.numbers(segment) }
    }
    try withoutActuallyEscaping(checkpoint) { checkpoint in
      let blocks = RowBlocks(
        rows: rows, blocks: state.blocks, keys: keys, shared: shared, threshold: settings.threshold,
        keptCount: state.keptCount,
        folder: work.path, numbers: numbers,
        checkpoint: { block, share in try checkpoint((Double(block) + share) / Double(state.blocks.count)) })
      try blocks.run()
    }
  }
}
