/// What a walk of life is concerned with, looks up, measures and argues by.
struct SectorRow: Sendable {
  let name: String
  /// Phrases that follow "about": what people of the sector think about.
  let concerns: [String]
  /// What changes from hour to hour and has to be looked up.
  let records: [String]
  /// Instruments that are read.
  let devices: [String]
  /// Short reasons why something is welcome or not, the same wherever they are given, so that answers can be grouped.
  let reasons: [String]
  /// How the sector leans when it is asked about something new: 0 against, 10 for.
  let openness: Int
}

/// One row per sector of `DomainTable`.
enum SectorTable {
  static func row(of sector: String) -> SectorRow {
    rows[sector] ?? rows["community"]
      ?? SectorRow(name: sector, concerns: [], records: [], devices: [], reasons: [], openness: 5)
  }

  static let rows: [String: SectorRow] = {
    var rows: [String: SectorRow] = [:]
    for line in table.split(separator: "\n") {
      let fields = line.split(separator: "|").map { String($0) }
      precondition(fields.count == 6, "a sector has six fields: \(line)")
      func list(_ field: String) -> [String] { field.split(separator: ";").map { String($0) } }
      rows[fields[0]] = SectorRow(
        name: fields[0], concerns: list(fields[1]), records: list(fields[2]), devices: list(fields[3]),
        reasons: list(fields[4]), openness: Int(fields[5]) ?? 5)
    }
    return rows
  }()

  /// Sector; concerns; records; devices; reasons; openness.
  private static let table = """
    health|waiting times;hand hygiene;follow-up appointments;medication lists;patient consent;night shifts;home visits;discharge letters|appointment slots;bed occupancy;vaccine stock;laboratory results;referral queues|blood pressure monitor;pulse oximeter;refrigerator thermometer|patient safety;time at the bedside;privacy of records;evidence from trials;workload of staff;access for poorer patients|5
    law|filing deadlines;disclosure of evidence;legal aid;plain wording;conflicts of interest;witness preparation;appeal periods;mediation|court dockets;filing deadlines;case statuses;registry entries;hearing rooms|document scanner;evidence scale;time recorder|legal certainty;due process;privacy;cost of disputes;clear responsibility;precedent|3
    government|public consultation;voter turnout;budget rounds;council minutes;freedom of information;postal voting;local services;public trust|permit applications;polling results;council agendas;road closures;census tables|people counter;air quality station;ballot scanner|accountability;cost to taxpayers;fairness to all districts;public trust;data protection;local control|4
    military|supply lines;radio discipline;equipment checks;training standards;veterans' pensions;cold-weather gear;map reading;medical evacuation|spare part stock;convoy positions;duty rosters;weather warnings;equipment readiness|range finder;radiation meter;field radio|reliability under stress;security;chain of command;training time;cost of upkeep;safety of the team|4
    finance|cash flow;interest rates;risk reserves;expense reports;audit trails;currency swings;late payments;pension savings|exchange rates;account balances;invoice statuses;bond yields;credit limits|card terminal;coin counter;cheque scanner|return on money spent;risk of fraud;transparency of fees;regulation;long-term costs;trust of customers|5
    business|customer complaints;delivery times;staff turnover;stock levels;pricing;staff meetings;supplier contracts;market research|stock levels;delivery slots;supplier prices;order statuses;customer tickets|barcode reader;pallet scale;footfall counter|saved time;return on investment;customer demand;staff training;supplier dependence;competition|7
    education|lesson plans;homework;reading levels;group work;exam nerves;parents' evenings;note taking;study timetables|timetable changes;library loans;exam dates;course places;attendance lists|classroom noise meter;document camera;microscope|learning outcomes;fairness to weaker pupils;workload of teachers;privacy of minors;cost for families;motivation|6
    community|volunteer rotas;family budgets;neighbourhood meetings;shared meals;childcare;elderly neighbours;donations;conflict between friends|volunteer shifts;food bank stock;shelter places;event registrations;bus times|door counter;room thermometer;kitchen scale|time for family;cost of living;fairness;trust between people;safety of children;help for those in need|5
    religion|festival days;choir rehearsals;hospital visits;study circles;building upkeep;charity collections;youth groups;silence|service times;prayer times;hall bookings;donation totals;pilgrimage places|hall thermometer;organ tuner;hearing loop tester|dignity of people;care for the poor;tradition;community life;honesty;respect for other beliefs|4
    science|measurement error;peer review;sample size;control groups;lab notebooks;open data;calibration;negative results|instrument bookings;sensor readings;preprint lists;reagent stock;dataset versions|spectrometer;data logger;precision balance|quality of evidence;reproducibility;funding;openness of data;unintended effects;curiosity|7
    engineering|safety margins;maintenance intervals;tolerances;test reports;energy use;failure analysis;technical drawings;spare parts|sensor readings;maintenance tickets;part inventories;test bench slots;power prices|strain gauge;vibration sensor;thermal camera|safety margins;reliability;cost of maintenance;energy use;standards;simplicity|7
    computing|code review;backups;response times;test coverage;access rights;technical debt;documentation;error logs|server metrics;package versions;incident tickets;log entries;certificate dates|power meter;network probe;temperature sensor|security;privacy;maintainability;open standards;speed of work;lock-in to one supplier|7
    nature|soil health;invasive species;watering;nesting seasons;footpath erosion;seed saving;water quality;volunteer surveys|species sightings;river levels;weather forecasts;trail closures;seed stock|soil moisture probe;trail camera;rain gauge|effects on wildlife;clean water;land use;long-term care;access to nature;cost for small holders|4
    building|site safety;damp walls;cost estimates;building permits;insulation;load-bearing walls;delivery of materials;noise for neighbours|material prices;crane bookings;permit statuses;delivery slots;inspection dates|laser level;moisture meter;decibel meter|safety on site;durability;cost of materials;heritage;energy savings;noise and dust|5
    transport|punctuality;fuel costs;road safety;driver rest times;route planning;vehicle checks;peak hours;accessibility|departure times;vehicle positions;traffic reports;parking spaces;fuel prices|tyre pressure gauge;tachograph;axle scale|safety on the road;punctuality;fuel and energy costs;access for all;jobs of drivers;noise and air quality|6
    sea|tides;weather windows;net repairs;catch limits;life jackets;engine maintenance;harbour fees;ice on deck|tide tables;buoy readings;berth places;catch quotas;ship positions|echo sounder;barometer;anemometer|safety at sea;fair quotas;fuel costs;health of the stocks;weather risk;future of the harbour|3
    farming|crop rotation;soil moisture;animal health;harvest timing;seed prices;storage losses;pest control;irrigation|market prices;soil readings;rainfall totals;machine bookings;feed stock|soil moisture probe;milk meter;grain moisture tester|yield;cost of inputs;dependence on suppliers;health of soil and animals;weather risk;fair prices|4
    food|food waste;kitchen hygiene;seasonal ingredients;allergy labels;portion sizes;table bookings;knife skills;supplier quality|table reservations;ingredient stock;market prices;allergen lists;oven schedules|oven thermometer;kitchen scale;refractometer|taste;hygiene;cost per portion;waste;local ingredients;time in the kitchen|5
    home|storage space;heating bills;cleaning routines;repairs;lighting;old furniture;noise between rooms;appliance manuals|energy tariffs;repair appointments;warranty dates;spare part stock;meter readings|smart meter;humidity sensor;laser measure|comfort;running costs;repairability;space;noise;safety at home|5
    crafts|material costs;colour choice;pattern drafts;tool care;custom orders;craft fairs;learning by hand;finishing|order books;material stock;workshop places;fair dates;kiln schedules|kiln thermometer;thread counter;calliper|quality of handwork;fair pay;originality;durability;cost of materials;joy in making|4
    arts|rehearsal schedules;grant applications;audience reactions;first drafts;stage lighting;copyright;exhibition texts;creative blocks|ticket sales;rehearsal rooms;exhibition loans;grant deadlines;script versions|light meter;colour calibrator;humidity logger|freedom of expression;fair pay for artists;originality;access for audiences;quality;authenticity|5
    film|shooting schedules;sound recording;casting;film budgets;continuity;subtitles;location permits;test audiences|screening times;equipment rentals;location permits;box office figures;footage logs|light meter;sound level meter;timecode reader|storytelling;fair credit;jobs of crews;quality of picture and sound;audience choice;copyright|5
    music|practice routines;stage fright;instrument care;set lists;royalties;ear training;sound checks;rehearsal space|concert dates;studio bookings;chart positions;royalty statements;instrument rentals|tuner;metronome;sound level meter|sound quality;fair pay for musicians;originality;time to practise;access for listeners;live experience|5
    media|source checking;headlines;deadlines;corrections;reader letters;interview requests;press freedom;audience figures|wire reports;audience figures;press calendars;archive entries;correction requests|audio recorder;broadcast monitor;signal meter|truth of reports;independence;trust of readers;speed;privacy of sources;jobs in newsrooms|4
    sport|warm-ups;injury prevention;team spirit;match preparation;travel days;fair play;recovery;talent development|league tables;player statistics;pitch bookings;injury lists;ticket availability|heart rate monitor;speed gun;GPS tracker|fair play;health of athletes;excitement for fans;cost of tickets;chances for young players;tradition|6
    travel|packing lists;travel delays;local customs;hidden costs;booking conditions;off-season trips;travel insurance;jet lag|room availability;flight statuses;visa rules;trail conditions;exchange rates|luggage scale;altimeter;GPS receiver|safety on trips;price;authentic experience;effects on local people;flexibility;comfort|6
    play|rule disputes;game balance;opening moves;collection care;tournament nerves;screen time;fair trades;practice partners|server statuses;player rankings;tournament brackets;auction prices;release dates|game timer;dice tester;frame rate counter|fun;fairness of rules;cost of extras;time limits;community;privacy of players|7
    history|source criticism;family papers;dating of finds;oral history;museum labels;archive access;conservation;anniversaries|archive holdings;exhibition loans;excavation logs;reading room places;catalogue entries|humidity logger;light meter;3D scanner|preservation;truth to sources;public access;respect for descendants;cost of upkeep;education|4
    """
}
