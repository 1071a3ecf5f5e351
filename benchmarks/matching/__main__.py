"""Matching, certificates written, timed beside DuckDB's join of the two tables and beside other libraries."""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.matching.beside import Found, Peer, UnavailableError, write_year
from benchmarks.matching.measuring import Measured, measured
from benchmarks.matching.year import Year

_SHOWN = 5
_WANTED = {"join": 15, "GiB": 4, "growth": 12, "civicpay": 20}
# reconcile-py looks at every pair of a unit: it is shown how it grows.
_SIZES = {"civicpay": (5_000, 10_000, 100_000), "reconcile-py": (2_000, 5_000, 10_000), "datacompy": (100_000,)}


def main() -> None:
    """Each size as often as asked, each run in a process of its own, all in turn."""
    asked = argparse.ArgumentParser(prog="benchmarks.matching")
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--payments", type=int, nargs="*", default=[100_000, 1_000_000], help="sizes of the whole year")
    asked.add_argument("--peers", nargs="*", default=list(_SIZES), choices=list(_SIZES), help="libraries beside us")
    asked.add_argument("--at-most", type=int, default=100_000, help="largest size at which a library is measured")
    given = asked.parse_args()
    if given.payments:
        _whole_year(given.payments, given.runs)
    sizes = {name: [size for size in _SIZES[name] if size <= given.at_most] for name in given.peers}
    if any(sizes.values()):
        _beside_peers("referenced", sizes, given.runs)
    if sizes.get("civicpay"):
        _beside_peers("referenced, in a statement", {"civicpay": sizes["civicpay"]}, given.runs)


def _whole_year(sizes: list[int], runs: int) -> None:
    """Every shape, four of five lines out of scope: against the join, and how it grows."""
    made: dict[int, list[Measured]] = {size: [] for size in sizes}
    for _ in range(runs):
        for size in sizes:
            made[size].append(measured(size))
    print(f"every shape of payment, medians of {runs}; wanted: at most {_WANTED['join']} × join, {_WANTED['GiB']} GiB")
    for size, found in made.items():
        ours, join = _median(one.seconds for one in found), _median(one.join for one in found)
        memory = max(one.memory for one in found) / 2**30
        print(f"  {size:>9,} payments {ours:8.2f} s  {ours / join:5.1f} × join {join:.2f} s  {memory:.1f} GiB")
        taken = {address: _median(one.steps[address] for one in found) for address in found[0].steps}
        slowest = sorted(taken, key=lambda address: -taken[address])[:_SHOWN]
        print("            slowest: " + ", ".join(f"{address} {taken[address]:.2f} s" for address in slowest))
    least, most = min(sizes), max(sizes)
    if least < most:
        growth = _median(one.seconds for one in made[most]) / _median(one.seconds for one in made[least])
        wanted = f" (wanted: at most {_WANTED['growth']})" if most == 10 * least else ""
        print(f"  {most:,} take {growth:.1f} × the time of {least:,}{wanted}")


def _beside_peers(year: Year, sizes: dict[str, list[int]], runs: int) -> None:
    """Single payments, each with a number that its one debit shows: all that these libraries can be asked."""
    print(f"{year}, medians of {runs}; wanted: {_WANTED['civicpay']} × as fast as civicpay at 100,000")
    for size in sorted({size for each in sizes.values() for size in each}):
        peers = [Peer(name) for name, each in sizes.items() if size in each]
        ours: list[Measured] = []
        theirs: dict[str, list[Found] | str] = {peer.name: [] for peer in peers}
        with TemporaryDirectory() as home:
            write_year(Path(home), size, year)
            for _ in range(runs):
                ours.append(measured(size, year))
                for peer in peers:
                    _add(theirs, peer, Path(home))
        _show(size, ours, peers, theirs)


def _add(theirs: dict[str, list[Found] | str], peer: Peer, folder: Path) -> None:
    """One more run of a peer; one that cannot be had is tried once."""
    so_far = theirs[peer.name]
    if isinstance(so_far, str):
        return
    try:
        so_far.append(peer.run(folder))
    except UnavailableError as why:
        theirs[peer.name] = str(why)


def _show(size: int, ours: list[Measured], peers: list[Peer], theirs: dict[str, list[Found] | str]) -> None:
    seconds = _median(one.seconds for one in ours)
    print(f"  {size:>9,} payments {seconds:8.2f} s ours, {ours[0].matched:,} paid")
    for peer in peers:
        found = theirs[peer.name]
        if isinstance(found, str):
            print(f"            {peer.release}: not measured: {found}")
            continue
        for way in found[0].seconds:
            median = _median(one.seconds[way] for one in found)
            said = f"            {peer.release + ', ' + way:<28}{median:8.2f} s  {median / seconds:5.1f} × ours"
            print(f"{said}, {found[0].matched:,} matched")


def _median(values: Iterable[float]) -> float:
    return statistics.median(values)


if __name__ == "__main__":
    main()
