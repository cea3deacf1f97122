// swift-tools-version: 6.2
import PackageDescription

// The rooms of the house, in the order in which they may use each other: a room uses only rooms listed above it,
// arrows never point up a layer, and a stage never uses another stage. `checkArrows()` stops the build otherwise.
let rooms: [Room] = [
  Room("PersonaRecords", .records, "Sources/Records", products: [.crypto]),

  Room(
    "SimilarityKernels", .tools, "Sources/Tools/SimilarityKernels", uses: ["PersonaRecords"],
    libraries: ["MinHashLanes", "TextLanes", "VectorLanes"]),
  Room("Processes", .tools, "Sources/Tools/Processes"),
  Room("MatrixProducts", .tools, "Sources/Tools/MatrixProducts", libraries: ["FloatLanes"]),
  Room(
    "ShardFiles", .tools, "Sources/Tools/ShardFiles", uses: ["PersonaRecords", "Processes"],
    libraries: ["CZlib", "CZstd", "TextLanes"], products: [.crypto]),
  Room(
    "VectorFiles", .tools, "Sources/Tools/VectorFiles", uses: ["PersonaRecords", "SimilarityKernels", "ShardFiles"]),
  Room("Languages", .tools, "Sources/Tools/Languages", uses: ["PersonaRecords"]),
  Room(
    "Embeddings", .tools, "Sources/Tools/Embeddings", uses: ["PersonaRecords", "MatrixProducts"],
    libraries: ["FloatLanes"], products: [.crypto]),
  Room(
    "BuiltinModel", .tools, "Sources/Tools/LanguageModels/Builtin", uses: ["PersonaRecords", "Languages"]),
  Room(
    "StandInServer", .tools, "Sources/Tools/LanguageModels/StandIn", uses: ["PersonaRecords", "BuiltinModel"],
    products: [.nioCore, .nioPosix, .nioHTTP1]),
  Room(
    "LanguageModels", .tools, "Sources/Tools/LanguageModels", uses: ["PersonaRecords", "BuiltinModel"],
    products: [
      .crypto, .asyncHTTPClient, .nioCore, .nioPosix, .nioHTTP1, .nioSSL, .mustache, .metrics, .tracing,
    ],
    exclude: ["Builtin", "StandIn"]),
  Room(
    "RunLedger", .tools, "Sources/Tools/RunLedger", uses: ["PersonaRecords", "ShardFiles", "LanguageModels"],
    products: [.crypto, .grdb]),
  Room(
    "HubStore", .tools, "Sources/Tools/HubStore",
    uses: ["PersonaRecords", "SimilarityKernels", "ShardFiles", "VectorFiles"], products: [.crypto, .grdb]),
  Room("ProgramSandbox", .tools, "Sources/Tools/ProgramSandbox", uses: ["PersonaRecords", "Processes"]),
  Room("Charts", .tools, "Sources/Tools/Charts"),
  Room("JSONSchemas", .tools, "Sources/Tools/JSONSchemas", uses: ["PersonaRecords"]),

  Room(
    "Corpus", .stages, "Sources/Stages/1-HubBuilding/1-Corpus", uses: ["PersonaRecords", "ShardFiles", "Languages"]),
  Room(
    "TextToPersona", .stages, "Sources/Stages/1-HubBuilding/2-TextToPersona",
    uses: ["PersonaRecords", "LanguageModels"]),
  Room(
    "PersonaToPersona", .stages, "Sources/Stages/1-HubBuilding/3-PersonaToPersona",
    uses: ["PersonaRecords", "LanguageModels"]),
  Room(
    "QualityFilter", .stages, "Sources/Stages/1-HubBuilding/4-QualityFilter",
    uses: ["PersonaRecords", "Languages"]),
  Room(
    "SurfaceDedup", .stages, "Sources/Stages/1-HubBuilding/5-SurfaceDedup",
    uses: ["PersonaRecords", "SimilarityKernels", "ShardFiles"], libraries: ["TextLanes"]),
  Room(
    "SemanticDedup", .stages, "Sources/Stages/1-HubBuilding/6-SemanticDedup",
    uses: ["PersonaRecords", "SimilarityKernels"]),
  Room("Sampler", .stages, "Sources/Stages/2-Synthesis/1-Sampler", uses: ["PersonaRecords"]),
  Room(
    "Recipes", .stages, "Sources/Stages/2-Synthesis/2-Recipes",
    uses: ["PersonaRecords", "LanguageModels", "JSONSchemas"],
    products: [.crypto, .yams]),
  Room(
    "Conversation", .stages, "Sources/Stages/2-Synthesis/3-Conversation",
    uses: ["PersonaRecords", "SimilarityKernels", "LanguageModels"]),
  Room(
    "Checks", .stages, "Sources/Stages/2-Synthesis/4-Checks",
    uses: ["PersonaRecords", "SimilarityKernels", "Languages", "ProgramSandbox"]),
  Room("Dataset", .stages, "Sources/Stages/2-Synthesis/5-Dataset", uses: ["PersonaRecords", "Languages"]),
  Room(
    "Panel", .stages, "Sources/Stages/2-Synthesis/8-Panel", uses: ["PersonaRecords", "SimilarityKernels"],
    products: [.yams]),
  Room("FlowReport", .stages, "Sources/Stages/2-Synthesis/6-FlowReport", uses: ["PersonaRecords", "Charts"]),
  Room(
    "DatasetReport", .stages, "Sources/Stages/2-Synthesis/7-DatasetReport",
    uses: ["PersonaRecords", "SimilarityKernels", "Languages", "Charts", "JSONSchemas"]),

  Room(
    "PersonaHub", .front, "Sources/PersonaHub",
    uses: [
      "PersonaRecords", "SimilarityKernels", "Embeddings", "ShardFiles", "VectorFiles", "Languages", "StandInServer",
      "LanguageModels", "RunLedger", "HubStore", "JSONSchemas", "Corpus", "TextToPersona", "PersonaToPersona",
      "QualityFilter",
      "SurfaceDedup", "SemanticDedup", "Sampler", "Recipes",
      "Conversation", "Checks", "Dataset", "Panel", "FlowReport", "DatasetReport",
    ],
    products: [.crypto, .yams], resources: [.copy("Resources")]),

  Room(
    "PersonaCommands", .apps, "Sources/Apps/PersonaCommands", uses: ["PersonaRecords", "PersonaHub"],
    products: [.argumentParser, .yams]),
]

// MARK: - What a room is, and the check of its arrows

struct Room {
  enum Layer: Int {
    case records, tools, stages, front, apps
  }

  let name: String
  let layer: Layer
  let path: String
  let uses: [String]
  let libraries: [String]
  let products: [Target.Dependency]
  let exclude: [String]
  let resources: [Resource]

  init(
    _ name: String, _ layer: Layer, _ path: String, uses: [String] = [], libraries: [String] = [],
    products: [Target.Dependency] = [], exclude: [String] = [], resources: [Resource] = []
  ) {
    self.name = name
    self.layer = layer
    self.path = path
    self.uses = uses
    self.libraries = libraries
    self.products = products
    self.exclude = exclude
    self.resources = resources
  }
}

func checkArrows() {
  for (place, room) in rooms.enumerated() {
    for used in room.uses {
      guard let usedPlace = rooms.firstIndex(where: { $0.name == used }) else {
        fatalError("Package.swift: \(room.name) uses \(used), and there is no such room; list it, or drop the arrow")
      }
      let other = rooms[usedPlace]
      if other.layer.rawValue > room.layer.rawValue || usedPlace >= place {
        fatalError("Package.swift: \(room.name) must not use \(used): arrows point only to rooms listed above")
      }
      if other.layer == .stages && room.layer == .stages {
        fatalError(
          "Package.swift: stage \(room.name) must not use stage \(used): stages meet through records in shard files; "
            + "what both need is a tool, and the order of steps belongs in PersonaHub/Flow.swift")
      }
    }
  }
}
checkArrows()

// What a test target uses beside the rooms it tests.
struct TestRoom {
  let name: String
  let uses: [String]
  var products: [Target.Dependency] = []
  var exclude: [String] = []
}

let testRooms: [TestRoom] = [
  TestRoom(name: "PersonaRecordsTests", uses: ["PersonaRecords"]),
  TestRoom(name: "MatrixProductsTests", uses: ["MatrixProducts", "FloatLanes", "PersonaRecords"]),
  TestRoom(name: "EmbeddingsTests", uses: ["Embeddings", "FloatLanes", "TestSupport", "PersonaRecords"]),
  TestRoom(
    name: "SimilarityKernelsTests",
    uses: ["SimilarityKernels", "MinHashLanes", "VectorLanes", "TextLanes", "PersonaRecords"]),
  TestRoom(name: "ProcessesTests", uses: ["Processes"]),
  TestRoom(name: "ShardFilesTests", uses: ["ShardFiles", "PersonaRecords"]),
  TestRoom(name: "VectorFilesTests", uses: ["VectorFiles", "SimilarityKernels", "ShardFiles", "PersonaRecords"]),
  TestRoom(name: "LanguagesTests", uses: ["Languages"]),
  TestRoom(name: "BuiltinModelTests", uses: ["BuiltinModel", "Languages", "PersonaRecords"]),
  TestRoom(
    name: "StandInServerTests", uses: ["StandInServer", "PersonaRecords"], products: [.nioCore, .nioPosix]),
  TestRoom(
    name: "LanguageModelsTests", uses: ["LanguageModels", "TestSupport", "PersonaRecords"], products: [.nioHTTP1]),
  TestRoom(
    name: "RunLedgerTests",
    uses: ["RunLedger", "LanguageModels", "EngineSimulation", "TestSupport", "PersonaRecords"], products: [.grdb]),
  TestRoom(
    name: "HubStoreTests", uses: ["HubStore", "VectorFiles", "SimilarityKernels", "ShardFiles", "PersonaRecords"],
    products: [.grdb]),
  TestRoom(name: "ProgramSandboxTests", uses: ["ProgramSandbox", "PersonaRecords"]),
  TestRoom(name: "ChartsTests", uses: ["Charts"]),
  TestRoom(name: "JSONSchemasTests", uses: ["JSONSchemas", "PersonaRecords"], exclude: ["faults.py"]),
  TestRoom(name: "CorpusTests", uses: ["Corpus", "ShardFiles", "PersonaRecords"]),
  TestRoom(name: "QualityFilterTests", uses: ["QualityFilter", "PersonaRecords"]),
  TestRoom(name: "SurfaceDedupTests", uses: ["SurfaceDedup", "SimilarityKernels", "ShardFiles", "PersonaRecords"]),
  TestRoom(name: "SemanticDedupTests", uses: ["SemanticDedup", "SimilarityKernels", "PersonaRecords"]),
  TestRoom(
    name: "SynthesisTests",
    uses: ["Sampler", "Recipes", "Conversation", "Checks", "Panel", "LanguageModels", "PersonaRecords"]),
  TestRoom(name: "DatasetTests", uses: ["Dataset", "PersonaRecords"]),
  TestRoom(name: "DatasetReportTests", uses: ["DatasetReport", "JSONSchemas", "PersonaRecords"]),
  TestRoom(name: "FlowReportTests", uses: ["FlowReport", "Charts", "PersonaRecords"]),
  TestRoom(
    name: "EndToEndTests", uses: ["persona-hub", "TestSupport", "PersonaRecords"],
    exclude: ["faulty-disk.c", "jumping-clock.c", "load-dataset.py", "validate-recipes.py"]),
]

let houseRules: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (Context.environment["PERSONA_STRICT"] == "1" ? [.treatAllWarnings(as: .error)] : [])

extension Target.Dependency {
  static var crypto: Self { .product(name: "Crypto", package: "swift-crypto") }
  static var argumentParser: Self { .product(name: "ArgumentParser", package: "swift-argument-parser") }
  static var asyncHTTPClient: Self { .product(name: "AsyncHTTPClient", package: "async-http-client") }
  static var nioCore: Self { .product(name: "NIOCore", package: "swift-nio") }
  static var nioPosix: Self { .product(name: "NIOPosix", package: "swift-nio") }
  static var nioHTTP1: Self { .product(name: "NIOHTTP1", package: "swift-nio") }
  static var nioSSL: Self { .product(name: "NIOSSL", package: "swift-nio-ssl") }
  static var grdb: Self { .product(name: "GRDB", package: "GRDB.swift") }
  static var yams: Self { .product(name: "Yams", package: "Yams") }
  static var metrics: Self { .product(name: "Metrics", package: "swift-metrics") }
  static var tracing: Self { .product(name: "Tracing", package: "swift-distributed-tracing") }
  static var mustache: Self { .product(name: "Mustache", package: "swift-mustache") }
}

let roomTargets: [Target] = rooms.map { room in
  .target(
    name: room.name,
    dependencies: (room.uses + room.libraries).map { .target(name: $0) } + room.products,
    path: room.path, exclude: room.exclude, resources: room.resources, swiftSettings: houseRules)
}

let testTargets: [Target] = testRooms.map { room in
  .testTarget(
    name: room.name, dependencies: room.uses.map { .target(name: $0) } + room.products, path: "Tests/\(room.name)",
    exclude: room.exclude, swiftSettings: houseRules)
}

// Programs that measure hot paths beside other tools; `PERSONA_BENCHMARKS=1 swift build -c release` builds them.
let benchmarkTargets: [Target] =
  Context.environment["PERSONA_BENCHMARKS"] == "1"
  ? [
    .executableTarget(
      name: "ReaderBenchmark", dependencies: ["Corpus", "ShardFiles", "PersonaRecords"], path: "Benchmarks/readers",
      exclude: ["measure.py", "README.md"], swiftSettings: houseRules),
    .executableTarget(
      name: "surface-dedup-benchmark",
      dependencies: ["PersonaRecords", "SimilarityKernels", "ShardFiles", "SurfaceDedup"],
      path: "Benchmarks/dedup/SurfaceDedupBenchmark", swiftSettings: houseRules),
    .executableTarget(
      name: "semantic-dedup-benchmark",
      dependencies: ["PersonaRecords", "SimilarityKernels", "VectorFiles", "SemanticDedup"],
      path: "Benchmarks/semantic-dedup/SemanticDedupBenchmark", swiftSettings: houseRules),
    .executableTarget(
      name: "engine-benchmark", dependencies: ["PersonaRecords", "LanguageModels", "RunLedger"],
      path: "Benchmarks/engine/EngineBenchmark", swiftSettings: houseRules),
    .executableTarget(
      name: "engine-simulation", dependencies: ["EngineSimulation"], path: "Benchmarks/engine/EngineSimulation",
      swiftSettings: houseRules),
    .executableTarget(
      name: "embedding-benchmark", dependencies: ["PersonaRecords", "Embeddings"],
      path: "Benchmarks/embeddings/EmbeddingBenchmark", swiftSettings: houseRules),
  ] : []

let package = Package(
  name: "persona-hub",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "PersonaHub", targets: ["PersonaHub"]),
    .executable(name: "persona-hub", targets: ["persona-hub"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.1"),
    .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-distributed-tracing.git", from: "1.7.3"),
  ],
  targets: [
    .systemLibrary(
      name: "CZlib", path: "Sources/SystemLibraries/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CZstd", path: "Sources/SystemLibraries/CZstd", pkgConfig: "libzstd",
      providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    // C, for the loops that want the widest vectors of the processor they run on.
    .target(name: "MinHashLanes", path: "Sources/Tools/MinHashLanes"),
    .target(name: "TextLanes", path: "Sources/Tools/TextLanes"),
    .target(name: "FloatLanes", path: "Sources/Tools/FloatLanes"),
    // C, for the loops over vectors: wide vectors, fused multiplication and half precision of that processor.
    .target(name: "VectorLanes", path: "Sources/Tools/VectorLanes"),
    .executableTarget(
      name: "persona-hub", dependencies: ["PersonaCommands"], path: "Sources/Apps/persona-hub",
      swiftSettings: houseRules),
    .target(
      name: "TestSupport", dependencies: ["PersonaRecords", .nioCore, .nioPosix, .nioHTTP1], path: "Tests/TestSupport",
      swiftSettings: houseRules),
    .target(
      name: "EngineSimulation", dependencies: ["PersonaRecords", "LanguageModels", "RunLedger"],
      path: "Tests/EngineSimulation", swiftSettings: houseRules),
  ] + roomTargets + testTargets + benchmarkTargets
)
