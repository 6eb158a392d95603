"""Invented names of people and firms, drawn in a fixed order from a seeded generator."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

SURNAMES = "王李张刘陈杨黄吴周徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳敏静丽强磊军洋勇艳杰娟涛明超霞平刚英华玉兰波辉斌宁浩凯健俊峰悦琳晨阳楠慧"
BRANDS_FIRST = "砚榆汀岫苇檀篁荻澜屿桐枫禾麓沅澄屹颐筠菁"
BRANDS_SECOND = "川舟塘野渡帆溪桥岭原垣朗然恒远达越铭"


@dataclass(frozen=True)
class Industry:
    """What a firm does: word in its name, national code and name, what it says it makes."""

    word: str
    code: str
    name: str
    scope: str


INDUSTRIES = (
    Industry("制衣", "C181", "机织服装制造", "服装加工、销售"),
    Industry("纺织", "C175", "化纤织造及印染精加工", "纺织品织造、销售"),
    Industry("机械", "C348", "通用零部件制造", "机械零部件加工、销售"),
    Industry("建材", "C302", "石膏、水泥制品及类似制品制造", "水泥制品、新型墙体材料生产、销售"),
    Industry("食品", "C149", "其他食品制造", "食品生产、销售"),
    Industry("包装", "C223", "纸制品制造", "纸箱、纸盒及包装材料生产、销售"),
    Industry("电子", "C398", "电子元件及电子专用材料制造", "电子元器件生产、销售"),
    Industry("塑业", "C292", "塑料制品业", "塑料制品生产、销售"),
    Industry("农业科技", "A014", "蔬菜、食用菌及园艺作物种植", "农产品种植、加工、销售"),
    Industry("茶业", "C153", "精制茶加工", "茶叶种植、加工、销售"),
    Industry("商贸", "F517", "机械设备、五金产品及电子产品批发", "五金交电、日用百货批发、零售"),
    Industry("物流", "G543", "道路货物运输", "普通货物道路运输、仓储服务"),
    Industry("建筑工程", "E479", "其他房屋建筑业", "房屋建筑工程施工"),
    Industry("家居", "C211", "木质家具制造", "木质家具生产、销售"),
)


class Names:
    """Draws names; no firm and no person gets one twice."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._used: set[str] = set()

    def person(self) -> str:
        length = self.random.choice((1, 2, 2, 2))
        given = "".join(self.random.sample(GIVEN, length))
        return self._once(self.random.choice(SURNAMES) + given, self.person)

    def firm(self, industry: Industry) -> str:
        brand = self.random.choice(BRANDS_FIRST) + self.random.choice(BRANDS_SECOND)
        form = self.random.choice(("有限公司", "有限公司", "有限责任公司", "股份有限公司"))
        return self._once(f"怀宁县{brand}{industry.word}{form}", lambda: self.firm(industry))

    def _once(self, name: str, again: Callable[[], str]) -> str:
        if name in self._used:
            return again()
        self._used.add(name)
        return name

    def phone(self) -> str:
        """Of a number range that no operator gives to people."""
        return f"1990000{self.random.randrange(10_000):04d}"
