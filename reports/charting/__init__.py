"""How a chart comes about, step by step; the door is `reports.charts`."""

from __future__ import annotations

import logging

# On a busy machine it warns that its list of fonts takes a while: nothing that anybody could mend.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
