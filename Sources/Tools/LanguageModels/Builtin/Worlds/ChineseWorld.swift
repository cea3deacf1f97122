import Languages
import PersonaRecords

/// What is told of a persona in Chinese: its walk of life and words of that, for templates with `{题}`, `{地}`, `{物}`, `{人}`.
enum ChineseWorld {
  static func isChinese(_ persona: String) -> Bool {
    LanguageGuess.script(of: persona) == .han && LanguageGuess.language(of: persona) != "ja"
  }

  static func weaver(for world: PersonaWorld, _ random: inout SeededRandom) -> Weaver {
    let row =
      rows[world.isChinese ? sector(of: world.persona) : world.sector.name] ?? rows["community"] ?? [[], [], [], []]
    var weaver = Weaver()
    let topics = Weaver.drawn(2, of: row[0], &random)
    weaver["题"] = topics.first ?? "生活"
    weaver["二"] = topics.last ?? "学习"
    if world.isChinese, let own = ownTopic(world), random.below(4) > 0 { weaver["题"] = own }
    weaver["地"] = random.pick(row[1]) ?? "公园"
    let things = Weaver.drawn(2, of: row[2], &random)
    weaver["物"] = things.first ?? "本子"
    weaver["具"] = things.last ?? "铅笔"
    weaver["人"] = random.pick(row[3]) ?? "邻居"
    weaver["数"] = "\(["三", "四", "五", "六", "七", "八", "九"][random.below(7)])"
    weaver["日"] = "星期" + ["一", "二", "三", "四", "五", "六"][random.below(6)]
    for (place, name) in Weaver.drawn(5, of: names, &random).enumerated() { weaver["名\(place + 1)"] = name }
    return weaver
  }

  static let names = [
    "小林", "小周", "阿明", "阿芳", "老陈", "老赵", "小吴", "小郑", "阿杰", "阿兰", "老孙", "小何", "小马", "阿宁", "老高",
    "小罗", "阿梅", "小宋",
  ]

  /// A topic that the persona names itself, short enough to stand in a sentence.
  private static func ownTopic(_ world: PersonaWorld) -> String? {
    guard let topic = world.reading.topics.first else { return nil }
    let bare = topic.filter { !"“”\"「」《》".contains($0) }
    let isHan = bare.unicodeScalars.allSatisfy { (0x4E00...0x9FFF).contains($0.value) }
    return isHan && bare.count >= 2 && bare.count <= 8 ? bare : nil
  }

  /// The sector that most of the persona's characters point to.
  static func sector(of persona: String) -> String {
    var best = ("community", 0)
    for (sector, words) in keywords {
      let score = words.reduce(0) { $0 + (persona.contains($1) ? $1.count : 0) }
      if score > best.1 { best = (sector, score) }
    }
    return best.0
  }

  private static let keywords: [(String, [String])] = [
    ("health", ["医", "醫", "护士", "护理", "病", "药", "健康", "患者", "心理"]), ("law", ["律师", "法律", "法官", "法学"]),
    ("government", ["政治", "政府", "公务", "官员", "选民", "社会活动"]), ("military", ["军", "士兵"]),
    ("finance", ["金融", "财务", "会计", "投资", "股", "银行", "经济"]), ("business", ["企业", "公司", "商", "经理", "老板", "销售", "创业"]),
    ("education", ["教师", "老师", "学生", "大学", "教授", "教育", "家长", "學"]), ("religion", ["佛", "宗教", "基督", "信徒"]),
    ("science", ["科学", "研究员", "物理", "化学", "生物", "实验"]), ("engineering", ["工程", "机械", "电子", "制造"]),
    ("computing", ["软件", "程序", "计算机", "数据", "网络", "互联网", "编程", "算法"]), ("nature", ["生态", "植物", "环保", "环境", "动物"]),
    ("building", ["建筑", "设计师", "装修", "房"]), ("transport", ["司机", "交通", "汽车", "铁路", "航空"]), ("sea", ["海", "渔", "船"]),
    ("farming", ["农", "种植", "養殖", "养殖"]), ("food", ["厨", "美食", "餐", "烹饪", "茶"]), ("crafts", ["手工", "时尚", "服装"]),
    ("arts", ["艺术", "文学", "作家", "画", "诗", "戏"]), ("film", ["电影", "電影", "导演", "演员", "影"]),
    ("music", ["音乐", "音樂", "歌", "乐队", "粉丝"]), ("media", ["记者", "新闻", "媒体", "编辑"]),
    ("sport", ["足球", "篮球", "运动", "球迷", "体育", "教练", "排球"]), ("travel", ["旅", "游客", "导游", "酒店"]),
    ("play", ["游戏", "玩家", "动漫", "棋"]), ("history", ["历史", "歷史", "考古", "文化"]),
  ]

  private static let rows: [String: [[String]]] = {
    var rows: [String: [[String]]] = [:]
    for line in table.split(separator: "\n") {
      let fields = line.split(separator: "|").map { $0.split(separator: " ").map { String($0) } }
      precondition(fields.count == 5, "a row has five fields: \(line)")
      rows[fields[0][0]] = Array(fields.dropFirst())
    }
    return rows
  }()

  /// Sector | topics | places | things | people
  private static let table = """
    health|养生 挂号 体检 失眠|医院 诊所 药房|体温计 创可贴 口罩|护士 医生 病人
    law|合同 官司 公证|法院 律师楼|卷宗 印章 文件夹|律师 法官 书记员
    government|投票 预算 公告|市政厅 办事大厅|表格 公章 选票|科员 市长 志愿者
    military|拉练 站岗 补给|营地 仓库|水壶 背包 指南针|班长 新兵 司务长
    finance|理财 利息 报税|银行 证券所|发票 存折 计算器|会计 柜员 审计员
    business|促销 库存 谈判|仓库 展厅 商场|样品 订单 纸箱|经理 店员 采购员
    education|备课 考试 背单词|学校 图书馆 教室|作业本 粉笔 课本|老师 班长 校长
    community|邻里关系 带孩子 聚餐|社区中心 小区 公园|茶杯 雨伞 请柬|邻居 奶奶 志愿者
    religion|打坐 修行 祈福|寺庙 教堂|蜡烛 经书 香炉|住持 唱诗班成员 香客
    science|做实验 写论文 测误差|实验室 研究所|试管 显微镜 天平|研究员 助手 导师
    engineering|检修 画图纸 调试|车间 试验场|螺丝 齿轮 传感器|工程师 钳工 质检员
    computing|写代码 修漏洞 备份|机房 办公室|键盘 服务器 硬盘|程序员 测试员 管理员
    nature|观鸟 育苗 垃圾分类|植物园 保护区|树苗 鸟巢 水桶|园丁 护林员 游客
    building|装修 砌墙 防水|工地 木材场|砖头 瓦片 卷尺|木匠 泥瓦匠 设计师
    transport|修车 换挡 看路况|车站 停车场|轮胎 车票 方向盘|司机 站长 乘客
    sea|打鱼 看潮汐 补渔网|码头 渔港|渔网 救生衣 船桨|船长 渔民 水手
    farming|种菜 浇水 施肥|农场 果园|锄头 白菜 鸡蛋|农民 果农 兽医
    food|烧菜 揉面 尝味道|厨房 餐馆 菜市场|饺子 馒头 锅铲|厨师 服务员 食客
    home|收纳 打扫 换灯泡|客厅 家具店|沙发 台灯 拖把|房东 木工 保洁员
    crafts|织毛衣 做陶器 缝扣子|作坊 布店|纽扣 剪刀 毛线|裁缝 学徒 手艺人
    arts|写诗 画画 排练|画廊 剧院|画框 剧本 颜料|画家 诗人 导演
    film|拍电影 写剧本 剪片子|电影院 片场|电影票 道具 镜头|导演 演员 影迷
    music|练琴 唱歌 写曲子|音乐厅 排练室|吉他 乐谱 耳机|歌手 鼓手 指挥
    media|写稿 采访 校对|报社 演播室|报纸 话筒 录音笔|记者 编辑 主持人
    sport|跑步 踢球 热身|体育馆 球场|球鞋 哨子 毛巾|教练 守门员 裁判
    travel|赶飞机 订酒店 收行李|机场 旅馆|行李箱 地图 护照|导游 游客 前台
    play|下棋 打游戏 猜谜|棋室 游戏厅|棋子 骰子 手柄|玩家 棋手 裁判
    history|考古 修族谱 看展览|博物馆 档案馆|古钱币 老照片 陶片|馆长 讲解员 考古队员
    """
}
