#!/usr/bin/env python3
"""Writes JSON lines of personas with near-copies planted among them, the same for the same seed.

    python3 Benchmarks/dedup/make-personas.py ROWS OUT.jsonl [--seed 1] [--copies 0.2]

A share of the rows copies an earlier row: word for word, with other punctuation and case, in another order, with one word
changed, added or left out, or with a synonym. Three rows in a hundred are Russian, Chinese or Thai, copies among them.
Each row has "persona" and "kind": "new", or how it was copied.
"""
import argparse
import bisect
import itertools
import json
import random

ADJECTIVES = """retired young seasoned curious former aspiring passionate skilled self-taught award-winning part-time
local independent devoted sceptical patient ambitious freelance senior junior meticulous outspoken soft-spoken veteran
bilingual visually-impaired stubborn cheerful anxious resourceful frugal wealthy homesick nocturnal""".split()
SYNONYMS = {"retired": "pensioned", "young": "youthful", "curious": "inquisitive", "passionate": "ardent",
            "skilled": "proficient", "seasoned": "experienced", "stubborn": "obstinate", "cheerful": "merry",
            "wealthy": "affluent", "patient": "forbearing", "loves": "adores", "studies": "examines",
            "repairs": "mends", "collects": "gathers", "teaches": "instructs", "writes": "pens"}
OCCUPATIONS = """nurse teacher welder botanist librarian carpenter geologist paramedic translator beekeeper fisherman
programmer accountant architect violinist midwife plumber pharmacist historian chef gardener locksmith farmer pilot
linguist surveyor sculptor economist electrician dentist astronomer biologist blacksmith butcher cartographer chemist
coach composer conductor counsellor curator dancer detective diplomat diver editor engineer firefighter florist forester
glassblower goldsmith grocer hairdresser illustrator innkeeper jeweller journalist judge lawyer mason mathematician
mechanic meteorologist miner model musician navigator neurologist novelist optician painter philosopher photographer
physicist playwright potter priest psychologist radiologist sailor shepherd singer soldier statistician surgeon tailor
toolmaker vet waiter watchmaker weaver zoologist""".split()
VERBS = """studies repairs collects teaches writes restores paints photographs documents sells translates loves fears
catalogues defends questions designs maintains reviews explores advocates mentors coordinates organises compares tests
grows trains cooks plans""".split()
NOUNS = """orchids steam-engines violins contracts maps glaciers bees databases bridges novels vaccines kites wetlands
tapestries telescopes budgets compilers fossils lullabies recipes tractors mosques satellites batteries mushrooms chess
radios ferries dialects turbines coral vineyards manuscripts grief logistics elections jazz rivers orphanages robots
sundials ceramics taxes earthquakes puppets syntax whales immigration football sleep allergies theatre sourdough
genealogy proteins soil tourism trams cinema antennas nutrition law volcanoes childhood pensions sewers weather dance
insulin archives poetry algebra cargo lighthouses textiles insurance microbes wolves carpets opera cheese clocks""".split()
PLACES = """Oslo Lagos Kyoto Lima Cracow Hanoi Quito Tbilisi Dakar Bergen Bologna Perth Nairobi Izmir Bogota Riga Tampere
Cusco Manila Porto Ghent Fez Accra Sofia Leeds Denver Halifax Brno Split Malmo Austin Kochi Pune Jaffna Galway Turin""".split()
PATTERNS = [
    "A {adj} {job} who {verb} {noun} in {place}",
    "A {job} from {place} with a deep interest in {noun} and {noun}",
    "a {adj} {job} and parent of {number} who {verb} {noun} at the {name} institute",
    "An expert on {noun} who {verb} {noun} for the {name} foundation in {place}",
    "A {job} working with {name} on {noun} and the history of {noun}",
    "A {adj}, {adj} {job} struggling to understand {noun}",
    "A fan of {name} {name} who also {verb} {noun}",
    "A {job} at {name} & {name}, responsible for {noun}, {noun} and {noun}",
    "A student of {noun} preparing an essay about {name} and its influence on {noun} in {place}",
    "A {adj} {job} whose family left {place} for {place} after the {name} crisis and who now {verb} {noun}",
    "A {job} who {verb} {noun}, {verb} {noun} and dreams of {noun}",
    "A {adj} volunteer teaching {noun} to {number} teenagers near {place}, {name} county",
    "A blogger who reviews {noun} and interviews every {job} in {place}",
    "A policy adviser on {noun} who served under {name} and argues against {noun} subsidies with {adj} colleagues",
    "A {job}'s apprentice",
    "A person who {verb} {noun}",
]
RUSSIAN = """учитель врач из Томска Казани который изучает ремонтирует собирает старые редкие карты часы книги мосты пчёл и
пишет письма молодой опытный любит рыбалку музыку историю города реки""".split()
CHINESE = "一位退休的护士老师工程师住在北京上海研究收集修理古老地图钟表桥梁蜜蜂喜欢写信给孙子历史音乐河流年轻有经验学生农民"
THAI = "ครูพยาบาลวิศวกรเกษียณอายุชอบศึกษาแผนที่ดนตรีประวัติศาสตร์สะพานผึ้งแม่น้ำ"
SYLLABLES = "ba ko ri ma ten sol dra vi lu nor pe sha gil ta wen zo hal mi cor du fen ya bri os".split()


class Writer:
    def __init__(self, seed):
        self.random = random.Random(seed)
        # Names fall off like real ones: a few are everywhere, most occur once or twice.
        self.name_weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(60_000)))

    def pick(self, values):
        # Squaring favours the front of the list, so that words are as uneven as in real texts.
        return values[int(len(values) * self.random.random() ** 1.6)]

    def name(self):
        rank = bisect.bisect(self.name_weights, self.random.random() * self.name_weights[-1])
        syllables = []
        rank += 30
        while rank:
            rank, place = divmod(rank, len(SYLLABLES))
            syllables.append(SYLLABLES[place])
        return "".join(syllables).capitalize()

    def persona(self):
        draw = self.random.random()
        if draw < 0.01:
            return " ".join(self.random.choices(RUSSIAN, k=self.random.randint(5, 18))).capitalize() + "."
        if draw < 0.025:
            return "".join(self.random.choices(CHINESE, k=self.random.randint(10, 40))) + "。"
        if draw < 0.03:
            return "".join(self.random.choices(THAI, k=self.random.randint(15, 50)))
        text = self.pick(PATTERNS)
        for field, make in [("{adj}", lambda: self.pick(ADJECTIVES)), ("{job}", lambda: self.pick(OCCUPATIONS)),
                            ("{verb}", lambda: self.pick(VERBS)), ("{noun}", lambda: self.pick(NOUNS)),
                            ("{place}", lambda: self.pick(PLACES)), ("{name}", self.name),
                            ("{number}", lambda: str(self.random.randint(2, 9)))]:
            while field in text:
                text = text.replace(field, make(), 1)
        while self.random.random() < 0.55:
            text += self.random.choice([", often with {n}", " and about {n}", " despite {n}", " since {y}", " because of {n} {m}"])
            text = (text.replace("{n}", self.name()).replace("{m}", self.pick(NOUNS))
                    .replace("{y}", str(self.random.randint(1950, 2024))))
        return text + self.random.choice(["", "."])

    def copy(self, text):
        spaced = " " in text
        units = text.split() if spaced else list(text)
        kind = self.random.choice(["same", "punctuated", "reordered", "changed", "added", "removed", "synonym"])
        place = self.random.randrange(len(units))
        if kind == "punctuated":
            return kind, (text.upper() if self.random.random() < 0.3 else "\u201c" + text.rstrip(".。") + "!\u201d")
        if kind == "reordered":
            self.random.shuffle(units)
        elif kind == "changed":
            units[place] = self.name() if spaced else "新"
        elif kind == "added":
            units.insert(place, self.name() if spaced else "新")
        elif kind == "removed" and len(units) > 1:
            del units[place]
        elif kind == "synonym":
            units = [SYNONYMS.get(unit, unit) for unit in units]
        return kind, (" " if spaced else "").join(units)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("rows", type=int)
    arguments.add_argument("out")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--copies", type=float, default=0.2, help="share of rows that copy an earlier one")
    options = arguments.parse_args()
    writer = Writer(options.seed)
    recent = []
    with open(options.out, "w", encoding="utf-8") as out:
        for row in range(options.rows):
            if recent and writer.random.random() < options.copies:
                kind, text = writer.copy(writer.random.choice(recent))
            else:
                kind, text = "new", writer.persona()
            # Copies are drawn from 100,000 rows kept at random, so that the memory stays bounded.
            if len(recent) < 100_000:
                recent.append(text)
            elif writer.random.random() < 100_000 / (row + 1):
                recent[writer.random.randrange(len(recent))] = text
            out.write(json.dumps({"persona": text, "kind": kind}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
