"""Names in the order of strokes, as lists of people print them."""

from core.strokes import stroke_key


def test_surnames_follow_number_and_order_of_strokes() -> None:
    """丁 2; 王 仇 文 4, which begin with 横, 撇, 点; 李 7; 张 7; 陈 7; 赵 9; 黄 11."""
    names = ["黄海", "文静", "赵一", "李四", "丁二", "张三", "仇英", "王五"]
    assert sorted(names, key=stroke_key) == [
        "丁二",
        "王五",
        "仇英",
        "文静",
        "李四",
        "张三",
        "赵一",
        "黄海",
    ]


def test_the_next_character_decides_among_one_surname() -> None:
    assert sorted(["王勇", "王二", "王丁一"], key=stroke_key) == ["王二", "王丁一", "王勇"]


def test_what_is_no_character_comes_last_and_long_names_fit() -> None:
    assert stroke_key("王") < stroke_key("阿依古丽·买买提") < stroke_key("John")
    assert len(stroke_key("王" * 60)) == 120
