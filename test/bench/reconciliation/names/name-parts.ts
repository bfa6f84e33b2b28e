/** Parts that names of companies are made of. */
export const places =
  '上海 深圳 苏州 广州 杭州 宁波 东莞 佛山 南京 无锡 常州 厦门 青岛 天津 重庆 武汉 长沙 成都 西安 郑州 合肥 温州 嘉兴 绍兴 中山 珠海 惠州 泉州 济南 大连'.split(
    ' ',
  );

export const brandCharacters = [
  ...'华鑫达宏泰盛恒瑞嘉诚安康顺丰利源隆昌兴旺福德信远洋海天龙凤鸣云翔飞腾宇环科创新星辰光明亮伟杰英俊荣贵金银玉宝珍美佳乐欣悦和平中正大方圆长久永固',
];

export const trades =
  '贸易 科技 机械 电子 实业 纺织 化工 物流 食品 建材 包装 医疗器械 自动化设备 精密模具 新能源 塑胶制品 汽车零部件 进出口 供应链管理 软件技术 光电 五金制品'.split(
    ' ',
  );

/** Simplified and traditional, for what stands in the parts above; one traditional form each, the usual one. */
export const traditionalOf: ReadonlyMap<string, string> = new Map(
  (
    '华華 达達 诚誠 顺順 丰豐 兴興 远遠 龙龍 凤鳳 鸣鳴 云雲 飞飛 腾騰 环環 创創 伟偉 杰傑 荣榮 贵貴 银銀 宝寶 乐樂 悦悅 圆圓 长長 东東 厦廈 庆慶 汉漢 ' +
    '宁寧 无無 岛島 广廣 贸貿 机機 电電 实實 业業 纺紡 织織 装裝 医醫 疗療 动動 设設 备備 制製 进進 链鏈 应應 软軟 术術 车車 责責 总總 ' +
    '绍紹 连連 苏蘇 湾灣 门門 郑鄭 济濟'
  )
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.charAt(1)]),
);

export const latinBrands = (
  'Nordwind Brightwater Sterling Harcourt Ashford Kestrel Meridian Bluestone Redwood Silverline Castlegate Oakfield Westbrook ' +
  'Lindner Vogel Hartmann Brandt Krüger Müller Schäfer Böhm Jäger Köhler Größner Weiß Löwenstein Hübner Dürr Lefèvre Dupré ' +
  'Moreau Castellón Núñez Ibáñez Ferreira Gonçalves Johansson Öberg Sjöström Lindqvist Novák Kowalski Horváth Bianchi Rossetti'
).split(' ');

export const latinSeconds = (
  'Alpha Baltic Central Delta Eastern Falcon Global Harbour Inland Jupiter Kings Lower Marine North Orient Pacific Quality ' +
  'River Southern Trans United Vista Western Zenith'
).split(' ');

export const latinTrades = (
  'Trading Logistics Electronics Components Machinery Textiles Foods Packaging Chemicals Instruments Maschinenbau Werkzeuge ' +
  'Handel Import Engineering Plastics Lighting Furniture'
).split(' ');

/** Each with the forms that mean the same. */
export const latinForms: readonly (readonly [string, ...string[]])[] = [
  ['Ltd', 'Limited', 'Ltd.', 'LTD'],
  ['Co., Ltd.', 'Company Limited', 'Co Ltd', 'CO.,LTD'],
  ['GmbH', 'GmbH', 'GMBH'],
  ['AG', 'AG'],
  ['S.A.', 'SA'],
  ['Inc.', 'Inc', 'INC.'],
];
