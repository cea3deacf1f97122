// The engine alone: client, scheduler, ledger, reply store and output, over prompts of one kilobyte.
//
//   engine-benchmark --url http://127.0.0.1:8000/v1 --calls 20000 --concurrency 256 --directory DIR
//
// Prints one JSON line with the seconds it took. Run it twice on one directory to time a resumption.
import Foundation
import LanguageModels
import PersonaRecords
import RunLedger

@main
struct EngineBenchmark {
  static func main() async throws {
    var options: [String: String] = [:]
    var words = CommandLine.arguments.dropFirst().makeIterator()
    while let name = words.next(), let value = words.next() { options[name] = value }
    guard let url = options["--url"], let directory = options["--directory"] else {
      print("usage: engine-benchmark --url URL --directory DIR [--calls N] [--concurrency N]")
      exit(64)
    }
    let calls = Int(options["--calls"] ?? "") ?? 20_000
    let concurrency = Int(options["--concurrency"] ?? "") ?? 256
    var endpoint = try ChatEndpoint(baseURL: url, key: nil)
    endpoint.concurrency = concurrency
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let start = ContinuousClock.now
    let store = try await ReplyStore(path: "\(directory)/replies.sqlite")
    let records = try await ScheduledModel.withModel("benchmark", at: [endpoint]) { model in
      try await work(ReplyDesk(model, store: store), calls, concurrency, "\(directory)/runs")
    }
    try await store.close()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    print("{\"calls\":\(calls),\"records\":\(records),\"seconds\":\(seconds)}")
  }

  static func work(_ desk: ReplyDesk, _ calls: Int, _ concurrency: Int, _ folder: String) async throws -> Int {
    let filler = String(repeating: "A careful person reads slowly and writes down what counts. ", count: 17)
    let run = try await Run.open(
      RunDescription(command: "benchmark", version: "1", identity: [], settings: [], prompts: []), in: folder)
    var number = 0
    _ = try await run.process(
      width: concurrency, desk: desk, isStopping: { false },
      next: {
        guard number < calls else { return nil }
        number += 1
        return .question(number, identity: UInt64(number))
      },
      request: { (number: Int) in
        ModelRequest(
          model: "benchmark", messages: [Message(role: .user, content: "\(number) \(filler)")],
          sampling: Sampling(maxTokens: 256))
      },
      proceed: { number, calls in
        guard case .reply(let reply) = calls[0].answer else {
          return .settled(.failed(Rejection(id: String(number), reason: "call")))
        }
        var settlement = Settlement()
        settlement.add(Rejection(id: String(number), reason: "", text: reply.text))
        return .settled(settlement)
      },
      onProgress: { _ in })
    try await run.complete()
    let records = run.progress.records
    try run.close()
    return records
  }
}
