/// The shapes of training files that trainers read.
package enum DatasetFormat: String, Sendable, CaseIterable {
  /// `{"messages":[{"role","content"}…]}`: TRL, Axolotl, LLaMA-Factory and most others.
  case messages
  /// The same, as OpenAI's fine-tuning takes it: nothing else in the row, and the last word is the assistant's.
  case openai
  /// `{"instruction","input","output"}`, with `system` and `history` where a data set has them.
  case alpaca
  /// `{"conversations":[{"from","value"}…]}`, in turns of `human` and `gpt`.
  case sharegpt
  /// `{"text"}`: plain text for pretraining, without what was asked.
  case text
  /// `{"input persona","synthesized text","description"}`: the keys of the data released with the paper.
  case personahub
  /// The rows of `messages` with `id`, `recipe`, `personaID` and `persona` as columns of a parquet file.
  case parquet

  /// What the format is, in one line.
  package var summary: String {
    switch self {
    case .messages: "{\"messages\":[{\"role\",\"content\"}…]}"
    case .openai: "messages alone, for OpenAI's fine-tuning; the last is the assistant's"
    case .alpaca: "{\"instruction\",\"input\",\"output\"}, with \"system\" and \"history\" where there are any"
    case .sharegpt: "{\"conversations\":[{\"from\",\"value\"}…]}"
    case .text: "{\"text\"}, plain text for pretraining"
    case .personahub: "{\"input persona\",\"synthesized text\",\"description\"}, as in the released data"
    case .parquet: "messages, id, recipe, personaID and persona as columns"
    }
  }

  /// The ending of the files.
  package var fileExtension: String { self == .parquet ? "parquet" : "jsonl" }

  /// Whether rows are conversations, so that there is a pair to choose.
  package var hasMessages: Bool { self != .text && self != .personahub }

  /// Whether a row without an answer is of use: prompts alone are data too, but not where a trainer wants pairs.
  var needsAnswer: Bool { self == .openai || self == .alpaca || self == .sharegpt }
}

/// What of an instance becomes the conversation to train on.
///
/// An instance knows what was asked of the model that made it (`messages`) and what came out (`text`). Which of them is the
/// lesson depends on the recipe: an article is the answer to what was asked; a problem or an instruction is itself a
/// question, and its answer has still to be found.
package enum TrainingPair: String, Sendable, CaseIterable {
  /// What was asked, and `text` as the answer.
  case asked
  /// `text` as what a user says; the answer is the output field, where one is named, and else there is none.
  case promptOnly = "prompt-only"
  /// The turns in the field `turns`.
  case conversation

  /// What the pair is, in one line.
  package var summary: String {
    switch self {
    case .asked: "what was asked of the model, and its text as the answer"
    case .promptOnly: "the text as the user's message; the answer is --output-field, or none"
    case .conversation: "the turns in the field \"turns\""
    }
  }

  /// Whether the system message of what was asked belongs to the pair: it tells a model how to make such rows, which is
  /// part of the lesson only where the lesson is to do so.
  package var keepsSystem: Bool { self == .asked }
}
