// Measures semantic dedup, search and sampling over a file of vectors; see Benchmarks/semantic-dedup/README.md.
import Foundation
import PersonaRecords
import SemanticDedup
import SimilarityKernels
import VectorFiles

func seconds(_ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  let duration = try clock.measure(body)
  return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
}

func option(_ name: String) -> String? {
  guard let place = CommandLine.arguments.firstIndex(of: "--\(name)"), place + 1 < CommandLine.arguments.count
  else { return nil }
  return CommandLine.arguments[place + 1]
}

func number<Value: LosslessStringConvertible>(_ name: String, _ usual: Value) -> Value {
  option(name).flatMap { Value($0) } ?? usual
}

#if canImport(Glibc)
  let thisProcess = __rusage_who_t(RUSAGE_SELF.rawValue)
#else
  let thisProcess = RUSAGE_SELF
#endif

/// Processor seconds of this process so far, all threads.
func processorSeconds() -> Double {
  var usage = rusage()
  unsafe getrusage(thisProcess, &usage)
  return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
}

func peakMegabytes() -> Int {
  var usage = rusage()
  unsafe getrusage(thisProcess, &usage)
  return usage.ru_maxrss / 1024
}

guard CommandLine.arguments.count >= 3 else {
  print(
    "semantic-dedup-benchmark dedup|search|diverse|pairs FILE.npy [--threshold 0.9] [--exact 1] [--threads 2] "
      + "[--count 1000] [--cosine 0.8] [--out DECISIONS]")
  exit(64)
}
let threads = number("threads", 2)
let loop = ParallelLoop(threads: threads)
let file = try VectorFile.open(CommandLine.arguments[2])
let rows = file.vectors
switch CommandLine.arguments[1] {
case "dedup":
  var settings = SemanticDedup.Settings(threshold: number("threshold", 0.9))
  settings.threads = threads
  settings.isExact = option("exact") != nil
  let before = processorSeconds()
  var result: SemanticDedup.Result?
  let took = try seconds {
    result = try SemanticDedup(settings).run(rows, onWiden: { print("widens: recall \($0.recall)") })
  }
  guard let result else { break }
  if let out = option("out") {
    // For each row its representative, or -1: int32 as NumPy's `fromfile` reads it.
    var bytes = Data()
    for decision in result.decisions {
      let number = Int32(decision.representative ?? -1).littleEndian
      unsafe withUnsafeBytes(of: number) { unsafe bytes.append(contentsOf: $0) }
    }
    try bytes.write(to: URL(fileURLWithPath: out))
  }
  print(
    "rows \(rows.count) kept \(result.kept) seconds \(took) cpu \(processorSeconds() - before) megabytes \(peakMegabytes()) "
      + "recall \(result.recall.recall) error \(result.recall.standardError) widened \(result.widened) "
      + "cells \(result.cells) length \(result.length) width \(result.width)")
case "search":
  var times: [Double] = []
  for query in 0..<number("count", 20) {
    let vector = rows.vector(query * 7919 % rows.count)
    times.append(seconds { _ = rows.nearest(to: vector, count: 10, loop) })
  }
  times.sort()
  print("rows \(rows.count) median \(times[times.count / 2]) fastest \(times[0]) slowest \(times[times.count - 1])")
case "diverse":
  let wanted = number("count", 1000)
  var chosen: [NearRow] = []
  let before = processorSeconds()
  let took = seconds { chosen = DiverseRows.choose(wanted, of: rows, seed: 1, loop, onProgress: { _ in }) }
  print(
    "rows \(rows.count) chosen \(chosen.count) last cosine \(chosen.last?.cosine ?? 0) seconds \(took) "
      + "cpu \(processorSeconds() - before)")
case "pairs":
  let before = processorSeconds()
  var found: SimilarPairs.Found?
  let took = seconds {
    found = SimilarPairs.find(
      cosine: number("cosine", 0.8), tolerance: number("tolerance", 0.01), count: number("count", 100), in: rows,
      seed: 1, loop, onProgress: { _, _ in })
  }
  print(
    "rows \(rows.count) pairs \(found?.pairs.count ?? 0) of \(found?.pairCount ?? 0) among \(found?.comparedRows ?? 0) rows "
      + "seconds \(took) cpu \(processorSeconds() - before)")
default: print("dedup, search, diverse or pairs")
}
