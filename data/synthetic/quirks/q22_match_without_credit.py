"""市总配套 comes out of the federation's own money: it arrives without a credit on any account, in every sample."""

from data.synthetic.quirks.quirk import Quirk

QUIRK = Quirk("q22", "市总配套到位没有银行贷方")
