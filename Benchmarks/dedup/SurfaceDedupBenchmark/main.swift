import PersonaRecords
import SimilarityKernels
import SurfaceDedup

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// Surface dedup from file to file, with the CPU time of each part. For the side-by-side see compare.py.
//
//   surface-dedup-benchmark dedup IN.jsonl OUT.jsonl [threshold 0.9] [exact|minhash] [megabytes 2048]
//   surface-dedup-benchmark signatures IN.jsonl OUT.npy
//   surface-dedup-benchmark candidates IN.jsonl THRESHOLD     what each way to make keys costs
//   surface-dedup-benchmark words IN.jsonl     for oracle.py
//   surface-dedup-benchmark pairs IN.jsonl THRESHOLD     all near-copies, for compare.py
//   surface-dedup-benchmark check IN.jsonl [threshold 0.9] [exact|minhash]     compares with brute force

/// `RUSAGE_SELF`, which is a macro in one C library and an enum in another.
let ofThisProcess: Int32 = 0

/// CPU seconds of all threads so far.
func cpuSeconds() -> Double {
  var usage = rusage()
  // Safe: getrusage fills the struct it is given.
  unsafe getrusage(ofThisProcess, &usage)
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
  return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// Largest memory of this process so far, in megabytes.
func peakMegabytes() -> Int {
  var usage = rusage()
  // Safe: as above.
  unsafe getrusage(ofThisProcess, &usage)
  return usage.ru_maxrss / 1024
}

func settings(_ arguments: ArraySlice<String>) throws -> SurfaceDedup.Settings {
  SurfaceDedup.Settings(
    threshold: try JaccardThreshold(arguments.first ?? "0.9"),
    method: arguments.dropFirst().first.flatMap(SurfaceDedup.Method.init))
}

/// What the command `dedup` does, and only the kept lines are written, as other tools do.
func dedup(_ input: String, _ output: String, _ memory: Int, _ settings: SurfaceDedup.Settings) throws {
  let start = ContinuousClock.now
  let clock = PhaseClock()
  let dedup = FileDedup(input: input, settings: settings, memory: memory << 20) { clock.see($0.phase.rawValue) }
  let counts = try dedup.run(
    to: FileDedup.Outputs(kept: output), workPath: output + ".dedup-work")
  clock.see("end")
  let end = cpuSeconds()
  print(
    "rows \(counts.read), kept \(counts.kept)\(counts.isSpilled ? ", spilled" : ""); \(clock.text(counts.read)); "
      + "\(Int(Double(counts.read) / end)) rows per CPU-second, wall \(ContinuousClock.now - start), peak \(peakMegabytes()) MB"
  )
}

/// CPU seconds by phase.
final class PhaseClock: @unchecked Sendable {  // One thread calls it.
  private var phase = ""
  private var since = 0.0
  private var phases: [(String, Double)] = []

  func see(_ name: String) {
    guard name != phase else { return }
    let now = cpuSeconds()
    if phase != "" { phases.append((phase, now - since)) }
    phase = name
    since = now
  }

  func text(_ rows: Int) -> String {
    phases.map { "\($0.0) \(Int($0.1 * 1e9 / Double(max(rows, 1)))) ns" }.joined(separator: ", ")
  }
}

func signatures(_ input: String, _ output: String) throws {
  let counts = try SignatureFile(input: input, hasher: MinHasher(length: PaperSettings.signatureLength)).write(
    to: output)
  print(
    "rows \(counts.signed); \(Int(Double(counts.signed) / cpuSeconds())) rows per CPU-second, peak \(peakMegabytes()) MB"
  )
}

func check(_ input: String, _ settings: SurfaceDedup.Settings) throws {
  var dedup = SurfaceDedup(settings)
  var sets = WordSets()
  var scanner = ShingleScanner()
  try PersonaLines.forEachText(in: input) { text in
    try dedup.add(utf8: text)
    scanner.scan(utf8: text)
    sets.append(scanner)
  }
  let fast = dedup.decisions()
  let plain = SurvivorSearch.reference(sets, threshold: settings.threshold)
  let dropped = plain.count { $0.representative != nil }
  let differing = fast.indices.count { fast[$0] != plain[$0] }
  let survivors = fast.indices.count { (fast[$0].representative == nil) != (plain[$0].representative == nil) }
  print(
    "threshold \(settings.threshold), \(settings.method.rawValue): rows \(sets.count), brute force drops \(dropped), "
      + "we drop \(fast.count { $0.representative != nil }); rows decided otherwise \(survivors), "
      + "with another representative \(differing - survivors)")
}

/// What each way to make keys costs on a file, all rows counted: the table in docs/dedup.md.
func candidates(_ input: String, _ threshold: JaccardThreshold) throws {
  var sets = WordSets()
  var scanner = ShingleScanner()
  try PersonaLines.forEachText(in: input) { text in
    scanner.scan(utf8: text)
    sets.append(scanner)
  }
  print("| d | k | keys per row | rows | candidates | chosen |\n|---|---|---|---:|---:|---|")
  for way in PartKeys(sets, threshold: threshold).measuredCandidates(sets) {
    print(
      "| \(way.differences) | \(way.parts) | \(way.keys) | \(way.rows) | \(way.candidates) | \(way.isChosen ? "yes" : "") |"
    )
  }
}

/// Prints the words of every row as hashes, `ROW,HASH`: what oracle.py joins in DuckDB.
func words(_ input: String) throws {
  var sets = WordSets()
  var scanner = ShingleScanner()
  try PersonaLines.forEachText(in: input) { text in
    scanner.scan(utf8: text)
    sets.append(scanner)
  }
  var lines = "row,word\n"
  for row in 0..<sets.count {
    for word in sets.words[sets.range(of: row)] { lines += "\(row),\(word)\n" }
    if lines.utf8.count > 1 << 20 {
      print(lines, terminator: "")
      lines = ""
    }
  }
  print(lines, terminator: "")
}

/// Prints every pair of rows at or above the threshold, rows counted from 0: what compare.py judges by.
///
/// A prefix join, which shares no code with the stage but the words: of two sets with at least i common words in one fixed
/// order, the first m − i + 1 words of each have one in common. Words are ordered rarest first.
func pairs(_ input: String, _ threshold: JaccardThreshold) throws {
  var scanner = ShingleScanner()
  var vocabulary: [UInt64: UInt32] = [:]
  var rows: [[UInt32]] = []
  try PersonaLines.forEachText(in: input) { text in
    scanner.scan(utf8: text)
    var numbers: Set<UInt32> = []
    for hash in scanner.hashes {
      let next = UInt32(vocabulary.count)
      numbers.insert(vocabulary[hash, default: next])
      if vocabulary[hash] == nil { vocabulary[hash] = next }
    }
    rows.append(numbers.sorted())
  }
  var frequency = [Int](repeating: 0, count: vocabulary.count)
  for row in rows { for word in row { frequency[Int(word)] += 1 } }
  for row in rows.indices {
    rows[row].sort { (frequency[Int($0)], $0) < (frequency[Int($1)], $1) }
  }
  var rowsOfWord = [[Int]](repeating: [], count: vocabulary.count)
  for (row, words) in rows.enumerated() where !words.isEmpty {
    let smallest = (words.count * threshold.numerator + threshold.denominator - 1) / threshold.denominator
    let prefix = words.prefix(words.count - threshold.neededIntersection(words.count, smallest) + 1)
    var candidates: Set<Int> = []
    for word in prefix { candidates.formUnion(rowsOfWord[Int(word)]) }
    let set = Set(words)
    for other in candidates.sorted() where rows[other].count >= smallest {
      let common = rows[other].count { set.contains($0) }
      if threshold.isReached(intersection: common, union: words.count + rows[other].count - common) {
        print(other, row)
      }
    }
    for word in prefix { rowsOfWord[Int(word)].append(row) }
  }
}

let arguments = CommandLine.arguments.dropFirst()
do {
  switch (arguments.first, arguments.count) {
  case ("dedup", 3...):
    try dedup(
      arguments[2], arguments[3], arguments.count > 5 ? Int(arguments[6]) ?? 2048 : 2048,
      try settings(arguments.dropFirst(3).prefix(2)))
  case ("signatures", 3): try signatures(arguments[2], arguments[3])
  case ("candidates", 3): try candidates(arguments[2], try JaccardThreshold(arguments[3]))
  case ("words", 2): try words(arguments[2])
  case ("pairs", 3): try pairs(arguments[2], try JaccardThreshold(arguments[3]))
  case ("check", 2...): try check(arguments[2], try settings(arguments.dropFirst(2)))
  default:
    print(
      "usage: dedup IN OUT [threshold] [method] [megabytes] | signatures IN OUT | pairs IN threshold | check IN [threshold] [method]"
    )
    exit(64)
  }
} catch {
  print("\(error)")
  exit(1)
}
