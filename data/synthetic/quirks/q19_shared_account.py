"""Money for help lies on a 基本户 among wages, petty cash and dues: so in every sample of more than two units."""

from data.synthetic.quirks.quirk import Quirk

QUIRK = Quirk("q19", "帮扶资金与工资、备用金同在基本户")
