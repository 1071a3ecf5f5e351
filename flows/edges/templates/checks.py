"""What a spreadsheet can tell while a cell is filled in, as formulas of conditional formatting: true where it is wrong.

No macros and no array constants, which conditional formatting does not take. A long number is compared as text, never
by COUNTIF, which reads the first fifteen digits only. `cell`: the first cell of the column, as `C2`.
"""

from __future__ import annotations

_BARE = 'UPPER(SUBSTITUTE(SUBSTITUTE({cell}," ",""),"-",""))'
_DASHED = ("年", "月", ".", "/")
_MONEY_SIGNS = (",", "，", "￥", "¥", "万", "元", " ")  # 万元 is read, too
_YEAR_SIGNS = ("年", "度", " ")
_COUNT_SIGNS = ("人", "口", "户", "名", "个", " ")
_PLACES = 'ROW(INDIRECT("1:17"))'  # stays 1 to 17 when title rows are put above the header


def is_number(cell: str) -> str:
    """A number where a text is needed: digits behind the fifteenth and zeros in front are lost."""
    return f"ISNUMBER({cell})"


def wrong_id(cell: str) -> str:
    """Neither 15 digits nor 18 characters with the check digit of GB 11643: weights 2^17 … 2^1, modulo 11."""
    bare = _BARE.format(cell=cell)
    total = f"SUMPRODUCT(MID({bare},{_PLACES},1)*2^(18-{_PLACES}))"
    check = f'MID("10X98765432",MOD({total},11)+1,1)'
    is_wrong = f"IFERROR({check}<>RIGHT({bare},1),TRUE)"
    return f"IF(LEN({bare})=18,{is_wrong},IF(LEN({bare})=15,ISERROR(VALUE({bare})),LEN({bare})>0))"


def wrong_digits(cell: str, digits: tuple[int, int]) -> str:
    """A card or account that is not this many digits, spaces and hyphens aside."""
    bare = _BARE.format(cell=cell)
    each = f'MID({bare},ROW(INDIRECT("1:"&LEN({bare}))),1)'
    is_no_number = f"SUMPRODUCT(--ISERROR(VALUE({each})))>0"
    return f'AND({cell}<>"",IF(OR(LEN({bare})<{digits[0]},LEN({bare})>{digits[1]}),TRUE,{is_no_number}))'


def wrong_date(cell: str, serial_days: tuple[int, int]) -> str:
    """Neither a date, nor a text that says an existing one: 2021-12-03, 2021.12.3, 2021年12月3日, 20211203."""
    plain = f'SUBSTITUTE({cell},"日","")'
    for sign in _DASHED:
        plain = f'SUBSTITUTE({plain},"{sign}","-")'
    is_text = f'IFERROR(TEXT(DATEVALUE({plain}),"yyyy-m-d")=SUBSTITUTE({plain},"-0","-"),FALSE)'
    written = f"DATE(LEFT({cell},4),MID({cell},5,2),RIGHT({cell},2))"
    is_written = f'IFERROR(TEXT({written},"yyyymmdd")={cell}&"",FALSE)'
    is_date = f"AND(ISNUMBER({cell}),{cell}>={serial_days[0]},{cell}<={serial_days[1]})"
    return f'AND({cell}<>"",NOT(OR({is_date},{is_written},{is_text})))'


def wrong_amount(cell: str) -> str:
    """No number of whole fen, once separators and 元 are taken off."""
    value = _value(cell, _MONEY_SIGNS)
    return f'AND({cell}<>"",IFERROR(ROUND({value},2)<>{value},TRUE))'


def wrong_year(cell: str) -> str:
    """No whole number between 1900 and 2099, once 年度 is taken off."""
    value = _value(cell, _YEAR_SIGNS)
    return f'AND({cell}<>"",IFERROR(OR({value}<>INT({value}),{value}<1900,{value}>2099),TRUE))'


def wrong_count(cell: str) -> str:
    """No whole number, once 人 or 户 is taken off."""
    value = _value(cell, _COUNT_SIGNS)
    return f'AND({cell}<>"",IFERROR({value}<>INT({value}),TRUE))'


def repeated(same: list[tuple[str, str]], differing: tuple[str, str] | None = None) -> str:
    """Another row agrees in all of `same`, or, with `differing`, in these and not in that one.

    Each as (cell, range): `("C2", "$C$2:$C$3000")`. A row whose first cell is empty repeats nothing.
    """
    agreeing = "*".join(f"({cells}={cell})" for cell, cells in same)
    if differing:
        agreeing += f"*({differing[1]}<>{differing[0]})"
    return f'AND({same[0][0]}<>"",SUMPRODUCT({agreeing})>{0 if differing else 1})'


def is_left_empty(cell: str, row: str) -> str:
    """Nothing in the cell although its row (`$A2:$Z2`) has been begun."""
    return f'AND({cell}="",COUNTA({row})>0)'


def _value(cell: str, signs: tuple[str, ...]) -> str:
    plain = cell
    for sign in signs:
        plain = f'SUBSTITUTE({plain},"{sign}","")'
    return f"VALUE({plain})"
