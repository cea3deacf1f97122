import Corpus
import Foundation
import PersonaRecords
import ShardFiles

// One pass of one of our readers over one file, for measure.py: prints counts and seconds as one JSON object.
//
//   reader-benchmark lines|rows|field|corpus FILE… [--print]

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
  print("usage: reader-benchmark lines|rows|field|corpus FILE… [--print]")
  exit(64)
}
let paths = arguments.dropFirst(2).filter { $0 != "--print" }
let printsRecords = arguments.contains("--print")
let clock = ContinuousClock()
var records = 0
var rejected = 0
var characters = 0
let start = clock.now
do {
  for path in paths where arguments[1] != "corpus" {
    switch arguments[1] {
    case "lines":
      let reader = try LineReader(path: path)
      while let event = try reader.next() {
        if case .line(let line) = event { characters += line.bytes.count }
        records += 1
      }
    case "rows":
      let reader = try JSONLinesReader(path: path)
      while let event = try reader.next() {
        if case .row(let row) = event {
          characters += row.value["text"]?.stringValue?.utf8.count ?? 0
        } else {
          rejected += 1
        }
        records += 1
      }
    default:
      let reader = try JSONLinesReader(path: path)
      let scanner = JSONFieldScanner(keys: ["text"])
      while let event = try reader.nextLine() {
        if case .line(let line) = event, let field = try? scanner.fields(in: line.bytes)?.first {
          characters += field.stringValue?.utf8.count ?? 0
        } else {
          rejected += 1
        }
        records += 1
      }
    }
  }
  if arguments[1] == "corpus" {
    var settings = CorpusSettings()
    if let key = ProcessInfo.processInfo.environment["TEXT_KEY"] { settings.textKey = key }
    let reader = CorpusReader(inputs: paths.map { CorpusInput($0) }, settings: settings)
    while let event = try reader.next() {
      switch event {
      case .document(let document):
        characters += document.text.utf8.count
        records += 1
        if printsRecords { print(String(decoding: document.jsonLine, as: UTF8.self)) }
      case .rejected(let rejection):
        rejected += 1
        if printsRecords { print(rejection.problem) }
      }
    }
    if printsRecords { print(reader.counts) }
  }
} catch {
  print(error)
  exit(1)
}
let elapsed = clock.now - start
let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
print(
  "{\"records\":\(records),\"rejected\":\(rejected),\"textBytes\":\(characters),\"seconds\":\(seconds)}")
