import PersonaRecords

/// The interface of a tool that the persona needs and a language model lacks: live data, devices, bookings, registries.
enum ToolInterface: BuiltinTask {
  static func accepts(_ request: Request) -> Bool {
    request.schemaName.hasSuffix("interface")
      || request.blocks["interface"] == nil && request.asks(for: "\"function_name\"", "\"input_args\"")
  }

  static func answer(_ request: Request) -> String {
    var (world, random) = PersonaWorld.of(request, purpose: "tool")
    let record = random.pick(world.sector.records) ?? "opening hours"
    let plan = ToolPlans.all[random.below(ToolPlans.all.count)]
    let device = random.pick(world.sector.devices) ?? "thermometer"
    let topicWords = world.reading.isForeign ? "" : shortName(of: world.topic)
    var weaver = world.weaver
    weaver["record"] = record
    weaver["one"] = singular(record)
    weaver["device"] = device
    weaver["title"] =
      plan.usesDevice ? titled(device) : titled(topicWords.isEmpty || random.below(2) == 0 ? record : topicWords)
    weaver["snake"] = (plan.usesDevice ? device : record).snakeCase
    weaver["thing"] = singular(record).snakeCase
    let tail = topicWords.snakeCase
    var function = weaver.fill(plan.function, &random)
    if !tail.isEmpty, tail.utf8.count <= 24, random.below(2) == 0 { function += "_for_" + tail }
    var line = JSONLine()
    line.object { line in
      line.member("name", weaver.fill(plan.name, &random))
      line.member(
        "description",
        ([weaver.fill(plan.description, &random)] + weaver.some(2, of: ToolPlans.purposes, &random)).joined(
          separator: " "))
      line.member("function_name", function)
      line.key("input_args")
      line.object { line in
        for argument in plan.arguments {
          line.key(weaver.fill(argument.name, &random))
          line.object { line in
            line.member("type", argument.type)
            line.member("description", weaver.fill(argument.text, &random))
            line.member("required", argument.isRequired)
          }
        }
      }
      line.key("return")
      line.object { line in
        line.member("type", plan.result.type)
        line.member("description", weaver.fill(plan.result.text, &random))
      }
      line.key("depend")
      line.array { line in for package in plan.depend { line.value(weaver.fill(package, &random)) } }
    }
    return line.text
  }

  /// At most the last three words of a phrase, without its article.
  private static func shortName(of phrase: String) -> String {
    var words = phrase.split(separator: " ").filter { !["the", "a", "an", "of", "and"].contains($0.lowercased()) }
    words = Array(words.suffix(3))
    return words.joined(separator: " ")
  }

  private static func titled(_ phrase: String) -> String {
    phrase.split(separator: " ").map { String($0).capitalised }.joined(separator: " ")
  }

  /// "bus times" gives "bus time"; the tables hold regular plurals only.
  private static func singular(_ plural: String) -> String {
    if plural.hasSuffix("ies") { return plural.dropLast(3) + "y" }
    if plural.hasSuffix("sses") || plural.hasSuffix("uses") { return String(plural.dropLast(2)) }
    if plural.hasSuffix("s"), !plural.hasSuffix("ss") { return String(plural.dropLast()) }
    return plural
  }
}

/// What tools do, how they are called, and what they need. Columns are parted by `|`; arguments by `;` and their parts
/// by `:`, with `?` behind the type of one that may be left out.
struct ToolPlan: Sendable {
  struct Argument: Sendable {
    let name: String
    let type: String
    let text: String
    let isRequired: Bool
  }

  let name: String
  let function: String
  let description: String
  let arguments: [Argument]
  let result: (type: String, text: String)
  let depend: [String]
  let usesDevice: Bool
}

enum ToolPlans {
  static let purposes = [
    "It serves {aRole} who has to decide about {k} on the spot.",
    "A language model cannot know this by itself, since the values change while people work on {k}.",
    "Useful at the {place} whenever {k} [meet{s}|depend{s} on] {j}.",
    "The {role} needs it to act on facts of today and not on what was true last year.",
    "Meant for work on {k}, where a guess would be worse than no answer.",
    "Written with {k} and {j} in mind, for use by the {helper} as well.",
    "It takes the place of {n} telephone calls that {aRole} would otherwise make about {k}.",
    "Results carry the time at which they were read, so that {k} {is} never planned on stale figures.",
  ]

  static let all: [ToolPlan] = table.split(separator: "\n").map { line in
    let fields = line.split(separator: "|").map { String($0).trimmingWhitespace() }
    precondition(fields.count == 6, "a tool has six fields: \(line)")
    let result = parts(fields[4])
    return ToolPlan(
      name: fields[0], function: fields[1], description: fields[2],
      arguments: fields[3].split(separator: ";").map { argument in
        let fields = parts(String(argument))
        return ToolPlan.Argument(
          name: fields[0], type: fields[1].filter { $0 != "?" }, text: fields[2], isRequired: !fields[1].hasSuffix("?"))
      },
      result: (result[0], result[1]), depend: fields[5].split(separator: ";").map { String($0).trimmingWhitespace() },
      usesDevice: fields[1].contains("{snake}") && fields[2].contains("{device}"))
  }

  private static func parts(_ field: String) -> [String] {
    field.split(separator: ":", maxSplits: 2).map { String($0).trimmingWhitespace() }
  }

  private static let table = """
    Live {title} Lookup|get_current_{snake}|Looks up the {record} as they are at this moment.|{thing}_id:string:number or name of the {one};at_time:string?:moment in ISO 8601, now if left out|object:the {one} with its state, its source and the time of reading|requests;registry API for {record}
    {title} Search|search_{snake}|Searches the register of {record} by words and dates and returns the entries that match.|query:string:words to look for;date_from:string?:first day, YYYY-MM-DD;date_to:string?:last day, YYYY-MM-DD;limit:integer?:most entries to return, 20 by default|array:matching entries, newest first|sqlite3;python-dateutil
    {title} Booking Desk|book_{thing}|Reserves one of the open {record} and returns a confirmation number.|{thing}_id:string:what is to be booked;day:string:day in the form YYYY-MM-DD;party_size:integer:number of people, at least 1;contact:string?:address for the confirmation|object:confirmation number, day and state of the booking|booking API of the {place};requests
    {title} Rescheduler|move_{thing}|Moves an existing entry among the {record} to another time if that is still free.|booking_number:string:number of the booking;new_day:string:day in the form YYYY-MM-DD;new_hour:integer?:full hour from 0 to 23|object:old and new time, and whether the change was accepted|booking API of the {place}
    {title} Reader|read_{snake}|Reads the {device} at a station and returns the value with its unit and error bound.|station:string:name of the station;samples:integer?:readings to average, 5 by default;unit:string?:unit of the result|object:mean value, unit, spread and time of reading|pyserial;driver of the {device}
    {title} History Export|export_{snake}_history|Exports what the {device} recorded between two days, with gaps marked.|station:string:name of the station;date_from:string:first day, YYYY-MM-DD;date_to:string:last day, YYYY-MM-DD;interval_minutes:integer?:spacing of the values|array:readings with time, value and a mark for gaps|pandas;driver of the {device}
    {title} Alarm|watch_{snake}|Watches the {device} and tells the people in charge when a limit is passed.|station:string:name of the station;lower_limit:number?:value below which to warn;upper_limit:number?:value above which to warn;recipients:array:addresses of the people to be told|object:number of the watch and the limits that are set|driver of the {device};message gateway
    {title} Alert Service|subscribe_to_{snake}|Sends a message as soon as the {record} change in a way that was named before.|filter_words:string:what the change must mention;recipients:array:addresses of those to be told;quiet_hours:boolean?:whether to wait until morning|object:number of the subscription and the first check|message gateway;feed of {record}
    {title} Stock Check|check_{snake}_stock|Says how many {item} are left at the {place} and when more are due.|article:string:name or number of the article;minimum:integer?:amount below which a warning is given|object:amount on hand, amount ordered and the next delivery|stock database of the {place};sqlite3
    {title} Reorder Tool|order_{snake}|Orders {item} from the supplier with the shortest delivery time and a price under the limit.|article:string:name or number of the article;amount:integer:pieces to order, at least 1;price_limit:number:highest price per piece in dollars;deliver_by:string?:latest day, YYYY-MM-DD|object:supplier, total price and order number|supplier catalogue API;requests
    {title} Price Comparison|compare_{snake}_prices|Collects what several suppliers ask today for the same article.|article:string:name or number of the article;region:string:region of delivery;amount:integer?:pieces, 1 by default|array:offers with supplier, price and delivery time, cheapest first|supplier catalogue API;pandas
    {title} Forecast|forecast_{snake}|Projects the {record} a few days ahead from the records of the last weeks.|series:string:name of the series;days_ahead:integer:days to look ahead, from 1 to 30;confidence:number?:share of the band, 0.8 by default|array:one entry per day with expected value and band|pandas;statsmodels
    {title} Licence Check|verify_{thing}_licence|Checks a licence or certificate against the public register behind the {record}.|licence_number:string:number on the document;holder:string:name on the document;country:string?:two letters, as in ISO 3166|boolean:true when the register lists it as valid today|public register API;requests
    {title} Document Reader|scan_{snake}|Reads a scanned page about {record} and returns its fields.|file_path:string:path of the scan;page:integer?:page number from 1;language:string?:language of the page|object:fields with their text and how sure the reader is|pytesseract;Pillow
    {title} Photo Measure|measure_from_photo_of_{snake}|Measures lengths in a photograph that shows a scale, for the record of {record}.|file_path:string:path of the photograph;scale_length_cm:number:length of the scale in centimetres;label:string?:name of the object to be measured|number:length in centimetres|opencv-python;numpy
    {title} Route Planner|plan_route_for_{snake}|Plans the shortest round through several stops with the traffic of this hour.|stops:array:addresses in any order;start:string:address at which the round begins;avoid_tolls:boolean?:whether to keep off toll roads|object:stops in order, kilometres and minutes|traffic API;networkx
    {title} Nearest Finder|find_nearest_{thing}|Finds the closest place with free {record} and says how far it is.|address:string:where one is now;radius_km:number:farthest distance in kilometres;open_now:boolean?:only places that are open|array:places with distance and free {record}|geocoding API;requests
    {title} Shift Planner|plan_shifts_for_{snake}|Fits the {helper} into shifts by their stated times and the {record} to be covered.|week:string:first day of the week, YYYY-MM-DD;people:array:names of those who are available;hours_each:integer?:most hours per person|object:shifts with the people in them, and gaps that nobody can fill|calendar API;ortools
    {title} Reminder Sender|remind_about_{snake}|Reminds the {helper} of what is due and notes who has confirmed.|group:string:name of the group;message:string:text of the reminder;send_at:string:moment in ISO 8601|object:people reached, people who confirmed|message gateway;calendar API
    {title} Logbook|log_{thing}|Adds a signed entry to the logbook of {record}, which cannot be changed later.|entry:string:what happened;author:string:who writes it;measured_value:number?:value that belongs to it|object:number of the entry, time and checksum|sqlite3;hashlib
    {title} Change Tracker|compare_{snake}_versions|Compares two dated versions of the {record} and lists what was added, dropped or altered.|first_date:string:date of the older version;second_date:string:date of the newer version;only_changes:boolean?:leave out what stayed the same|array:differences with the old and the new value|archive API of {record};difflib
    {title} Survey Counter|count_{snake}_survey|Counts the answers of a running survey on {record} and gives shares with their error.|survey_id:string:number of the survey;question:string:text or number of the question;split_by:string?:field by which to split|object:answers with counts, shares and margin of error|survey platform API;pandas
    """
}
