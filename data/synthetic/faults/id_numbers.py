"""ID numbers as people mistype them."""

from data.synthetic.numbers import ID_WEIGHTS

CHECKS = "10X98765432"


def wrong_check_digit(id_number: str) -> str:
    """Everything right but the last character."""
    other = next(sign for sign in "52" if sign != id_number[-1])
    return id_number[:-1] + other


def born(id_number: str, birth: str) -> str:
    """The number with another birth date (YYYYMMDD), valid or not, and the check character that fits."""
    body = id_number[:6] + birth + id_number[14:17]
    return body + CHECKS[sum(int(digit) * weight for digit, weight in zip(body, ID_WEIGHTS, strict=True)) % 11]
