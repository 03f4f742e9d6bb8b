"""Makes the documents and the labels of round6/ from sources_g/, in the manner of make_f.py.

python evaluation/unseen/make_g.py [NUMBER …]
"""

from __future__ import annotations

import sys

from layouts_g import LAYOUTS as FIRST
from layouts_h import LAYOUTS as SECOND
from make_f import borders, make, printed

if __name__ == "__main__":
    for target, gold in make("sources_g", "round6", {**FIRST, **SECOND}, sys.argv[1:]):
        borders(gold, target.name, printed(target))
