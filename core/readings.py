"""What pypinyin's general tables lack: readings of characters, words and surnames in names."""

# The likeliest reading in a unit's name comes first; a single one is still settled by words.
_CHARACTERS = """
艾ai 柏bai/bo 蚌beng/bang 堡bao/bu/pu 便bian 卜bu 泊bo/po 薄bo/bao
参shen/can 藏cang/zang 曾zeng/ceng 查cha/zha 长chang/zhang
朝chao/zhao 车che 称cheng 重zhong/chong 仇qiu/chou 畜xu/chu 传chuan
单dan/shan 弹dan/tan 地di 调tiao/diao 都du/dou 恶e 番fan/pan 佛fo
阜fu 盖gai/ge 冠guan 莞guan/wan 行hang/xing 和he 荷he 浒hu/xu 会hui
吉ji 奇qi 伽jia/ga 贾jia/gu 降jiang 角jiao 解jie/xie 劲jin/jing 卡ka
壳ke/qiao 乐le/yue 丽li 六liu 陆lu 率lv/shuai 绿lv 秘mi 缪miao 模mo/mu
娜na 宁ning 埔pu/bu 朴pu/piao 栖qi 茄qie/jia 茜qian/xi 区qu 曲qu
券quan 塞sai 色se 厦xia/sha 杉shan 莎sha/suo 莘shen/xin 省sheng
盛sheng 石shi 什shi 宿su 台tai 覃qin/tan 拓tuo 万wan 尉wei 蔚wei
涡guo/wo 铣xi 系xi 虾xia 巷xiang 校xiao 血xue 殷yin 粘zhan/nian
翟zhai/di 扎zha 轧zha 折zhe 着zhuo 种zhong 幢zhuang 琢zhuo/zuo
枞zong/cong
"""

# Places and words of unit names whose reading the general word list has wrong or lacks.
_WORDS = """
朝阳:chao/yang 单县:shan/xian 六安:lu/an 六合:lu/he 歙县:she/xian
涡阳:guo/yang 乐清:yue/qing 乐亭:lao/ting 乐陵:lao/ling 台州:tai/zhou
宿州:su/zhou 宿松:su/song 长丰:chang/feng 长兴:chang/xing
重庆:chong/qing 都昌:du/chang 铅山:yan/shan 泌阳:bi/yang
洪洞:hong/tong 尉氏:wei/shi 浚县:xun/xian 蔚县:yu/xian 大城:dai/cheng
任丘:ren/qiu 东阿:dong/e 犍为:qian/wei 荥经:ying/jing 会稽:kuai/ji
番禺:pan/yu 东莞:dong/guan 蚌埠:beng/bu 浒墅:xu/shu 莘县:shen/xian
厦门:xia/men 大埔:da/bu 盖州:gai/zhou 长子:zhang/zi 高要:gao/yao
枞阳:zong/yang 长江:chang/jiang 长城:chang/cheng 长虹:chang/hong
长青:chang/qing 长风:chang/feng 长盛:chang/sheng 支行:zhi/hang
分行:fen/hang 商行:shang/hang 车行:che/hang 药行:yao/hang
"""

# Surnames read otherwise than the same character elsewhere, and the compound ones.
_SURNAMES = """
曾:zeng 仇:qiu 单:shan 解:xie 查:zha 盖:ge 区:ou 朴:piao 乐:yue 覃:qin
翟:zhai 种:chong 缪:miao 召:shao 员:yun 繁:po 尉:wei 祭:zhai 折:she
能:nai 隗:wei 句:gou 洗:xian 秘:bi 藏:zang 令:ling 长:chang 朝:chao
车:che 贾:jia 六:lu 郇:xun 万俟:mo/qi 尉迟:yu/chi 长孙:zhang/sun
单于:chan/yu 澹台:tan/tai 令狐:ling/hu 鲜于:xian/yu 欧阳:ou/yang
司马:si/ma 上官:shang/guan 诸葛:zhu/ge 东方:dong/fang 皇甫:huang/fu
公孙:gong/sun 慕容:mu/rong 司徒:si/tu 司空:si/kong 夏侯:xia/hou
宇文:yu/wen 轩辕:xuan/yuan 端木:duan/mu 独孤:du/gu 南宫:nan/gong
闻人:wen/ren 呼延:hu/yan 百里:bai/li 东郭:dong/guo 西门:xi/men
申屠:shen/tu 太史:tai/shi 赫连:he/lian
"""

Readings = dict[str, tuple[str, ...]]


def _words(table: str) -> Readings:
    """Each word with its syllables."""
    entries = (entry.split(":") for entry in table.split())
    return {word: tuple(heard.split("/")) for word, heard in entries}


POLYPHONES: Readings = {entry[0]: tuple(entry[1:].split("/")) for entry in _CHARACTERS.split()}
WORDS = _words(_WORDS)
SURNAMES = _words(_SURNAMES)
