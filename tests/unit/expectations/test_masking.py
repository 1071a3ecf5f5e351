import pytest

from expectations.masking import mask_card, mask_id, mask_name, mask_phone, mask_text, mask_value


def test_the_forms_of_the_contract() -> None:
    assert mask_name("张三") == "张**"
    assert mask_name("欧阳建国") == "欧**"
    assert mask_id("430602197001011234") == "43*************234"
    assert mask_id("43060270010112X") == "43**********12X"
    assert mask_card("6217 0012 1002 4455 010") == "****5010"
    assert mask_phone("13800001234") == "138****1234"


@pytest.mark.parametrize("text", ["", " ", "1", "12", "1234", "1234567"])
def test_what_is_too_short_shows_nothing(text: str) -> None:
    assert set(mask_id(text)) <= {"*"}
    assert set(mask_card(text[:4])) <= {"*"}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("华容县_张三_430602197001011234.xlsx", "华容县_张**_43*************234.xlsx"),
        ("身份证43060219700101123X，卡号6217001210024455010", "身份证43*************23X，卡号****5010"),
        ("联系13800001234", "联系138****1234"),
        ("岳工发〔2021〕12号，2021-12-03，1000.00元", "岳工发〔2021〕12号，2021-12-03，1000.00元"),
        ("批次PC20211203-001", "批次PC20211203-001"),
    ],
)
def test_free_text(text: str, masked: str) -> None:
    assert mask_text(text, names=["张三"]) == masked


def test_longer_names_go_first_and_single_characters_are_no_names() -> None:
    assert mask_text("张三丰与张三", names=["张三", "张三丰", "与"]) == "张**与张**"


def test_a_value_is_masked_as_its_field_says() -> None:
    assert mask_value("张三", "name") == "张**"
    assert mask_value("430602197001011234", "id") == "43*************234"
    assert mask_value("6217001210024455010", "card") == "****5010"
    assert mask_value("生活帮扶", "none") == "生活帮扶"
