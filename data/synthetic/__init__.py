"""The synthetic federation: people who do not exist, money that adds up, files as offices send them.

One way, three stations::

    records ──► files (inbox/, one folder a unit)
        └─────► truth (csv, by the oracle)

**Records** (`records.py`, made by `federation.py`) say what happened: units, accounts, case files, programmes of help,
lists and their lines, notices, bank lines. A payment knows the bank line that paid it and the one that brought it
back; nothing is ever looked up by amount. Amounts are whole fen. All chance comes from `Size.chance(topic)`: one
stream a topic, so that a change in one part leaves the others as they were. `noise` takes no part in it.

The order in which records come about:

1. `units.py`, `people.py`     who: unions, accounts, households with valid numbers
2. `programmes.py`, `lists.py` what was to be paid: programme × unit → lists (batches) → lines
3. `incidents.py`              what the bank refused or sent back, and the lists that pay it again
4. `amounts.py`                nominal amounts → amounts whose sums are the story's, to the fen
5. `funds.py`, `notices.py`    budgets, arrivals, openings, transfer notices, direct decisions
6. `bank.py`, `daily_life.py`  every account's lines with running balances

**Files** (`paper/`): records → `Table` (names of contract section 3) → dressed by the habits of the sender
(`story/habits.yaml`; `noise` chooses them) → xlsx, xls, csv, zip. Statements keep the layouts of their banks.
Every byte depends on the arguments only.

**Truth** (`oracle.py`, `oracle_figures.py`, `truth.py`): the definitions of status, classification and executed
figures, said again in plain Python over the records. It shares nothing with the product, and never reads the files.

**Faults and quirks** (`scene.py`, `faults/`, `quirks/`): both act on a `Scene` between the stations: they change
records before the banks work, bank lines before the statements, then the papers. A fault edits the first of two
deliveries; `corrections/` are the documents that the second has otherwise, `waivers.xlsx` (`waivers.py`) decides on
what no file can correct. What the books then have otherwise than it happened is in `books.py`, for the oracle;
`truth/` tells the state after the first delivery, `truth/final/` after the second.

What is known or decided (names, programmes, dates, words, habits) is YAML in `story/`.
"""
