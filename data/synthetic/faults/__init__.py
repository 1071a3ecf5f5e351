"""Planted faults: what offices get wrong, and what the product must say about it.

**How a fault is written.** One small module in `people/`, `structure/` or `money/`, one class derived from `Fault`
(`fault.py`), named in its room's `__init__` (`PEOPLE`, `STRUCTURE`, `MONEY`). Its `rule_id` is the published id.

    class WrongCheckDigit(Fault):
        rule_id = "R01.checksum"

        def happen(self, scene): ...   # optional: change records, before the banks work
        def book(self, scene): ...     # optional: change bank lines for good, before statements are written
        def write(self, scene): ...    # edit the papers, say what follows

*Records are what finally is true.* They feed both deliveries, the banks and the truth. So `happen` changes only what
stays true for good and moves no money: another recipient of an existing line (`payment.household`, `payment.card`), an
earlier last day of a notice, an opening day. Nothing has a bank line yet; `scene.first` and `scene.final` are empty.
Keep what you chose on `self`.

*Papers are two deliveries*, both made from the records after the banks have worked. `write` edits `scene.first`
(`papers.find(kind, record)` → `Spot`: `.row["金额"] = Fen(…)`, `.take_out()`, `.table`, `.document`,
`.entry.shown`, `.statement`); the documents of `scene.final` that then differ from it become `corrections/` by
themselves. What can never be corrected by a file is edited in both papers, or lies in the records; waive it
(`scene.waive`) or let it stand (`stays=True`). An edit of both must be the same edit, else it is a correction.
Values of a row are typed (`Fen`, `date`, `str`); text in place of a date or an amount is written as it is.
Rows know their record: households → `Household`; members → `Person`; rosters, payouts → `Payment`; visits → `Visit`;
bank_statements → `BankLine`; allotments → `NoticeLine` or `DirectDecision`; arrivals, budgets, openings, units,
accounts → themselves.

*What follows* is said, never computed by reading papers: `scene.expect(rule_id, unit, where, stays=…)` for each
finding (`where` from `paper/papers.py`: `cell`, `row`, `sheet`, `file`, `nowhere`, `this_line`, `this_file`,
`this_sheet`, `heading`; it is asked when all papers are final, so rows may still move), `scene.books[FIRST]` and, for
what stays, `scene.books[FINAL]` for payments, bank lines and households that the books have otherwise.

*Choosing.* `scene.free_payments(name)`, `scene.free_files(name)`: shuffled, nobody else's, of the sample year. Think
the choice through: which other rule or match could speak? Then `scene.take(…)` the list, the household, whatever
another fault must keep away from (a list taken is a list that nobody else edits). Nothing fits: `NoRoomError`, before
anything is changed. All chance from `scene.chance(name)`.

Two faults may edit one file, as long as they touch other lists and households; a fault of a whole file or sheet takes
the file (`scene.take(path)` is by identity: take every record in it). The order of the registry is the order of
choosing: first what needs much.

Not planted: `S.batch_shrunk` (it is born of a second file of a list, which the first delivery has not and a correction
must not be) and `S.project` (every source and year of the story has one project only, so that the only way to lose it
is to lose the budget year, which is `S.budget_year`).
"""
