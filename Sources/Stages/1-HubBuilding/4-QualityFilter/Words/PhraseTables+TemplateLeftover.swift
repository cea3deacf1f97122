extension PhraseTables {
  static let templateLeftover = """
    ~ {{
    ~ }}
    ~ ${
    ~ <|
    ~ |>
    ~ [/
    ~ <persona
    ~ </persona
    ~ <name
    ~ <person>
    ~ </person>
    ~ <description
    ~ </description
    ~ <output
    ~ </output
    ~ <answer
    ~ </answer
    ~ <response
    ~ </response
    ~ <text>
    ~ </text
    ~ <relation
    ~ </relation
    ~ <insert
    ~ <your
    ~ <occupation
    ~ <job
    ~ <topic
    ~ <think
    ~ </think
    ~ </s>
    ~ <s>
    ~ <eos>
    ~ <unk>
    ~ <placeholder
    ~ [inst]
    ~ [insert
    ~ [your
    ~ [fill
    ~ [placeholder
    ~ [add
    ~ [blank]
    ~ [...]
    ~ […]
    ~ [xxx
    ~ lorem ipsum
    ~ dolor sit amet
    ~ placeholder text
    ~ ___
    ~ ```
    ~ \\n
    ~ \\u
    ~ \\"
    ~ ":"
    ~ ": "
    ~ ": [
    ~ ": {
    ~ ["
    ^ {"
    ^ **
    ^ ##
    ^ ###
    ^ - a
    ^ * a
    ^ • a
    ~ **persona
    ~ persona:
    ~ persona 1
    ~ persona 2
    ~ persona 3
    ~ ####
    ~ %s
    ~ insert name here
    ~ tbd
    ~ 【姓名
    ~ 【插入
    ~ [姓名
    ~ [插入
    ~ ［
    ~ ○○
    ~ 〇〇
    ~ ××
    ~ 某某某
    """
}
