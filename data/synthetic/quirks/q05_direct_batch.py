"""The city pays a list itself, without a 拨款通知单. Every sample has such lists."""

from data.synthetic.quirks.quirk import Quirk

QUIRK = Quirk("q05", "本级直接发放，没有通知单")
